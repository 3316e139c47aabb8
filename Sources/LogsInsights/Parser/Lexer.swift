/// Cuts a query into tokens.
struct Lexer {
    private let bytes: [UInt8]
    private var offset = 0
    private var tokens: [Token] = []

    init(_ source: String) { bytes = Array(source.utf8) }

    static func tokens(of source: String) throws(InsightsError) -> [Token] {
        var lexer = Lexer(source)
        try lexer.run()
        return lexer.tokens
    }

    private static let symbols = [
        "=~", "!=", "<=", ">=", "|", ",", "(", ")", "[", "]", "=", "<", ">", "+", "-", "*", "/", "^", "%",
    ]

    private mutating func run() throws(InsightsError) {
        while true {
            skipSpace()
            let start = offset
            guard let byte = current else { break }
            let kind = try kind(byte)
            tokens.append(Token(kind: kind, range: start..<offset))
        }
        tokens.append(Token(kind: .end, range: bytes.count..<bytes.count))
    }

    private mutating func kind(_ byte: UInt8) throws(InsightsError) -> Token.Kind {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try quoted(byte))
        case UInt8(ascii: "`"): return .quotedField(String(decoding: try quoted(byte), as: UTF8.self) + path())
        case UInt8(ascii: "/") where expectsRegex: return .regex(try regex())
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: ".") where isDigit(offset + 1): return try number()
        default: break
        }
        if Self.isWordStart(byte) { return .word(word()) }
        let symbol = Self.symbols.first { starts(with: $0) }
        guard let symbol else {
            let text = String(decoding: bytes[offset...], as: UTF8.self).prefix(1)
            throw InsightsError("unexpected symbol found \(text)", at: offset..<(offset + text.utf8.count))
        }
        offset += symbol.utf8.count
        return .symbol(symbol)
    }

    /// A slash begins an expression behind `like`, `=~`, and behind the field that `parse` reads; else it divides.
    private var expectsRegex: Bool {
        guard let last = tokens.last else { return false }
        if last.isSymbol("=~") || last.keyword == "like" || last.keyword == "parse" { return true }
        guard let command = tokens.lastIndex(where: { $0.isSymbol("|") }) ?? tokens.indices.first else { return false }
        let first = tokens[command].isSymbol("|") ? command + 1 : command
        return tokens.indices.contains(first) && tokens[first].keyword == "parse" && !last.isSymbol(",")
            && tokens[first...].allSatisfy { if case .regex = $0.kind { false } else { true } }
    }

    private mutating func skipSpace() {
        while let byte = current {
            if byte == UInt8(ascii: "#") {
                while let byte = current, byte != 0x0A { offset += 1 }
            } else if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                offset += 1
            } else {
                return
            }
        }
    }

    private mutating func quoted(_ quote: UInt8) throws(InsightsError) -> [UInt8] {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        while let byte = current {
            offset += 1
            if byte == quote { return text }
            if byte == UInt8(ascii: "\\"), let next = current, next == quote || next == byte {
                offset += 1
                text.append(next)
            } else {
                text.append(byte)
            }
        }
        throw InsightsError("the closing \(UnicodeScalar(quote)) is missing", at: start..<bytes.count)
    }

    private mutating func regex() throws(InsightsError) -> String {
        let start = offset
        offset += 1
        var source: [UInt8] = []
        var isInClass = false
        while let byte = current {
            offset += 1
            if byte == UInt8(ascii: "/"), !isInClass { return String(decoding: source, as: UTF8.self) }
            if byte == UInt8(ascii: "["), !isInClass {
                isInClass = true
            } else if byte == UInt8(ascii: "]") {
                isInClass = false
            }
            if byte == UInt8(ascii: "\\"), let next = current {
                offset += 1
                if next != UInt8(ascii: "/") { source.append(byte) }
                source.append(next)
            } else {
                source.append(byte)
            }
        }
        throw InsightsError("the closing / of the regular expression is missing", at: start..<bytes.count)
    }

    private mutating func number() throws(InsightsError) -> Token.Kind {
        let start = offset
        while isDigit(offset) || current == UInt8(ascii: ".") { offset += 1 }
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            let sign = offset + 1 < bytes.count && "+-".utf8.contains(bytes[offset + 1]) ? 2 : 1
            if isDigit(offset + sign) {
                offset += sign
                while isDigit(offset) { offset += 1 }
            }
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        let unitStart = offset
        while let byte = current, Self.isWordStart(byte) { offset += 1 }
        let unit = String(decoding: bytes[unitStart..<offset], as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw InsightsError("\(text) is no number", at: start..<offset)
        }
        guard !unit.isEmpty else { return .number(value) }
        guard let period = InsightsPeriod(count: value, unit: unit) else {
            throw InsightsError("\(text)\(unit) is no period; periods are \(InsightsPeriod.units)", at: start..<offset)
        }
        return .period(period)
    }

    private mutating func word() -> String {
        let start = offset
        while let byte = current, Self.isWordStart(byte) || isDigit(offset) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self) + path()
    }

    /// The rest of a path: `.errors[0].code`, an index written as `.0`.
    private mutating func path() -> String {
        var path = ""
        while true {
            let start = offset
            if current == UInt8(ascii: "["), let end = endOfIndex() {
                path += ".\(String(decoding: bytes[(offset + 1)..<end], as: UTF8.self))"
                offset = end + 1
                continue
            }
            guard current == UInt8(ascii: "."), offset + 1 < bytes.count else { return path }
            let next = bytes[offset + 1]
            guard Self.isWordStart(next) || isDigit(offset + 1) else { return path }
            offset += 1
            while let byte = current, Self.isWordStart(byte) || isDigit(offset) { offset += 1 }
            path += String(decoding: bytes[start..<offset], as: UTF8.self)
        }
    }

    private func endOfIndex() -> Int? {
        var end = offset + 1
        while isDigit(end) { end += 1 }
        return end > offset + 1 && end < bytes.count && bytes[end] == UInt8(ascii: "]") ? end : nil
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func isDigit(_ place: Int) -> Bool {
        place < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
    }

    private func starts(with text: String) -> Bool {
        bytes.count - offset >= text.utf8.count && bytes[offset..<(offset + text.utf8.count)].elementsEqual(text.utf8)
    }

    private static func isWordStart(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "$")
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
