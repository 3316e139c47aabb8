import AWSCore
import HTTPTransport

/// Region and service of a signature (SigV4), which is read and not checked.
struct CredentialScope {
    let region: String
    let service: String

    /// - Returns: `nil` for a request that is not signed.
    init?(_ request: HTTPRequest) {
        // In a header the scope is written with slashes, in a query mostly percent-encoded.
        if let header = request.headers["Authorization"] {
            self.init(header, marker: "Credential=")
        } else {
            self.init(request.target, marker: "X-Amz-Credential=")
        }
    }

    private init?(_ text: String, marker: StaticString) {
        var text = text
        let found = text.withUTF8 { bytes -> (String, String)? in
            let marker = UnsafeBufferPointer(start: marker.utf8Start, count: marker.utf8CodeUnitCount)
            guard let start = Self.end(of: marker, in: bytes) else { return nil }
            return Self.scope(UnsafeBufferPointer(rebasing: bytes[start...]))
        }
        guard let found else { return nil }
        (region, service) = found
    }

    private static func end(of marker: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard bytes.count >= marker.count else { return nil }
        for start in 0...(bytes.count - marker.count) where bytes[start] == marker[0] {
            if bytes[start..<(start + marker.count)].elementsEqual(marker) { return start + marker.count }
        }
        return nil
    }

    /// Region and service of `KEY/DATE/REGION/SERVICE/aws4_request`; a key may have slashes of its own.
    private static func scope(_ bytes: UnsafeBufferPointer<UInt8>) -> (String, String)? {
        var parts: [Range<Int>] = []
        var start = 0
        var index = 0
        while index < bytes.count, !isEnd(bytes[index]) {
            let length = separator(bytes, index)
            if length > 0 {
                parts.append(start..<index)
                start = index + length
            }
            index += max(length, 1)
        }
        parts.append(start..<index)
        guard parts.count >= 5 else { return nil }
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return (text(parts[parts.count - 3]), text(parts[parts.count - 2]))
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == 0x20 || byte == UInt8(ascii: "&")
    }

    /// How long the separator at that place is: `/`, `%2F`, or none.
    private static func separator(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        if bytes[index] == UInt8(ascii: "/") { return 1 }
        guard bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "2") else {
            return 0
        }
        return bytes[index + 2] | 0x20 == UInt8(ascii: "f") ? 3 : 0
    }
}
