import Telemetry
import Testing

@testable import Lambda

@Suite struct ZipArchiveTests {
    @Test func givesWhatWasPacked() throws {
        let archive = try ZipArchive(
            ZipWriter.archive([("a.py", [1, 2, 3]), ("./lib/b", []), ("bin/", [])], mode: 0o100755), sizeLimit: 100)
        #expect(archive.entries.map(\.path) == ["a.py", "lib/b", "bin"])
        #expect(archive.entries.map(\.isDirectory) == [false, false, true])
        #expect(archive.entries[0].mode == 0o755)
        #expect(try archive.content(of: archive.entries[0]) == [1, 2, 3])
        #expect(try archive.content(of: archive.entries[1]) == [])
    }

    @Test(arguments: ["/etc/passwd", "../up", "a/../../b", "a\\b", "a\u{0}b"])
    func pathsThatLeaveTheirFolderAreRefused(name: String) {
        #expect(throws: ZipError.unsafePath(name)) {
            _ = try ZipArchive(ZipWriter.archive([(name, [])]), sizeLimit: 100)
        }
    }

    @Test func linksAreRefused() {
        #expect(throws: ZipError.unsafePath("link")) {
            _ = try ZipArchive(ZipWriter.archive([("link", [])], mode: 0o120777), sizeLimit: 100)
        }
    }

    @Test func whatIsTooLargeIsRefused() {
        #expect(throws: ZipError.tooLarge(limit: 9)) {
            _ = try ZipArchive(ZipWriter.archive([("a", [1, 2, 3, 4, 5]), ("b", [1, 2, 3, 4, 5])]), sizeLimit: 9)
        }
    }

    @Test func noBytesOfAnyKindTrap() {
        let good = ZipWriter.archive([("a.py", Array(repeating: 7, count: 40)), ("b", [1])])
        for place in good.indices {
            for value: UInt8 in [0, 1, 0x7F, 0xFF] {
                var bad = good
                bad[place] = value
                guard let archive = try? ZipArchive(bad, sizeLimit: 1_000_000) else { continue }
                for entry in archive.entries { _ = try? archive.content(of: entry) }
            }
            _ = try? ZipArchive(Array(good[..<place]), sizeLimit: 1000)
        }
    }

    @Test(arguments: [[], [1], [1, 2], [1, 2, 3], Array(0...255)] as [[UInt8]])
    func base64GoesThereAndBack(bytes: [UInt8]) {
        #expect(Base64.decoded(Base64.encoded(bytes)) == bytes)
    }

    @Test(arguments: ["a", "a=b", "(())"])
    func whatIsNotBase64IsRefused(text: String) {
        #expect(Base64.decoded(text) == nil)
    }
}
