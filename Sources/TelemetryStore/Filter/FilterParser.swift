import CSearch
import Telemetry

/// Reads the filter language: terms that stand side by side, `OR` between them, parentheses, and a minus for "not".
struct FilterParser {
    private let bytes: [UInt8]
    private var offset = 0
    private var depth = 0
    private var terms = 0

    private static let mostNested = 32
    private static let mostTerms = 256
    /// Bytes of a whole filter.
    private static let longest = 8 * 1024
    private static let keys = ["fn", "function", "level", "req", "request", "stream", "group", "since", "until"]

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    mutating func filter() throws(LogFilterError) -> [LogFilter.Term] {
        guard bytes.count <= Self.longest else {
            throw LogFilterError(message: "a filter has at most \(Self.longest) bytes", offset: Self.longest)
        }
        let terms = try alternatives()
        guard offset == bytes.count else { throw error("there is a ) without its (") }
        return terms
    }

    private mutating func alternatives() throws(LogFilterError) -> [LogFilter.Term] {
        var all: [[LogFilter.Term]] = [try sequence()]
        while takeWord("OR") {
            all.append(try sequence())
        }
        guard all.count > 1 else { return all[0] }
        guard all.allSatisfy({ !$0.isEmpty }) else { throw error("OR stands between two terms") }
        return [.any(all)]
    }

    private mutating func sequence() throws(LogFilterError) -> [LogFilter.Term] {
        var terms: [LogFilter.Term] = []
        // `?WARN ?ERROR` of CloudWatch's patterns: one of them.
        var optional: [[LogFilter.Term]] = []
        while true {
            skipSpace()
            guard let byte = current, byte != UInt8(ascii: ")"), !isWord("OR") else {
                if !optional.isEmpty { terms.append(.any(optional)) }
                return Self.merged(terms)
            }
            if byte == UInt8(ascii: "?"), !isEndOfTerm(offset + 1) {
                offset += 1
                optional.append([try term()])
            } else {
                terms.append(try term())
            }
        }
    }

    /// Several `fn:` mean any of them; so do `stream:` and `group:`.
    private static func merged(_ terms: [LogFilter.Term]) -> [LogFilter.Term] {
        var functions: [Glob] = []
        var streams: [Glob] = []
        var groups: [Glob] = []
        var others: [LogFilter.Term] = []
        for term in terms {
            switch term {
            case .function(let globs): functions += globs
            case .stream(let globs): streams += globs
            case .group(let globs): groups += globs
            default: others.append(term)
            }
        }
        if !functions.isEmpty { others.append(.function(functions)) }
        if !streams.isEmpty { others.append(.stream(streams)) }
        if !groups.isEmpty { others.append(.group(groups)) }
        return others
    }

    private mutating func term() throws(LogFilterError) -> LogFilter.Term {
        terms += 1
        guard terms <= Self.mostTerms else { throw error("a filter has at most \(Self.mostTerms) terms") }
        let isNegated = takeMinuses()
        let term = try plainTerm()
        return isNegated ? .not(term) : term
    }

    /// - Returns: whether an odd number of them stood before a term.
    private mutating func takeMinuses() -> Bool {
        var isNegated = false
        while current == UInt8(ascii: "-"), offset + 1 < bytes.count, bytes[offset + 1] != UInt8(ascii: " ") {
            offset += 1
            isNegated.toggle()
        }
        return isNegated
    }

    private mutating func plainTerm() throws(LogFilterError) -> LogFilter.Term {
        guard let byte = current else { throw error("a term is missing") }
        switch byte {
        case UInt8(ascii: "("):
            return try parentheses()
        case UInt8(ascii: "\""):
            return .text(try quoted().map(Glob.lower))
        case UInt8(ascii: "/"):
            guard let end = endOfRegex() else { return try word() }
            return try regex(until: end)
        case UInt8(ascii: "%"):
            guard let end = PatternRegex.end(in: bytes, from: offset + 1), end > offset + 1, isEndOfTerm(end + 1) else {
                return try word()
            }
            defer { offset = end + 1 }
            return .regex(source: try PatternRegex.posix(bytes[(offset + 1)..<end], at: offset), ignoresCase: false)
        case UInt8(ascii: "{"):
            var parser = JSONPatternParser(PatternScanner(bytes, offset: offset))
            let pattern = try parser.pattern()
            offset = parser.offset
            return .json(pattern)
        case UInt8(ascii: "[") where bytes[offset...].contains(UInt8(ascii: "]")):
            var parser = ColumnsPatternParser(PatternScanner(bytes, offset: offset))
            guard parser.looksLikeAPattern else { return try word() }
            let pattern = try parser.pattern()
            offset = parser.offset
            return .columns(pattern)
        default:
            return try word()
        }
    }

