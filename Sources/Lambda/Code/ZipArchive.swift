import CZlib

/// The entries of a zip archive, read from memory; nothing in it is trusted.
struct ZipArchive {
    struct Entry: Hashable {
        /// Relative, without `.` and `..`.
        let path: String
        let isDirectory: Bool
        /// Permission bits; 0 when the archive has none.
        let mode: UInt16
        fileprivate let method: UInt16
        fileprivate let checksum: UInt32
        fileprivate let compressedSize: Int
        let size: Int
        fileprivate let offset: Int
    }

    static let entryLimit = 100_000
    let entries: [Entry]
    private let bytes: [UInt8]

    /// - Parameter sizeLimit: bytes of all entries when unpacked.
    init(_ bytes: [UInt8], sizeLimit: Int) throws(ZipError) {
        self.bytes = bytes
        let reader = Reader(bytes: bytes)
        guard let end = reader.endOfDirectory else { throw .notAnArchive }
        let count = Int(try reader.short(end + 10))
        var place = Int(try reader.word(end + 16))
        guard count < Self.entryLimit, count != 0xFFFF, place != 0xFFFF_FFFF else { throw .tooManyEntries }
        var entries: [Entry] = []
        var total = 0
        for _ in 0..<count {
            let (entry, next) = try reader.entry(at: place)
            total += entry.size
            guard total <= sizeLimit else { throw .tooLarge(limit: sizeLimit) }
            entries.append(entry)
            place = next
        }
        self.entries = entries
    }

    /// - Throws: ``ZipError/damaged(_:)`` when the content is not what the directory says.
    func content(of entry: Entry) throws(ZipError) -> [UInt8] {
        let reader = Reader(bytes: bytes)
        guard try reader.word(entry.offset) == 0x0403_4B50 else { throw .damaged(entry.path) }
        let start =
            entry.offset + 30 + Int(try reader.short(entry.offset + 26)) + Int(try reader.short(entry.offset + 28))
        guard start <= bytes.count, entry.compressedSize <= bytes.count - start else { throw .damaged(entry.path) }
        let packed = bytes[start..<start + entry.compressedSize]
        let content: [UInt8]
        switch entry.method {
        case 0: content = Array(packed)
        case 8: content = try Self.inflate(packed, size: entry.size, path: entry.path)
        default: throw .unsupported("compression method \(entry.method) of \(entry.path)")
        }
        let checksum = content.withUnsafeBufferPointer { cz_crc32($0.baseAddress, $0.count) }
        guard content.count == entry.size, checksum == entry.checksum else { throw .damaged(entry.path) }
        return content
    }

    private static func inflate(_ packed: ArraySlice<UInt8>, size: Int, path: String) throws(ZipError) -> [UInt8] {
        // Deflate cannot pack more than 1032 to 1: what claims more is not worth the memory.
        guard size <= packed.count * 1040 + 64 else { throw .damaged(path) }
        var written = -1
        let content = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            written = packed.withUnsafeBufferPointer { input in
                cz_inflate(input.baseAddress, input.count, output.baseAddress, size)
            }
            count = max(written, 0)
        }
        guard written >= 0 else { throw .damaged(path) }
        return content
    }
}

extension ZipArchive {
    /// Reads numbers where an archive says they are; throws instead of reading outside.
    private struct Reader {
        let bytes: [UInt8]

        func short(_ place: Int) throws(ZipError) -> UInt16 {
            guard place >= 0, place <= bytes.count - 2 else { throw .damaged("the directory") }
            return UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
        }

        func word(_ place: Int) throws(ZipError) -> UInt32 {
            UInt32(try short(place)) | UInt32(try short(place + 2)) << 16
        }

        /// Where the record at the end of the archive is; at most 64 KiB of comment follow it.
        var endOfDirectory: Int? {
            guard bytes.count >= 22 else { return nil }
            let first = max(0, bytes.count - 22 - 0xFFFF)
            return (first...bytes.count - 22).last { place in
                bytes[place] == 0x50 && bytes[place + 1] == 0x4B && bytes[place + 2] == 5 && bytes[place + 3] == 6
            }
        }

        func entry(at place: Int) throws(ZipError) -> (Entry, next: Int) {
            guard try word(place) == 0x0201_4B50 else { throw .damaged("the directory") }
            guard try short(place + 8) & 1 == 0 else { throw .unsupported("an encrypted entry") }
            let nameCount = Int(try short(place + 28))
            let next = place + 46 + nameCount + Int(try short(place + 30)) + Int(try short(place + 32))
            guard place + 46 + nameCount <= bytes.count else { throw .damaged("the directory") }
            let name = String(decoding: bytes[place + 46..<place + 46 + nameCount], as: UTF8.self)
            // The upper half is what stat has, when the archive was made on Unix (3) or macOS (19).
            let host = try short(place + 4) >> 8
            let attributes = host == 3 || host == 19 ? UInt16(truncatingIfNeeded: try word(place + 38) >> 16) : 0
            guard attributes & 0xF000 != 0xA000 else { throw .unsafePath(name) }
            let entry = Entry(
                path: try Self.safe(name),
                isDirectory: name.hasSuffix("/") || attributes & 0xF000 == 0x4000,
                mode: attributes & 0o777,
                method: try short(place + 10),
                checksum: try word(place + 16),
                compressedSize: Int(try word(place + 20)),
                size: Int(try word(place + 24)),
                offset: Int(try word(place + 42))
            )
            return (entry, next)
        }

        private static func safe(_ name: String) throws(ZipError) -> String {
            guard !name.hasPrefix("/"), !name.utf8.contains(0), !name.utf8.contains(UInt8(ascii: "\\")),
                name.utf8.count < 4096
            else { throw .unsafePath(name) }
            let parts = name.split(separator: "/").filter { $0 != "." }
            guard !parts.contains("..") else { throw .unsafePath(name) }
            return parts.joined(separator: "/")
        }
    }
}
