import Telemetry

/// Counts matching lines, each sealed chunk once for a filter.
///
/// Asked again with the same filter, only what is new is looked at.
actor VolumeCounter {
    private struct Known {
        var tallies: [Int: LogTally] = [:]
        var lastUse = 0
    }

    private var known: [LogFilter: Known] = [:]
    private var uses = 0

    private static let filtersKept = 4

    func volume(_ filter: LogFilter, in window: TimeWindow, buckets: Int, _ snapshot: LogSnapshot) async -> LogVolume {
        var volume = LogVolume(window: window)
        volume.buckets = Self.emptyBuckets(window, max(buckets, 1))
        volume.total = snapshot.lineCount
        let tallies = await tallies(filter, snapshot)
        volume.progress = snapshot.chunks.isEmpty ? 1 : Double(tallies.count) / Double(snapshot.chunks.count)
        for tally in tallies {
            volume.matching += tally.count
            for second in tally.seconds { Self.add(second, to: &volume) }
        }
        return volume
    }

    private func tallies(_ filter: LogFilter, _ snapshot: LogSnapshot) async -> [LogTally] {
        uses += 1
        let old = known[filter]?.tallies ?? [:]
        let (all, fresh) = await Self.count(filter, snapshot, old)
        let present = Set(snapshot.chunks.map(\.number))
        var entry = known[filter] ?? Known()
        entry.tallies = entry.tallies.merging(fresh) { $1 }.filter { present.contains($0.key) }
        entry.lastUse = uses
        known[filter] = entry
        if known.count > Self.filtersKept, let oldest = known.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            known[oldest.key] = nil
        }
        return all
    }

    /// - Returns: a tally for each chunk that was reached, and those that are worth remembering.
    @concurrent
    private static func count(
        _ filter: LogFilter, _ snapshot: LogSnapshot, _ old: [Int: LogTally]
    ) async -> ([LogTally], fresh: [Int: LogTally]) {
        let matcher = LogMatcher(filter)
        var all: [LogTally] = []
        var fresh: [Int: LogTally] = [:]
        for chunk in snapshot.chunks.reversed() {
            if let tally = old[chunk.number], !filter.dependsOnNow {
                all.append(tally)
                continue
            }
            let tally = chunk.tally(chunk.matches(matcher, snapshot.streams))
            all.append(tally)
            if chunk.isFull { fresh[chunk.number] = tally }
            await Task.yield()
            if Task.isCancelled { break }
        }
        return (all, fresh)
    }

    private static func emptyBuckets(_ window: TimeWindow, _ count: Int) -> [LogVolume.Bucket] {
        (0..<count).map { index in
            LogVolume.Bucket(start: window.start + Microseconds(window.length.count / Int64(count) * Int64(index)))
        }
    }

    private static func add(_ second: LogTally.Second, to volume: inout LogVolume) {
        let (start, isOver) = second.second.multipliedReportingOverflow(by: 1_000_000)
        let time = Timestamp(microseconds: start)
        let length = volume.window.length.count
        guard !isOver, length > 0, volume.window.contains(time) else { return }
        let offset = (time - volume.window.start).count
        let index = min(Int(Double(offset) / Double(length) * Double(volume.buckets.count)), volume.buckets.count - 1)
        volume.buckets[index].errors += Int(second.errors)
        volume.buckets[index].warnings += Int(second.warnings)
        volume.buckets[index].others += Int(second.others)
    }
}

extension LogFilter {
    /// Whether the same line may match now and not later.
    var dependsOnNow: Bool { terms.contains { $0.dependsOnNow } }
}

extension LogFilter.Term {
    fileprivate var dependsOnNow: Bool {
        switch self {
        case .since(.ago), .until(.ago): true
        case .not(let inner): inner.dependsOnNow
        case .any(let choices): choices.contains { $0.contains(where: \.dependsOnNow) }
        default: false
        }
    }
}
