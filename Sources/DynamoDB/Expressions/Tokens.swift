import AWSCore

/// A piece of an expression.
struct Token: Hashable {
    enum Kind: Hashable {
        case word(String)
        /// `#name`
        case placeholder(String)
        /// `:value`
        case value(String)
        case number(Int)
        case symbol(String)
        case end
    }

    var kind: Kind
    /// The text and where it stands, for errors.
    var text: String
    var offset: Int
}

enum Tokens {
    private static let symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", "[", "]", "+", "-"]

    /// - Throws: `ValidationException` that names the character that fits nowhere.
    static func split(_ source: String, _ kind: String) throws(ServiceError) -> [Token] {
        let bytes = Array(source.utf8)
        var tokens: [Token] = []
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                offset += 1
                continue
            }
            let token = try token(bytes, offset, kind)
            tokens.append(token)
            offset += token.text.utf8.count
        }
        tokens.append(Token(kind: .end, text: "<EOF>", offset: bytes.count))
        return tokens
    }

    private static func token(_ bytes: [UInt8], _ offset: Int, _ kind: String) throws(ServiceError) -> Token {
        let byte = bytes[offset]
        if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":") {
            let name = word(bytes, offset + 1)
            let text = String(decoding: [byte], as: UTF8.self) + name
            if !name.isEmpty {
                return Token(
                    kind: byte == UInt8(ascii: "#") ? .placeholder(text) : .value(text), text: text, offset: offset)
            }
        }
        let name = word(bytes, offset)
        if !name.isEmpty {
            return Token(kind: Int(name).map(Token.Kind.number) ?? .word(name), text: name, offset: offset)
        }
        for symbol in symbols where bytes[offset...].starts(with: symbol.utf8) {
            return Token(kind: .symbol(symbol), text: symbol, offset: offset)
        }
        let near = String(decoding: bytes[offset..<min(offset + 8, bytes.count)], as: UTF8.self)
        let one = near.first.map(String.init) ?? ""
        throw .validation("Invalid \(kind): Syntax error; token: \"\(one)\", near: \"\(near)\"")
    }

    private static func word(_ bytes: [UInt8], _ start: Int) -> String {
        var end = start
        while end < bytes.count, isWord(bytes[end]) { end += 1 }
        return String(decoding: bytes[min(start, bytes.count)..<end], as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || ((UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80)
    }
}
