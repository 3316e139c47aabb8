package import Telemetry

/// How far a scan is.
package struct ScanProgress: Hashable, Sendable {
    /// Lines and bytes that were in reach, whether they had the needle or not.
    package var lines = 0
    package var bytes = 0
    /// 0 to 1.
    package var done = 0.0

    package init() {}
}

extension LogSnapshot {
    /// Shows lines of some streams in a window one after another, the newest chunk first; within a chunk as they came.
    ///
    /// - Parameters:
    ///   - needle: a text in lower case; lines without it need not be shown.
    ///   - reach: what counts of a stream; `nil` for a stream that is not asked for.
    ///   - first: lines with smaller ids are not looked at.
    ///   - progress: told after each chunk.
    /// - Returns: what was in reach; less than all when the task was cancelled.
    @discardableResult
    package func scan(
        in window: TimeWindow, needle: [UInt8]?, reach: (StreamKey) -> LogReach?, after first: UInt64 = 0,
        progress: (ScanProgress) async -> Void = { _ in }, visit: (LogLineView) -> Void
    ) async -> ScanProgress {
        let reaches = streams.map(reach)
        var reached = ScanProgress()
        for (number, chunk) in chunks.reversed().enumerated() {
            guard chunk.endID > first else { break }
            if chunk.summary.overlaps(window), chunk.summary.streams.contains(where: { reaches[Int($0)] != nil }) {
                scan(chunk, window, needle, reaches, &reached, visit)
            }
            reached.done = Double(number + 1) / Double(chunks.count)
            await progress(reached)
            await Task.yield()
            if Task.isCancelled { break }
        }
        return reached
    }

    private func scan(
        _ chunk: LogChunk, _ window: TimeWindow, _ needle: [UInt8]?, _ reaches: [LogReach?],
        _ reached: inout ScanProgress, _ visit: (LogLineView) -> Void
    ) {
        let span = window.start.microseconds..<window.end.microseconds
        chunk.bytes.withUnsafeBufferPointer { bytes in
            var wanted = needle.map { chunk.candidates($0, bytes)[...] }
            for line in 0..<chunk.count {
                let time = chunk.times[line]
                let place = Int(chunk.streams[line])
                guard span.contains(time), let reach = reaches[place], reach.holds(time, chunk.firstID + UInt64(line))
                else { continue }
                let range = chunk.range(line)
                reached.lines += 1
                reached.bytes += range.count
                if wanted != nil {
                    while let next = wanted?.first, next < line { wanted?.removeFirst() }
                    guard wanted?.first == line else { continue }
                }
                let key = streams[place]
                visit(
                    LogLineView(
                        message: UnsafeBufferPointer(rebasing: bytes[range]), time: Timestamp(microseconds: time),
                        id: chunk.firstID + UInt64(line), group: key.group, stream: key.stream,
                        requestID: chunk.requestID(line)))
            }
        }
    }
}
