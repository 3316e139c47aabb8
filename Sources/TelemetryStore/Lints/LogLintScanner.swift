import Telemetry

/// Which invocations wrote errors, and how many lines, of the newest part of the log.
struct LogLintFacts: Sendable {
    struct Trouble: Sendable {
        var time: Timestamp
        /// The beginning of the line.
        var text: String
    }

    /// The newest error line of an invocation.
    var errors: [RequestID: Trouble] = [:]
    /// How many lines; only of those that wrote many.
    var lines: [RequestID: Int] = [:]
}

/// Reads the newest chunks of the log, each sealed one once.
actor LogLintScanner {
    /// How far a chunk was read, and what was found.
    private struct Known {
        var count: Int
        var facts: LogLintFacts
    }

    private var known: [Int: Known] = [:]

    /// Fewer lines in a chunk are not counted: a flood has more.
    private static let countedLines = 64
    /// Of a chunk, more invocations with errors are not told apart.
    private static let errorsKept = 1000
    private static let textBytes = 120
    /// What Python writes before a stack, also where the handler went on.
    private static let trace = LogFilter(terms: [.text(Array("traceback (most recent call last)".utf8))])

    func scan(_ snapshot: LogSnapshot, _ window: TimeWindow) async -> LogLintFacts {
        let newest = snapshot.chunks.suffix(LintThresholds.logChunks).filter { $0.summary.overlaps(window) }
        known = known.filter { entry in newest.contains { $0.number == entry.key } }
        for chunk in newest where known[chunk.number]?.count != chunk.count {
            known[chunk.number] = Known(count: chunk.count, facts: await Self.facts(chunk, snapshot.streams))
        }
        var all = LogLintFacts()
        for chunk in newest {
            guard let facts = known[chunk.number]?.facts else { continue }
            all.errors.merge(facts.errors.filter { window.contains($0.value.time) }) { _, new in new }
            all.lines.merge(facts.lines) { $0 + $1 }
        }
        return all
    }

    @concurrent
    private static func facts(_ chunk: LogChunk, _ streams: [StreamKey]) async -> LogLintFacts {
        var facts = LogLintFacts()
        let traces = Set(chunk.matches(LogMatcher(trace), streams))
        let grave = LogLevel.error.rawValue
        for line in (0..<chunk.count).reversed() where chunk.levels[line] >= grave || traces.contains(line) {
            guard facts.errors.count < errorsKept else { break }
            guard let id = chunk.requestID(line), facts.errors[id] == nil else { continue }
            let text = chunk.bytes[chunk.range(line)].prefix(textBytes).prefix { $0 != 0x0A }
            facts.errors[id] = LogLintFacts.Trouble(
                time: Timestamp(microseconds: chunk.times[line]), text: String(decoding: text, as: UTF8.self))
        }
        var counts = [Int](repeating: 0, count: chunk.requestIDs.count)
        for place in chunk.requests where place > 0 { counts[Int(place) - 1] += 1 }
        for (place, count) in counts.enumerated() where count >= countedLines {
            facts.lines[chunk.requestIDs[place], default: 0] += count
        }
        return facts
    }
}
