import Glibc

/// A folder of our own that nobody else can read, and that goes away with the program.
struct PrivateFolder {
    let path: String

    /// - Throws: ``Failure`` that names the place and the reason.
    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/fntop-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure("no folder can be made in \(base): \(String(cString: strerror(errno)))")
        }
        path = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    func remove() {
        _ = nftw(path, { path, _, _, _ in path.map { Glibc.remove($0) } ?? 0 }, 16, FTW_DEPTH | FTW_PHYS)
    }
}
