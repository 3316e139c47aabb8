/// The regular expressions of CloudWatch's patterns, and what POSIX calls the same.
///
/// They know `^ $ ? * + . | [] {} \` and the classes `\d \D \s \S \w \W \xhh`; they have no parentheses, and plain
/// characters are those of ASCII that the User Guide lists ("Supported regular expressions").
enum PatternRegex {
    private static let classes: [UInt8: String] = [
        UInt8(ascii: "d"): "0-9", UInt8(ascii: "w"): "A-Za-z0-9_", UInt8(ascii: "s"): "[:space:]",
    ]
    private static let plainSymbols = Set(":_#=@/;,- ".utf8)
    private static let operators = Set("^$?[]{}|*+.".utf8)

    /// Where the closing `%` stands; one behind a backslash closes nothing.
    static func end(in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place < bytes.count, bytes[place] != UInt8(ascii: "%") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return place < bytes.count ? place : nil
    }

    /// - Throws: ``LogFilterError`` that names the first character that such expressions do not have.
    static func posix(_ source: ArraySlice<UInt8>, at offset: Int) throws(LogFilterError) -> String {
        var text = ""
        var isInClass = false
        var place = source.startIndex
        while place < source.endIndex {
            let byte = source[place]
            place += 1
            if byte == UInt8(ascii: "\\") {
                guard place < source.endIndex else { throw error("nothing stands behind the last \\", offset) }
                text += try escaped(source, &place, isInClass: isInClass, offset)
                continue
            }
            guard isPlain(byte) || operators.contains(byte) else {
                throw error("\(name(byte)) is not supported in a regular expression", offset)
            }
            if byte == UInt8(ascii: "["), !isInClass {
                isInClass = true
            } else if byte == UInt8(ascii: "]") {
                isInClass = false
            }
            text.unicodeScalars.append(UnicodeScalar(byte))
        }
        if let problem = CompiledRegex.problem(of: text) {
            throw error("the regular expression is wrong: \(problem)", offset)
        }
        return text
    }

    private static func escaped(
        _ source: ArraySlice<UInt8>, _ place: inout Int, isInClass: Bool, _ offset: Int
    ) throws(LogFilterError) -> String {
        let byte = source[place]
        place += 1
        if let members = classes[byte] { return isInClass ? members : "[\(members)]" }
        if let members = classes[byte | 0x20], byte < 0x60 {
            guard !isInClass else { throw error("\\\(name(byte)) is not supported between [ and ]", offset) }
            return "[^\(members)]"
        }
        if byte == UInt8(ascii: "x") {
            let digits = String(decoding: source[place...].prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16), (1..<0x80).contains(value) else {
                throw error("\\x is followed by two hexadecimal digits of an ASCII character", offset)
            }
            place += 2
            return literal(value, isInClass: isInClass)
        }
        guard !isLetterOrDigit(byte) else { throw error("\\\(name(byte)) is not supported", offset) }
        return literal(byte, isInClass: isInClass)
    }

    private static func literal(_ byte: UInt8, isInClass: Bool) -> String {
        let character = String(UnicodeScalar(byte))
        // POSIX has no escapes between brackets; these three mean something there.
        if isInClass {
            return character == "]" || character == "[" ? "[.\(character).]" : character == "-" ? "[.-.]" : character
        }
        return #"\^$.[]|()*+?{}"#.contains(character) ? "\\\(character)" : character
    }

    private static func isPlain(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || plainSymbols.contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func name(_ byte: UInt8) -> String {
        (0x21..<0x7F).contains(byte)
            ? String(UnicodeScalar(byte)) : byte >= 0x80 ? "a multibyte character" : "a control character"
    }

    private static func error(_ message: String, _ offset: Int) -> LogFilterError {
        LogFilterError(message: message, offset: offset)
    }
}
