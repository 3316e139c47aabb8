import AWSCore
import Glibc
import TelemetryStore

/// A filter pattern of CloudWatch Logs: terms, regular expressions, JSON or columns.
///
/// See "Filter pattern syntax" in the CloudWatch Logs User Guide. Terms match with their case; `?` makes alternatives,
/// which are ignored beside terms without `?`; `-` excludes.
struct LogPattern: Sendable {
    /// What every matching line passes; finds lines fast, without regard to case.
    let filter: LogFilter
    /// What decides about the terms, with regard to case; `nil` when the filter alone does.
    let matching: (@Sendable (UnsafeBufferPointer<UInt8>) -> Bool)?

    /// - Throws: `InvalidParameterException` for a pattern that is not understood: never everything, never nothing.
    init(_ text: String) throws(ServiceError) {
        let trimmed = Self.trimmed(text)
        guard trimmed.utf8.count <= 1024 else { throw Self.invalid("it is longer than 1024 characters") }
        switch trimmed.first {
        case nil: filter = LogFilter()
        case "{": filter = try Self.structured(trimmed, end: "}")
        case "[": filter = try Self.columns(trimmed)
        default:
            var parser = LogTermsParser(trimmed)
            let terms = try parser.terms()
            filter = try Self.parsed(terms.filterText)
            matching = terms.isDecidedByFilter ? nil : terms.matches
            return
        }
        matching = nil
    }

    private static func columns(_ text: String) throws(ServiceError) -> LogFilter {
        guard text.contains(where: { ",=<>".contains($0) }) else {
            throw invalid("a pattern of one column has no condition")
        }
        guard !text.contains("&&") else { throw invalid("&& in patterns of columns is not served here") }
        return try structured(text, end: "]")
    }

    private static func structured(_ text: String, end: Character) throws(ServiceError) -> LogFilter {
        guard text.last == end else { throw invalid("it does not end with \(end)") }
        guard !text.contains("%") else {
            throw invalid("regular expressions in patterns of JSON or columns are not served here")
        }
        return try parsed(text)
    }

    private static func parsed(_ text: String) throws(ServiceError) -> LogFilter {
        do throws(LogFilterError) {
            return try LogFilter(parsing: text)
        } catch {
            throw invalid(error.message)
        }
    }

    static func invalid(_ problem: String) -> ServiceError {
        ServiceError("InvalidParameterException", "Invalid filter pattern: \(problem)")
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}

/// The terms of an unstructured pattern.
struct LogTerms: Sendable {
    enum Term: Hashable, Sendable {
        case text([UInt8])
        /// A POSIX extended regular expression.
        case regex(String)
    }

    var required: [Term] = []
    var optional: [Term] = []
    var excluded: [Term] = []

    private var texts: [[UInt8]] { Self.texts(required) }
    private var excludedTexts: [[UInt8]] { Self.texts(excluded) }
    /// Alternatives of which one is an expression are expressions all.
    private var hasExactAlternatives: Bool {
        optional.contains { if case .regex = $0 { true } else { false } }
    }

    var isDecidedByFilter: Bool {
        texts.isEmpty && excludedTexts.isEmpty && (optional.isEmpty || hasExactAlternatives)
    }

    @Sendable func matches(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard texts.allSatisfy({ Self.holds(line, $0) }) else { return false }
        guard !excludedTexts.contains(where: { Self.holds(line, $0) }) else { return false }
        guard !optional.isEmpty, !hasExactAlternatives else { return true }
        return Self.texts(optional).contains { Self.holds(line, $0) }
    }

    private static func holds(_ line: UnsafeBufferPointer<UInt8>, _ text: [UInt8]) -> Bool {
        guard let first = text.first, let base = line.baseAddress else { return text.isEmpty }
        var offset = 0
        while line.count - offset >= text.count {
            guard let found = memchr(base + offset, Int32(first), line.count - offset - text.count + 1) else {
                return false
            }
            if memcmp(found, text, text.count) == 0 { return true }
            offset = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
        }
        return false
    }

    private static func texts(_ terms: [Term]) -> [[UInt8]] {
        terms.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// The terms in the language of the store's filter, where texts match in either case.
    var filterText: String {
        var parts = required.map(Self.written)
        for case .regex(let source) in excluded { parts.append("-\(Self.written(.regex(source)))") }
        if !optional.isEmpty {
            let alternatives = optional.map { hasExactAlternatives ? Self.exact($0) : $0 }.map(Self.written)
            parts.append("(\(alternatives.joined(separator: " OR ")))")
        }
        return parts.joined(separator: " ")
    }

    private static func written(_ term: Term) -> String {
        switch term {
        case .text(let text):
            return "\"\(escaped(text, Set(#""\"#.utf8)))\""
        case .regex(let source): return "/\(source.replacing("/", with: "\\/"))/"
        }
    }

    /// A text as an expression that matches nothing else.
    private static func exact(_ term: Term) -> Term {
        guard case .text(let text) = term else { return term }
        return .regex(escaped(text, Set(#"\^$.[]|()*+?{}"#.utf8)))
    }

    /// The text with a backslash before the special bytes.
    private static func escaped(_ text: [UInt8], _ special: Set<UInt8>) -> String {
        var bytes: [UInt8] = []
        for byte in text {
            if special.contains(byte) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