    private mutating func parentheses() throws(LogFilterError) -> LogFilter.Term {
        guard depth < Self.mostNested else { throw error("parentheses nest more than \(Self.mostNested) deep") }
        depth += 1
        defer { depth -= 1 }
        offset += 1
        let inner = try alternatives()
        guard current == UInt8(ascii: ")") else { throw error("a ) is missing") }
        offset += 1
        guard !inner.isEmpty else { throw error("there is nothing between ( and )") }
        return .any([inner])
    }

    private mutating func quoted() throws(LogFilterError) -> [UInt8] {
        let start = offset
        offset += 1
        var text: [UInt8] = []
        while let byte = current {
            offset += 1
            if byte == UInt8(ascii: "\"") {
                guard !text.isEmpty else {
                    throw LogFilterError(message: "there is nothing between the quotes", offset: start)
                }
                return text
            }
            if byte == UInt8(ascii: "\\"), let next = current {
                offset += 1
                text.append(next)
            } else {
                text.append(byte)
            }
        }
        throw LogFilterError(message: "a closing quote is missing", offset: start)
    }

    /// Where the closing slash stands; `nil` for a word like `/api/orders`, which goes on behind its second slash.
    private func endOfRegex() -> Int? {
        var place = offset + 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "/") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard place < bytes.count else { return nil }
        var next = place + 1
        if next < bytes.count, bytes[next] == UInt8(ascii: "i") { next += 1 }
        return isEndOfTerm(next) ? place : nil
    }

    private func isEndOfTerm(_ place: Int) -> Bool {
        place >= bytes.count || [0x20, 0x09, 0x0A, UInt8(ascii: ")")].contains(bytes[place])
    }

    private mutating func regex(until end: Int) throws(LogFilterError) -> LogFilter.Term {
        let start = offset
        offset += 1
        var source: [UInt8] = []
        while offset < end {
            if bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "/") { offset += 1 }
            source.append(bytes[offset])
            offset += 1
        }
        offset = end + 1
        let ignoresCase = current == UInt8(ascii: "i")
        if ignoresCase { offset += 1 }
        guard !source.isEmpty else {
            throw LogFilterError(message: "there is nothing between the two /", offset: start)
        }
        let text = String(decoding: source, as: UTF8.self)
        if let problem = CompiledRegex.problem(of: text) {
            throw LogFilterError(message: "/\(text)/ is no regular expression: \(problem)", offset: start)
        }
        return .regex(source: text, ignoresCase: ignoresCase)
    }

    private mutating func word() throws(LogFilterError) -> LogFilter.Term {
        let start = offset
        let stops: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n")]
        let closes = depth > 0
        while let byte = current, !stops.contains(byte), !(closes && byte == UInt8(ascii: ")")) { offset += 1 }
        guard offset > start else { throw error("a term is missing") }
        let word = bytes[start..<offset]
        guard let key = Self.key(of: word) else { return .text(word.map(Glob.lower)) }
        return try KeyedTerm(key: key, word: String(decoding: word, as: UTF8.self), offset: start).term()
    }

    /// `level` of `level>=warn`, `fn` of `fn:a`; `nil` for a word that is just text.
    private static func key(of word: ArraySlice<UInt8>) -> String? {
        let name = String(decoding: word.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }, as: UTF8.self)
        guard keys.contains(name), let next = word.dropFirst(name.utf8.count).first else { return nil }
        let operators: Set<UInt8> = name == "level" ? Set(":<>=!".utf8) : Set(":".utf8)
        return operators.contains(next) ? name : nil
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = current, [0x20, 0x09, 0x0A].contains(byte) { offset += 1 }
    }

    private func isWord(_ word: String) -> Bool {
        let count = word.utf8.count
        guard bytes.count - offset >= count, bytes[offset..<(offset + count)].elementsEqual(word.utf8) else {
            return false
        }
        return offset + count == bytes.count || [0x20, 0x09, 0x0A, UInt8(ascii: "(")].contains(bytes[offset + count])
    }

    private mutating func takeWord(_ word: String) -> Bool {
        skipSpace()
        guard isWord(word) else { return false }
        offset += word.utf8.count
        return true
    }

    private func error(_ message: String) -> LogFilterError { LogFilterError(message: message, offset: offset) }
}
