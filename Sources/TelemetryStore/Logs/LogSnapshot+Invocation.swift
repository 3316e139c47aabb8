package import Telemetry

extension LogSnapshot {
    private static let mostLines = 1000

    /// The lines of one invocation, oldest first, and how many more there are.
    @concurrent
    func lines(of id: RequestID, function: String, in window: TimeWindow) async -> ([LogLine], omitted: Int) {
        var found: [LogLine] = []
        var omitted = 0
        for chunk in chunks where chunk.requestIDs.contains(id) {
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
        var found: [(time: Int64, id: UInt64, chunk: Int, line: Int)] = []
        for (index, chunk) in chunks.enumerated() {
            for line in chunk.matches(matcher, streams) where accepted[Int(chunk.streams[line])] {
                let time = chunk.times[line]
                guard window.contains(Timestamp(microseconds: time)) else { continue }
                let id = chunk.firstID + UInt64(line)
                if let after, (time, id) <= (after.time.microseconds, after.id) { continue }
                found.append((time, id, index, line))
            }
            await Task.yield()
            if Task.isCancelled { break }
        }
        found.sort { ($0.time, $0.id) < ($1.time, $1.id) }
        let lines = found.prefix(limit).map { chunks[$0.chunk].logLine($0.line, streams) }
        return (lines, found.count > limit)
    }
}
