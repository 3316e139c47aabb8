import AWSCore
import CZlib

/// Bodies that clients compress (RFC 1952): AWS's SDKs do it with big requests of PutMetricData.
enum Gzip {
    /// Unpacks the body if it says that it is packed.
    ///
    /// - Returns: whether the body can be read now; `false` when it is damaged or becomes too large.
    static func unpack(_ request: inout ServiceRequest, most: Int) -> Bool {
        guard request.headers["Content-Encoding"]?.lowercased() == "gzip" else { return true }
        guard let body = unpacked(request.body, most: most) else { return false }
        request.body = body
        return true
    }

    static func unpacked(_ bytes: [UInt8], most: Int) -> [UInt8]? {
        guard let start = headerEnd(bytes), bytes.count >= start + 8 else { return nil }
        let trailer = bytes.suffix(8)
        let size = trailer.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard size <= most else { return nil }
        let packed = bytes[start..<(bytes.count - 8)]
        var count = -1
        let content = [UInt8](unsafeUninitializedCapacity: size) { output, initialized in
            count = packed.withUnsafeBufferPointer { input in
                cz_inflate(input.baseAddress, input.count, output.baseAddress, size)
            }
            initialized = max(count, 0)
        }
        guard count == size else { return nil }
        let sum = trailer.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return CRC32.checksum(content) == sum ? content : nil
    }

    /// Where the deflated bytes begin.
    private static func headerEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 18, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 else { return nil }
        let flags = bytes[3]
        var place = 10
        if flags & 4 != 0 {
            place += 2 + Int(bytes[10]) + Int(bytes[11]) << 8
        }
        // The name and the comment end with a zero.
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            guard place < bytes.count, let end = bytes[place...].firstIndex(of: 0) else { return nil }
            place = end + 1
        }
        if flags & 2 != 0 { place += 2 }
        return place < bytes.count ? place : nil
    }
}
