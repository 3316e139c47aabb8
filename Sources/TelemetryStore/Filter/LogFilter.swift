import Telemetry

/// Which log lines match, in the one filter language of the screen, the command line and the API.
package struct LogFilter: Hashable, Sendable {
    /// What the person wrote; empty matches everything.
    package let source: String
    /// All must match.
    let terms: [Term]

    /// The filter that matches every line.
    package init() {
        source = ""
        terms = []
    }

    init(terms: [Term]) {
        source = ""
        self.terms = terms
    }

    /// - Throws: ``LogFilterError`` that says what was expected where; nothing is ever guessed.
    package init(parsing source: String) throws(LogFilterError) {
        self.source = source
        var parser = FilterParser(source)
        terms = try parser.filter()
    }

    /// A filter pattern of CloudWatch Logs, which is stricter than the language for people: case matters, and what is no
    /// letter or digit stands in quotes.
    ///
    /// - Throws: ``LogFilterError`` for a pattern that is not understood: never everything, never nothing.
    package init(pattern source: String) throws(LogFilterError) {
        self.source = source
        var parser = FilterPatternParser(source)
        terms = try parser.terms()
    }

    package var isEmpty: Bool { terms.isEmpty }

    /// The filter with one more term, or as it is when the term is there already.
    ///
    /// - Throws: ``LogFilterError`` when the term is not understood.
    package func adding(_ term: String) throws(LogFilterError) -> LogFilter {
        let words = source.split(separator: " ").map(String.init)
        guard !words.contains(term) else { return self }
        return try LogFilter(parsing: source.isEmpty ? term : "\(source) \(term)")
    }

    indirect enum Term: Hashable, Sendable {
        /// In lower case.
        case text([UInt8])
        /// With the case that it has.
        case exact([UInt8])
        case regex(source: String, ignoresCase: Bool)
        case function([Glob])
        case stream([Glob])
        case group([Glob])
        case level(Comparison, LogLevel)
        /// The beginning of a request id, in lower case and with its hyphens.
        case request(String)
        case since(Moment)
        case until(Moment)
        case json(JSONPattern)
        case columns(ColumnsPattern)
        case not(Term)
        case any([[Term]])
    }

    enum Comparison: String, CaseIterable, Hashable, Sendable {
        case greaterOrEqual = ">="
        case lessOrEqual = "<="
        case notEqual = "!="
        case equal = "="
        case greater = ">"
        case less = "<"

        func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
            switch self {
            case .greaterOrEqual: left >= right
            case .lessOrEqual: left <= right
            case .notEqual: left != right
            case .equal: left == right
            case .greater: left > right
            case .less: left < right
            }
        }
    }

    enum Moment: Hashable, Sendable {
        case ago(Microseconds)
        case at(Timestamp)

        func timestamp(now: Timestamp) -> Timestamp {
            switch self {
            case .ago(let span): now - span
            case .at(let time): time
            }
        }
    }
}

/// Why a filter is not understood.
package struct LogFilterError: Error, Hashable, CustomStringConvertible {
    package let message: String
    /// The byte of the source where it went wrong.
    package let offset: Int

    package var description: String { message }
}
