import TelemetryStore

/// The progress at any moment of a history: made of its first events, from the nearest one that is kept.
struct ExecutionReplay: Sendable {
    private static let distance = 512

    /// By the number of events, each a multiple of the distance.
    private var kept: [Int: HistoryProgress] = [:]
    private var latest: (count: Int, progress: HistoryProgress)?

    /// - Parameter count: how many events there have been.
    mutating func progress(of events: HistoryEvents, count: Int) -> HistoryProgress {
        let count = min(max(count, 0), events.count)
        var (place, progress) = start(for: count)
        while place < count {
            progress.take(events[place])
            place += 1
            if place.isMultiple(of: Self.distance) { kept[place] = progress }
        }
        latest = (count, progress)
        return progress
    }

    private func start(for count: Int) -> (Int, HistoryProgress) {
        let below = count / Self.distance * Self.distance
        let base = stride(from: below, through: Self.distance, by: -Self.distance).first { kept[$0] != nil }
        if let latest, latest.count <= count, latest.count >= base ?? 0 { return latest }
        guard let base, let progress = kept[base] else { return (0, HistoryProgress()) }
        return (base, progress)
    }
}
