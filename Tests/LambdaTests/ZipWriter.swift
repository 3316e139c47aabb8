import CZlib

/// Writes archives of stored entries, good and bad.
enum ZipWriter {
    static func archive(_ files: [(name: String, content: [UInt8])], mode: UInt32 = 0o100644) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in files {
            let offset = UInt32(bytes.count)
            let checksum = content.withUnsafeBufferPointer { cz_crc32($0.baseAddress, $0.count) }
            let common =
                short(20) + short(0) + short(0) + short(0) + short(0) + word(checksum) + word(UInt32(content.count))
                + word(UInt32(content.count)) + short(UInt16(name.utf8.count))
            bytes += word(0x0403_4B50) + common + short(0) + Array(name.utf8) + content
            directory += word(0x0201_4B50) + short(0x031E) + common + short(0) + short(0) + short(0) + short(0)
            directory += word(mode << 16) + word(offset) + Array(name.utf8)
        }
        let start = UInt32(bytes.count)
        let count = UInt16(files.count)
        return bytes + directory + word(0x0605_4B50) + short(0) + short(0) + short(count) + short(count)
            + word(UInt32(directory.count)) + word(start) + short(0)
    }

    private static func short(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
    private static func word(_ value: UInt32) -> [UInt8] {
        short(UInt16(value & 0xFFFF)) + short(UInt16(value >> 16))
    }
}
