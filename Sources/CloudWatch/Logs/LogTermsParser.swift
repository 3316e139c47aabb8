import AWSCore

/// Reads `ERROR -"took too long"`, `?WARN ?ERROR` and `%user-[0-9]+%`.
struct LogTermsParser {
    private let bytes: [UInt8]
    private var offset = 0
    private var regexCount = 0

    private static let mostRegexes = 2

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func terms() throws(ServiceError) -> LogTerms {
        var terms = LogTerms()
        while let byte = current {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            case UInt8(ascii: "?"):
                offset += 1
                terms.optional += try term()
            case UInt8(ascii: "-"):
                offset += 1
                terms.excluded += try term()
            default: terms.required += try term()
            }
        }
        if !terms.required.isEmpty || !terms.excluded.isEmpty { terms.optional = [] }
        return terms
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// One term, or none for empty quotes, which match everything.
    private mutating func term() throws(ServiceError) -> [LogTerms.Term] {
        switch current {
        case UInt8(ascii: "\""):
            let text = try quoted()
            return text.isEmpty ? [] : [.text(text)]
        case UInt8(ascii: "%"): return [.regex(try regex())]
        default: return [.text(try word())]
        }
    }

    private mutating func quoted() throws(ServiceError) -> [UInt8] {
        offset += 1
        var text: [UInt8] = []
        while let byte = current {
            offset += 1
            if byte == UInt8(ascii: "\"") { return text }
            if byte == UInt8(ascii: "\\"), let next = current, next == UInt8(ascii: "\"") || next == byte {
                offset += 1
                text.append(next)
            } else {
                text.append(byte)
            }
        }
        throw LogPattern.invalid("a closing quote is missing")
    }

    private mutating func word() throws(ServiceError) -> [UInt8] {
        let start = offset
        while let byte = current, ![0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
        let word = bytes[start..<offset]
        guard !word.isEmpty else { throw LogPattern.invalid("a term is missing after ? or -") }
        guard word.allSatisfy(Self.isPlain) else {
            throw LogPattern.invalid("Invalid character(s) in term '\(String(decoding: word, as: UTF8.self))'")
        }
        return Array(word)
    }

    /// Everything else must stand in quotes.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The expression between two `%`, with the classes that POSIX lacks written out.
    private mutating func regex() throws(ServiceError) -> String {
        offset += 1
        regexCount += 1
        guard regexCount <= Self.mostRegexes else {
            throw LogPattern.invalid("it has more than \(Self.mostRegexes) regular expressions")
        }
        guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "%")), end > offset else {
            throw LogPattern.invalid("a regular expression stands between two %")
        }
        let source = bytes[offset..<end]
        guard !source.contains(where: { "()".utf8.contains($0) || $0 >= 0x80 || $0 < 0x20 }) else {
            throw LogPattern.invalid("regular expressions have neither parentheses nor multibyte characters")
        }
        offset = end + 1
        return Self.posix(source)
    }

    private static func posix(_ source: ArraySlice<UInt8>) -> String {
        let classes: [UInt8: String] = [
            UInt8(ascii: "d"): "0-9", UInt8(ascii: "w"): "A-Za-z0-9_", UInt8(ascii: "s"): "[:space:]",
        ]
        var text = ""
        var isInClass = false
        var isEscaped = false
        for byte in source {
            let character = String(UnicodeScalar(byte))
            if isEscaped {
                isEscaped = false
                if let members = classes[byte] {
                    text += isInClass ? members : "[\(members)]"
                } else if let members = classes[byte | 0x20], byte < 0x60, !isInClass {
                    text += "[^\(members)]"
                } else {
                    text += (isInClass ? "" : "\\") + character
                }
                continue
            }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            if byte == UInt8(ascii: "[") { isInClass = true }
            if byte == UInt8(ascii: "]") { isInClass = false }
            text += character
        }
        return isEscaped ? text + "\\\\" : text
    }
}
