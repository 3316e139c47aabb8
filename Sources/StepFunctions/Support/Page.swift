import AWSCore
import JSON

/// A part of a list, and how to ask for the next one.
struct Page<Item> {
    var items: ArraySlice<Item>
    var nextToken: String?

    /// - Parameters:
    ///   - all: in the order of the answer.
    ///   - scope: what the list is of; a token of another list is refused.
    ///   - position: grows or falls along the list; what is deleted meanwhile leaves no hole.
    ///   - isFalling: newest first.
    init(
        of all: [Item], _ input: Input, scope: String, usual: Int = 100, isFalling: Bool = false,
        position: (Item) -> Int
    ) throws(ServiceError) {
        let limit = try input.int("maxResults", in: 0...1000) ?? 0
        let count = limit == 0 ? usual : limit
        var start = 0
        if let token = try input.string("nextToken", atLeast: 1, atMost: 3096) {
            let last = try PageToken.read(token, scope: scope)
            start = all.firstIndex { isFalling ? position($0) < last : position($0) > last } ?? all.count
        }
        let end = Swift.min(start + count, all.count)
        items = all[start..<end]
        nextToken = end < all.count ? items.last.map { PageToken.make(position($0), scope: scope) } : nil
    }

    /// The answer of a list operation.
    func json(_ name: String, _ shape: (Item) -> JSON) -> JSON {
        var object = JSONObject()
        object[name] = .array(items.map(shape))
        if let nextToken { object["nextToken"] = .string(nextToken) }
        return .object(object)
    }
}

/// An opaque text for where a list goes on.
enum PageToken {
    static func make(_ position: Int, scope: String) -> String {
        let text = "\(position)|\(checksum(position, scope))"
        return "AAEAA"
            + text.utf8.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }

    static func read(_ token: String, scope: String) throws(ServiceError) -> Int {
        let digits = Array(token.utf8.dropFirst(5))
        guard token.hasPrefix("AAEAA"), digits.count % 2 == 0 else { throw .invalidToken }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index..<(index + 2)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { throw .invalidToken }
            bytes.append(byte)
        }
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "|")
        guard parts.count == 2, let position = Int(parts[0]), parts[1] == checksum(position, scope) else {
            throw .invalidToken
        }
        return position
    }

    private static func checksum(_ position: Int, _ scope: String) -> String {
        String(CRC32.checksum(Array("\(position)|\(scope)".utf8)), radix: 16)
    }
}
