package import Telemetry

/// From which end, and from where, a page of log events is read. Places are a time and the line's id; lines are ordered
/// by time and then by arrival.
package enum LogPageStart: Sendable {
    /// The oldest lines, those behind the place only.
    case oldest(after: (time: Timestamp, id: UInt64)?)
    /// The newest lines, those before the place only.
    case newest(before: (time: Timestamp, id: UInt64)?)

    fileprivate var isForward: Bool {
        if case .oldest = self { true } else { false }
    }

    fileprivate func holds(_ time: Int64, _ id: UInt64) -> Bool {
        switch self {
        case .oldest(let place): place.map { (time, id) > ($0.time.microseconds, $0.id) } ?? true
        case .newest(let place): place.map { (time, id) < ($0.time.microseconds, $0.id) } ?? true
        }
    }
}

extension LogSnapshot {
    package var streamKeys: [StreamKey] { streams }

    /// The id that the next line will get.
    package var endID: UInt64 { chunks.last?.endID ?? 1 }

    /// A page of matching lines of some streams in a window, ordered by time and then by arrival: what CloudWatch Logs
    /// answers.
    ///
    /// - Parameters:
    ///   - first: lines with smaller ids are not looked at.
    ///   - reach: what counts of a stream; `nil` for a stream that is not asked for.
    /// - Returns: the lines, and whether there are more in the direction of reading.
    @concurrent
    package func events(
        _ filter: LogFilter, in window: TimeWindow, from start: LogPageStart, limit: Int,
        after first: UInt64 = 0, reach: @Sendable (StreamKey) -> LogReach?
    ) async -> ([LogLine], hasMore: Bool) {
        let reaches = streams.map(reach)
        let matcher = LogMatcher(filter)
        var selection = Earliest(limit: limit)
        // Oldest first, or the mirror image of it: what is kept is always what comes first.
        for index in start.isForward ? Array(chunks.indices) : chunks.indices.reversed() {
            let chunk = chunks[index]
            guard chunk.endID > first, chunk.summary.overlaps(window),
                selection.canTake(start.isForward ? chunk.summary.earliest : ~chunk.summary.latest),
                chunk.summary.streams.contains(where: { reaches[Int($0)] != nil })
            else { continue }
            for line in chunk.matches(matcher, streams) {
                let time = chunk.times[line]
                let id = chunk.firstID + UInt64(line)
                guard let reach = reaches[Int(chunk.streams[line])], reach.holds(time, id), start.holds(time, id),
                    window.contains(Timestamp(microseconds: time))
                else { continue }
                selection.take(
                    Earliest.Line(
                        time: start.isForward ? time : ~time, id: start.isForward ? id : ~id, chunk: index, line: line))
            }
            await Task.yield()
            if Task.isCancelled { break }
        }
        let found = selection.sorted()
        let page = start.isForward ? Array(found.prefix(limit)) : found.prefix(limit).reversed()
        return (page.map { chunks[$0.chunk].logLine($0.line, streams) }, found.count > limit)
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
