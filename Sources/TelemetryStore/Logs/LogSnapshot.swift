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
        guard query.context > 0 else {
            page.lines += after.lines
            page.hasAfter = after.hasAfter
            return page
        }
        // The context of one half may reach into the other.
        let matching = page.matchingIDs.union(after.matchingIDs)
        var seen: Set<UInt64> = []
        page.lines = (page.lines + after.lines).filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
        page.contextIDs = seen.subtracting(matching)
        page.hasAfter = after.hasAfter
        return page
    }

    /// The nearest matching lines with ids below `end`.
    private func older(_ query: LogQuery, than end: UInt64, _ now: Timestamp) async -> LogPage {
        let matcher = LogMatcher(query.filter, now: now)
        var found: [(chunk: Int, line: Int)] = []
        var page = LogPage()
        search: for index in chunks.indices.reversed() where chunks[index].firstID < end {
            guard chunks[index].summary.overlaps(query.window) else { continue }
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
            guard chunks[index].summary.overlaps(query.window) else { continue }
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
        var ids = matching
        for id in matching { ids.formUnion(neighbours(of: id, min(context, Self.mostContext))) }
        page.lines = ids.sorted().compactMap(line)
        page.contextIDs = ids.subtracting(matching)
    }

    private static let mostContext = 100
    /// How far from a line its neighbours are looked for, in lines of all streams.
    private static let contextReach = 20_000

    /// The lines before and after it in the same stream.
    private func neighbours(of id: UInt64, _ count: Int) -> [UInt64] {
        guard let place = place(of: id) else { return [] }
        let stream = chunks[place.chunk].streams[place.line]
        return nearest(place, by: -1, in: stream, count) + nearest(place, by: 1, in: stream, count)
    }

    private func nearest(_ place: (chunk: Int, line: Int), by step: Int, in stream: UInt32, _ count: Int) -> [UInt64] {
        var (chunk, line) = place
        var ids: [UInt64] = []
        for _ in 0..<Self.contextReach where ids.count < count {
            line += step
            while !chunks[chunk].streams.indices.contains(line) {
                chunk += step
                guard chunks.indices.contains(chunk) else { return ids }
                line = step > 0 ? 0 : chunks[chunk].count - 1
            }
            if chunks[chunk].streams[line] == stream { ids.append(chunks[chunk].firstID + UInt64(line)) }
        }
        return ids
    }

    private func place(of id: UInt64) -> (chunk: Int, line: Int)? {
        guard let first = chunks.first?.firstID, id >= first else { return nil }
        var low = 0
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if chunks[middle].endID <= id { low = middle + 1 } else { high = middle }
        }
        return low < chunks.count ? (low, Int(id - chunks[low].firstID)) : nil
    }

    /// The line of that id; `nil` when it never was or has left.
    package func line(_ id: UInt64) -> LogLine? {
        place(of: id).map { chunks[$0.chunk].logLine($0.line, streams) }
    }
}

extension LogPage {
    fileprivate var matchingIDs: Set<UInt64> { Set(lines.map(\.id)).subtracting(contextIDs) }
}
