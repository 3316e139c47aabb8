import AWSCore

/// A piece of a PartiQL statement.
struct PartiQLToken: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A bare word: a key word, or a name.
        case word(String)
        /// `"name"`
        case quoted(String)
        /// `'text'`
        case text(String)
        case number(String)
        case symbol(String)
        case end
    }

    var kind: Kind
    var offset: Int
}

enum PartiQLTokens {
    /// 8 KB, as DynamoDB has it.
    private static let longest = 8192
    private static let symbols = [
        "<<", ">>", "<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", "{", "}", ",", ".", ":", "?", "*", "+",
        "-", ";",
    ].map { Array($0.utf8) }

    /// - Throws: `ValidationException` that names the place.
    static func split(_ source: String) throws(ServiceError) -> [PartiQLToken] {
        let bytes = Array(source.utf8)
        guard (1...longest).contains(bytes.count) else {
            throw .validation(
                "1 validation error detected: Value '\(source.prefix(64))' at 'statement' failed to satisfy constraint: Member must "
                    + "have length \(bytes.isEmpty ? "greater than or equal to 1" : "less than or equal to 8192")")
        }
        var tokens: [PartiQLToken] = []
        var offset = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            case UInt8(ascii: "\""):
                let start = offset
                tokens.append(PartiQLToken(kind: .quoted(try quoted(bytes, &offset)), offset: start))
            case UInt8(ascii: "'"):
                let start = offset
                tokens.append(PartiQLToken(kind: .text(try quoted(bytes, &offset)), offset: start))
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let start = offset
                tokens.append(PartiQLToken(kind: .number(number(bytes, &offset)), offset: start))
            case let byte where isWord(byte):
                let start = offset
                while offset < bytes.count, isWord(bytes[offset]) { offset += 1 }
                let word = String(decoding: bytes[start..<offset], as: UTF8.self)
                tokens.append(PartiQLToken(kind: .word(word), offset: start))
            default:
                guard let symbol = symbols.first(where: { bytes[offset...].starts(with: $0) }) else {
                    throw .malformed("an unexpected character at \(offset + 1)")
                }
                tokens.append(
                    PartiQLToken(kind: .symbol(String(decoding: symbol, as: UTF8.self)), offset: offset))
                offset += symbol.count
            }
        }
        tokens.append(PartiQLToken(kind: .end, offset: bytes.count))
        return tokens
    }

    /// A quote in quoted text is written twice.
    private static func quoted(_ bytes: [UInt8], _ offset: inout Int) throws(ServiceError) -> String {
        let quote = bytes[offset]
        let start = offset
        var text: [UInt8] = []
        offset += 1
        while offset < bytes.count {
            defer { offset += 1 }
            guard bytes[offset] == quote else {
                text.append(bytes[offset])
                continue
            }
            guard offset + 1 < bytes.count, bytes[offset + 1] == quote else {
                return String(decoding: text, as: UTF8.self)
            }
            text.append(quote)
            offset += 1
        }
        throw .malformed("a quote that begins at \(start + 1) does not end")
    }

    private static func number(_ bytes: [UInt8], _ offset: inout Int) -> String {
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            let isSign =
                (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
                && bytes[offset - 1] | 0x20 == UInt8(ascii: "e")
            guard isSign || isWord(byte) || byte == UInt8(ascii: ".") else { break }
            offset += 1
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

extension ServiceError {
    static func malformed(_ problem: String) -> ServiceError {
        .validation("Statement wasn't well formed, can't be processed: \(problem)")
    }
}
