/// Colours for a line of a log: JSON that is in it, levels, numbers with what they count.
///
/// Looks at each byte once and never fails: what it does not know stays plain.
package enum Highlighter {
    /// Bytes beyond it are plain.
    private static let maximumCount = 4096

    package static func highlight(_ line: String, base: Style = .plain) -> StyledText {
        let bytes = Array(line.utf8.prefix(maximumCount))
        var styled = StyledText()
        var place = 0
        var plainStart = 0
        // After a quote that nothing closes no other one is tried.
        var hasOpenQuote = false
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        while place < bytes.count {
            let isQuote = bytes[place] == UInt8(ascii: "\"")
            guard !(isQuote && hasOpenQuote), let token = token(bytes, at: place) else {
                hasOpenQuote = hasOpenQuote || isQuote
                place += 1
                continue
            }
            if plainStart < place { styled.append(text(plainStart..<place), base) }
            styled.append(text(place..<token.end), Style(token.role, on: base.background, base.attributes))
            place = token.end
            plainStart = place
        }
        let rest = String(decoding: line.utf8.dropFirst(plainStart), as: UTF8.self)
        styled.append(rest, base)
        return styled
    }

    private static func token(_ bytes: [UInt8], at start: Int) -> (end: Int, role: Role)? {
        let byte = bytes[start]
        if byte == UInt8(ascii: "\"") { return string(bytes, at: start) }
        guard start == 0 || !isWord(bytes[start - 1]) else { return nil }
        if isDigit(byte) { return number(bytes, at: start) }
        guard isLetter(byte) else { return nil }
        var end = start
        while end < bytes.count, isWord(bytes[end]) { end += 1 }
        guard end - start <= 8, let role = words[String(decoding: bytes[start..<end], as: UTF8.self)] else {
            return nil
        }
        return (end, role)
    }

    /// A string in quotes; a name when a colon follows.
    private static func string(_ bytes: [UInt8], at start: Int) -> (end: Int, role: Role)? {
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < bytes.count else { return nil }
        end += 1
        var next = end
        while next < bytes.count, bytes[next] == 0x20 { next += 1 }
        return (end, next < bytes.count && bytes[next] == UInt8(ascii: ":") ? .key : .string)
    }

    private static func number(_ bytes: [UInt8], at start: Int) -> (end: Int, role: Role)? {
        var end = start
        while end < bytes.count, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        if bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
        // Part of an id or a date is no number.
        guard end == bytes.count || !isWord(bytes[end]) && bytes[end] != UInt8(ascii: "-") else { return nil }
        guard start == 0 || bytes[start - 1] != UInt8(ascii: "-") else { return nil }
        return (end, .number)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || byte == 0x5F || byte >= 0x80
    }

    private static let words: [String: Role] = [
        "ERROR": .error, "Error": .error, "FATAL": .error, "CRITICAL": .error, "error": .error, "WARN": .warn,
        "WARNING": .warn, "warn": .warn, "INFO": .ok, "DEBUG": .dim, "TRACE": .dim, "true": .keyword, "false": .keyword,
        "null": .keyword, "None": .keyword, "START": .dim, "END": .dim, "REPORT": .info,
    ]
}
