package import Telemetry

/// The log at one moment: searching it disturbs nobody.
package struct LogSnapshot: Sendable {
    /// Oldest first; only the last one may still grow in the store.
    let chunks: [LogChunk]
    let streams: [StreamKey]

    package var lineCount: Int { chunks.reduce(0) { $0 + $1.count } }

    /// A page of matching lines; with what was found so far when the task is cancelled.
    @concurrent
    package func page(_ query: LogQuery, now: Timestamp = .now()) async -> LogPage {
        switch query.anchor {
        case .newest: await older(query, than: .max, now)
        case .before(let id): await older(query, than: id, now)
        case .oldest: await newer(query, from: 0, now)
        case .after(let id): await newer(query, from: id == .max ? id : id + 1, now)
        case .around(let id): await around(query, id, now)
        }
    }

    private func around(_ query: LogQuery, _ id: UInt64, _ now: Timestamp) async -> LogPage {
        var half = query
        half.limit = max(query.limit / 2, 1)
        var page = await older(half, than: id, now)
        let after = await newer(half, from: id, now)
        page.lines += after.lines
        page.contextIDs.formUnion(after.contextIDs)
        page.hasAfter = after.hasAfter
        return page
    }

    /// The nearest matching lines with ids below `end`.
    private func older(_ query: LogQuery, than end: UInt64, _ now: Timestamp) async -> LogPage {
        let matcher = LogMatcher(query.filter, now: now)
        var found: [(chunk: Int, line: Int)] = []
        var page = LogPage()
        search: for index in chunks.indices.reversed() where chunks[index].firstID < end {
            let chunk = chunks[index]
            for line in chunk.matches(matcher, streams).reversed() where chunk.firstID + UInt64(line) < end {
                guard isInside(chunk, line, query.window) else { continue }
                if found.count == query.limit {
                    page.hasBefore = true
                    break search
                }
                found.append((index, line))
            }
            if await isStopped() { break }
        }
        page.hasAfter = end != .max
        fill(&page, found.reversed(), query.context)
        return page
    }

    /// The nearest matching lines with ids from `start` on.
    private func newer(_ query: LogQuery, from start: UInt64, _ now: Timestamp) async -> LogPage {
        let matcher = LogMatcher(query.filter, now: now)
        var found: [(chunk: Int, line: Int)] = []
        var page = LogPage()
        search: for index in chunks.indices where chunks[index].endID > start {
            let chunk = chunks[index]
            for line in chunk.matches(matcher, streams) where chunk.firstID + UInt64(line) >= start {
                guard isInside(chunk, line, query.window) else { continue }
                if found.count == query.limit {
                    page.hasAfter = true
                    break search
                }
                found.append((index, line))
            }
            if await isStopped() { break }
        }
        page.hasBefore = start > (chunks.first?.firstID ?? 0)
        fill(&page, found, query.context)
        return page
    }

    private func isInside(_ chunk: LogChunk, _ line: Int, _ window: TimeWindow?) -> Bool {
        window?.contains(Timestamp(microseconds: chunk.times[line])) ?? true
    }

    private func isStopped() async -> Bool {
        await Task.yield()
        return Task.isCancelled
    }

    private func fill(_ page: inout LogPage, _ found: [(chunk: Int, line: Int)], _ context: Int) {
        guard context > 0 else {
            page.lines = found.map { chunks[$0.chunk].logLine($0.line, streams) }
            return
        }
        let matching = Set(found.map { chunks[$0.chunk].firstID + UInt64($0.line) })
        var last: UInt64?
        for id in matching.sorted() {
            let from = max(id > UInt64(context) ? id - UInt64(context) : 0, last.map { $0 + 1 } ?? 0)
            for other in from...(id + UInt64(context)) {
                guard let line = line(other) else { continue }
                page.lines.append(line)
                if !matching.contains(other) { page.contextIDs.insert(other) }
                last = other
            }
        }
    }

    /// The line of that id; `nil` when it never was or has left.
    package func line(_ id: UInt64) -> LogLine? {
        guard let first = chunks.first?.firstID, id >= first else { return nil }
        var low = 0
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if chunks[middle].endID <= id { low = middle + 1 } else { high = middle }
        }
        guard low < chunks.count else { return nil }
        return chunks[low].logLine(Int(id - chunks[low].firstID), streams)
    }
}
