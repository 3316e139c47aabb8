/// Walks over the bytes of a pattern; what patterns of JSON and of columns have in common.
struct PatternScanner {
    let bytes: [UInt8]
    var offset: Int
    /// How many regular expressions were read.
    private(set) var regexCount = 0

    /// In one pattern (CloudWatch Logs quotas).
    static let mostRegexes = 2

    init(_ bytes: [UInt8], offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    init(_ text: String) { self.init(Array(text.utf8)) }

    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func error(_ message: String) -> LogFilterError { LogFilterError(message: message, offset: offset) }

    mutating func skipSpace() {
        while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
    }

    mutating func take(_ text: String) -> Bool {
        skipSpace()
        let count = text.utf8.count
        guard bytes.count - offset >= count, bytes[offset..<(offset + count)].elementsEqual(text.utf8) else {
            return false
        }
        offset += count
        return true
    }

    /// Two words with blanks between them.
    mutating func takeWords(_ first: String, _ second: String) -> Bool {
        let start = offset
        if take(first), [0x20, 0x09].contains(current), take(second) { return true }
        offset = start
        return false
    }

    mutating func taken(while condition: (UInt8) -> Bool) -> String {
        let start = offset
        while let byte = current, condition(byte) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// The text between two quotes of the kind that stands here; a backslash takes the next byte as it is.
    mutating func quoted() throws(LogFilterError) -> String {
        guard let quote = current else { throw error("a quote is missing") }
        offset += 1
        var text: [UInt8] = []
        while let byte = current {
            offset += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), let next = current, next == quote || next == byte {
                offset += 1
                text.append(next)
            } else {
                text.append(byte)
            }
        }
        throw error("a closing quote is missing")
    }

    /// The expression between two `%`, as POSIX writes it.
    mutating func regex() throws(LogFilterError) -> String {
        regexCount += 1
        guard regexCount <= Self.mostRegexes else {
            throw error("a pattern has at most \(Self.mostRegexes) regular expressions")
        }
        let start = offset + 1
        guard start < bytes.count, let end = PatternRegex.end(in: bytes, from: start), end > start else {
            throw error("a regular expression stands between two %")
        }
        let source = try PatternRegex.posix(bytes[start..<end], at: start)
        offset = end + 1
        return source
    }

    /// A text in quotes, an expression between `%`, a number, or a word.
    ///
    /// - Parameter isWord: which bytes a word without quotes is made of.
    mutating func operand(_ isWord: (UInt8) -> Bool) throws(LogFilterError) -> PatternOperand {
        skipSpace()
        switch current {
        case UInt8(ascii: "\""): return .text(Glob(try quoted(), isExact: true))
        case UInt8(ascii: "%"): return .regex(try regex())
        default: break
        }
        let text = taken(while: isWord)
        guard !text.isEmpty else { throw error("a value to compare with is missing") }
        return FilterNumber.value(text).map(PatternOperand.number) ?? .text(Glob(text, isExact: true))
    }
}
