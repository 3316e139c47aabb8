extension Lexer {
    private static func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    mutating func number() throws(JSONataError) -> Double {
        let start = offset
        if bytes[offset] == UInt8(ascii: "0") {
            offset += 1
        } else {
            skipDigits()
        }
        if byte(offset) == UInt8(ascii: "."), Self.isDigit(byte(offset + 1)) {
            offset += 1
            skipDigits()
        }
        skipExponent()
        guard let value = Double(text(start..<offset)), value.isFinite else {
            throw JSONataError("S0102", "Number out of range: \(text(start..<offset))", at: offset)
        }
        return value
    }

    private mutating func skipDigits() {
        while Self.isDigit(byte(offset)) { offset += 1 }
    }

    private mutating func skipExponent() {
        guard byte(offset) == UInt8(ascii: "e") || byte(offset) == UInt8(ascii: "E") else { return }
        let hasSign = byte(offset + 1) == UInt8(ascii: "+") || byte(offset + 1) == UInt8(ascii: "-")
        let digits = offset + (hasSign ? 2 : 1)
        guard Self.isDigit(byte(digits)) else { return }
        offset = digits
        skipDigits()
    }

    mutating func string(quote: UInt8) throws(JSONataError) -> String {
        offset += 1
        var units: [UInt8] = []
        while let current = byte(offset) {
            if current == quote {
                offset += 1
                return String(decoding: units, as: UTF8.self)
            }
            if current == UInt8(ascii: "\\") {
                try escape(into: &units)
            } else {
                units.append(current)
                offset += 1
            }
        }
        throw JSONataError("S0101", "String literal must be terminated by a matching quote", at: offset)
    }

    private mutating func escape(into units: inout [UInt8]) throws(JSONataError) {
        offset += 1
        guard let current = byte(offset) else { return }
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(current)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "u"):
            units.append(contentsOf: Array(String(try scalar()).utf8))
            return
        default:
            throw JSONataError(
                "S0103", "Unsupported escape sequence: \\\(String(decoding: [current], as: UTF8.self))", at: offset)
        }
        offset += 1
    }

    /// Reads `uXXXX`, and the second half of a surrogate pair when there is one.
    private mutating func scalar() throws(JSONataError) -> Unicode.Scalar {
        let high = try hexadecimal()
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
        guard byte(offset) == UInt8(ascii: "\\"), byte(offset + 1) == UInt8(ascii: "u") else { return "\u{FFFD}" }
        let afterHigh = offset
        offset += 1
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else {
            offset = afterHigh
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONataError) -> UInt32 {
        let digits = bytes[min(offset + 1, bytes.count)..<min(offset + 5, bytes.count)]
        guard digits.count == 4, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
            digits.first != UInt8(ascii: "+")
        else {
            throw JSONataError("S0104", "The escape sequence \\u must be followed by 4 hex digits", at: offset)
        }
        offset += 5
        return value
    }

    mutating func regex() throws(JSONataError) -> Token.Kind {
        offset += 1
        let start = offset
        var depth = 0
        while let current = byte(offset) {
            switch current {
            case UInt8(ascii: "\\"): offset += 1
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "/") where depth == 0: return try closedRegex(from: start)
            default: break
            }
            offset += 1
        }
        offset = bytes.count
        throw JSONataError("S0302", "No terminating / in regular expression", at: offset)
    }

    private mutating func closedRegex(from start: Int) throws(JSONataError) -> Token.Kind {
        let pattern = text(start..<offset)
        guard !pattern.isEmpty else {
            throw JSONataError("S0301", "Empty regular expressions are not allowed", at: offset)
        }
        offset += 1
        let flags = offset
        while byte(offset) == UInt8(ascii: "i") || byte(offset) == UInt8(ascii: "m") { offset += 1 }
        return .regex(pattern: pattern, flags: text(flags..<offset))
    }
}
