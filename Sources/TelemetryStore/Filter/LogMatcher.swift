import CSearch
import JSON
import Telemetry

/// A filter made ready for one search: expressions compiled, "10 minutes ago" made a time, names looked up once.
final class LogMatcher {
    let terms: [Term]

    indirect enum Term {
        case text([UInt8])
        /// With the same text in lower case.
        case exact([UInt8], folded: [UInt8])
        /// With a text in lower case that every match has, if one is known.
        case regex(CompiledRegex, literal: [UInt8]?)
        case stream((StreamKey) -> Bool)
        case level(LogFilter.Comparison, LogLevel)
        case request(String)
        case since(Timestamp)
        case until(Timestamp)
        /// With a text in lower case that every match has, if one is known.
        case json(JSONPattern, RegexTable, literal: [UInt8]?)
        case columns(ColumnsPattern, RegexTable, literal: [UInt8]?)
        case not(Term)
        case any([[Term]])
        case nothing
    }

    init(_ filter: LogFilter, now: Timestamp = .now()) {
        terms = filter.terms.map { Self.compiled($0, now: now) }
    }

    /// The text that every matching line has, the longest one: what a fast scan looks for first.
    var needle: [UInt8]? {
        terms.compactMap { term -> [UInt8]? in
            switch term {
            case .text(let text): text
            case .exact(_, let folded): folded
            case .regex(_, let literal), .json(_, _, let literal), .columns(_, _, let literal): literal
            default: nil
            }
        }
        .max { $0.count < $1.count }
    }

    var matchesEverything: Bool { terms.isEmpty }

    /// Whether a stream can have matching lines.
    func accepts(_ stream: StreamKey) -> Bool {
        terms.allSatisfy { if case .stream(let test) = $0 { test(stream) } else { true } }
    }

    /// Whether lines of that time and level can match, of what ``accepts(_:)`` let through.
    func matches(
        _ line: UnsafeBufferPointer<UInt8>, time: Timestamp, level: LogLevel, stream: StreamKey,
        requestID: @autoclosure () -> RequestID?
    ) -> Bool {
        Self.all(terms, line, time, level, stream, requestID)
    }

    private static func all(
        _ terms: [Term], _ line: UnsafeBufferPointer<UInt8>, _ time: Timestamp, _ level: LogLevel, _ stream: StreamKey,
        _ requestID: () -> RequestID?
    ) -> Bool {
        for term in terms where !matches(term, line, time, level, stream, requestID) { return false }
        return true
    }

    private static func matches(
        _ term: Term, _ line: UnsafeBufferPointer<UInt8>, _ time: Timestamp, _ level: LogLevel, _ stream: StreamKey,
        _ requestID: () -> RequestID?
    ) -> Bool {
        switch term {
        case .text(let text): return cs_find_folded(line.baseAddress, line.count, text, text.count) >= 0
        case .exact(let text, _): return cs_find(line.baseAddress, line.count, text, text.count) >= 0
        case .regex(let regex, _): return regex.firstMatch(in: line) != nil
        case .stream(let test): return test(stream)
        case .level(let comparison, let wanted): return level != .none && comparison.holds(level, wanted)
        case .request(let prefix): return requestID()?.description.hasPrefix(prefix) ?? false
        case .since(let start): return time >= start
        case .until(let end): return time < end
        case .json(let pattern, let regexes, _):
            guard line.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
            guard let json = try? JSON(parsing: line) else { return false }
            return pattern.matches(json, regexes)
        case .columns(let pattern, let regexes, _): return pattern.matches(line, regexes)
        case .not(let inner): return !matches(inner, line, time, level, stream, requestID)
        case .any(let choices): return choices.contains { all($0, line, time, level, stream, requestID) }
        case .nothing: return false
        }
    }

    private static func compiled(_ term: LogFilter.Term, now: Timestamp) -> Term {
        switch term {
        case .text(let text): .text(text)
        case .exact(let text): .exact(text, folded: text.map(Glob.lower))
        case .regex(let source, let ignoresCase):
            CompiledRegex(source, ignoresCase: ignoresCase)
                .map { Term.regex($0, literal: RegexLiteral.longest(in: source)) } ?? .nothing
        case .function(let globs):
            .stream { key in key.function.map { name in globs.contains { $0.matches(name) } } ?? false }
        case .stream(let globs): .stream { key in globs.contains { $0.matches(key.stream) } }
        case .group(let globs): .stream { key in globs.contains { $0.matches(key.group) } }
        case .level(let comparison, let level): .level(comparison, level)
        case .request(let prefix): .request(prefix)
        case .since(let moment): .since(moment.timestamp(now: now))
        case .until(let moment): .until(moment.timestamp(now: now))
        case .json(let pattern): .json(pattern, RegexTable(pattern.regexes), literal: pattern.literal)
        case .columns(let pattern): .columns(pattern, RegexTable(pattern.regexes), literal: pattern.literal)
        case .not(let inner): .not(compiled(inner, now: now))
        case .any(let choices): .any(choices.map { $0.map { compiled($0, now: now) } })
        }
    }
}

extension LogFilter {
    /// Whether one line matches, for who has few of them.
    package func matches(_ message: [UInt8], _ facts: LineFacts) -> Bool {
        let key = StreamKey(group: facts.group, stream: facts.stream, function: facts.function)
        return message.withUnsafeBufferPointer {
            LogMatcher(self).matches($0, time: facts.time, level: facts.level, stream: key, requestID: facts.requestID)
        }
    }

    /// Where the texts and expressions of the filter stand in a line, for marking them; at most 100 places.
    package func highlights(in message: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        for term in terms { Self.collect(term, in: message, into: &places) }
        return Array(places.sorted { $0.lowerBound < $1.lowerBound }.prefix(Self.mostHighlights))
    }

    private static let mostHighlights = 100

    private static func collect(_ term: Term, in message: [UInt8], into places: inout [Range<Int>]) {
        switch term {
        case .text(let text): collect(text, in: message, into: &places)
        case .exact(let text): collect(text.map(Glob.lower), in: message, into: &places)
        case .regex(let source, let ignoresCase):
            guard let regex = CompiledRegex(source, ignoresCase: ignoresCase) else { return }
            if let place = message.withUnsafeBufferPointer({ regex.firstMatch(in: $0) }), !place.isEmpty {
                places.append(place)
            }
        case .any(let choices):
            for choice in choices { for term in choice { collect(term, in: message, into: &places) } }
        default: break
        }
    }

    private static func collect(_ text: [UInt8], in message: [UInt8], into places: inout [Range<Int>]) {
        message.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, !text.isEmpty else { return }
            var start = 0
            while places.count < mostHighlights {
                let found = cs_find_folded(base + start, buffer.count - start, text, text.count)
                guard found >= 0 else { return }
                places.append((start + found)..<(start + found + text.count))
                start += found + text.count
            }
        }
    }
}
