/// Cuts an expression into words.
struct Lexer {
    let bytes: [UInt8]
    var offset = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    private static let pairs: Set<String> = ["..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??"]

    func byte(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// - Parameter afterValue: a slash is a division here, not the beginning of a regular expression.
    mutating func next(afterValue: Bool) throws(JSONataError) -> Token {
        try skipSpace()
        let start = offset
        guard let first = byte(offset) else { return token(.end, from: start) }
        if first == UInt8(ascii: "/"), !afterValue {
            return token(try regex(), from: start)
        }
        if let second = byte(offset + 1), second < 0x80, first < 0x80 {
            let pair = text(offset..<offset + 2)
            if Self.pairs.contains(pair) {
                offset += 2
                return token(.symbol(pair), from: start)
            }
        }
        if Self.isSymbol(first) {
            offset += 1
            return token(.symbol(text(start..<offset)), from: start)
        }
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return token(.string(try string(quote: first)), from: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return token(.number(try number()), from: start)
        case UInt8(ascii: "`"): return token(.name(try quotedName()), from: start)
        default: return token(word(), from: start)
        }
    }

    private func token(_ kind: Token.Kind, from start: Int) -> Token {
        Token(kind: kind, position: offset, start: start)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0C
    }

    private static func isSymbol(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "@"), UInt8(ascii: "#"),
            UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "|"), UInt8(ascii: "="),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "^"), UInt8(ascii: "&"), UInt8(ascii: "!"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private mutating func skipSpace() throws(JSONataError) {
        while let current = byte(offset) {
            if Self.isSpace(current) {
                offset += 1
            } else if current == UInt8(ascii: "/"), byte(offset + 1) == UInt8(ascii: "*") {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(JSONataError) {
        let start = offset
        offset += 2
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "*"), byte(offset + 1) == UInt8(ascii: "/") {
                offset += 2
                return
            }
            offset += 1
        }
        throw JSONataError("S0106", "Comment has no closing tag", at: start)
    }

    private mutating func quotedName() throws(JSONataError) -> String {
        let start = offset + 1
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "`")) else {
            offset = bytes.count
            throw JSONataError("S0105", "Quoted property name must be terminated with a backquote (`)", at: offset)
        }
        offset = end + 1
        return text(start..<end)
    }

    private mutating func word() -> Token.Kind {
        let start = offset
        while let current = byte(offset), !Self.isSpace(current), !Self.isSymbol(current) { offset += 1 }
        let word = text(start..<offset)
        if bytes[start] == UInt8(ascii: "$") { return .variable(String(word.dropFirst())) }
        switch word {
        case "or", "and", "in": return .symbol(word)
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: return .name(word)
        }
    }
}
