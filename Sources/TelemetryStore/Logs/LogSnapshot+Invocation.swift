package import Telemetry

extension LogSnapshot {
    private static let mostLines = 1000

    /// The lines of one invocation, oldest first, and how many more there are.
    @concurrent
    func lines(of id: RequestID, function: String, in window: TimeWindow) async -> ([LogLine], omitted: Int) {
        var found: [LogLine] = []
        var omitted = 0
        for chunk in chunks where chunk.summary.overlaps(window) && chunk.requestIDs.contains(id) {
            for index in 0..<chunk.count where chunk.requestID(index) == id {
                if found.count < Self.mostLines {
                    found.append(chunk.logLine(index, streams))
                } else {
                    omitted += 1
                }
            }
            await Task.yield()
            if Task.isCancelled { break }
        }
        return (found, omitted)
    }

    /// Matching lines of some streams in a window, ordered by time and then by arrival: what CloudWatch Logs answers.
    ///
    /// - Parameters:
    ///   - accepts: which streams.
    ///   - after: only lines behind this one in that order.
    ///   - limit: at most so many.
    /// - Returns: the lines, and whether more follow.
    @concurrent
    package func ordered(
        _ filter: LogFilter, in window: TimeWindow, after: (time: Timestamp, id: UInt64)?, limit: Int,
        accepts: @Sendable (StreamKey) -> Bool
    ) async -> ([LogLine], hasMore: Bool) {
        let accepted = streams.map(accepts)
        let matcher = LogMatcher(filter)
        var selection = Earliest(limit: limit)
        for (index, chunk) in chunks.enumerated() where chunk.summary.overlaps(window) {
            guard selection.canTake(chunk.summary.earliest),
                chunk.summary.streams.contains(where: { accepted[Int($0)] })
            else { continue }
            for line in chunk.matches(matcher, streams) where accepted[Int(chunk.streams[line])] {
                let time = chunk.times[line]
                guard window.contains(Timestamp(microseconds: time)) else { continue }
                let id = chunk.firstID + UInt64(line)
                if let after, (time, id) <= (after.time.microseconds, after.id) { continue }
                selection.take(Earliest.Line(time: time, id: id, chunk: index, line: line))
            }
            await Task.yield()
            if Task.isCancelled { break }
        }
        let found = selection.sorted()
        let lines = found.prefix(limit).map { chunks[$0.chunk].logLine($0.line, streams) }
        return (lines, found.count > limit)
    }
}

/// The first lines of many by time and arrival, one more than the limit; the others are not kept.
private struct Earliest {
    struct Line {
        var time: Int64
        var id: UInt64
        var chunk: Int
        var line: Int
    }

    private var lines: [Line] = []
    private let kept: Int
    /// Later lines are not among the first ones.
    private var latest = Int64.max

    init(limit: Int) {
        kept = limit < .max ? max(limit, 0) + 1 : limit
    }

    func canTake(_ time: Int64) -> Bool { time <= latest }

    mutating func take(_ line: Line) {
        guard canTake(line.time) else { return }
        lines.append(line)
        guard lines.count / 2 > kept else { return }
        lines = Array(sorted().prefix(kept))
        latest = lines.last?.time ?? .max
    }

    func sorted() -> [Line] { lines.sorted { ($0.time, $0.id) < ($1.time, $1.id) } }
}
