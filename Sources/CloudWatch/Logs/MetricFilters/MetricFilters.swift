import AWSCore
import Telemetry
import TelemetryStore

/// All metric filters, and the reading of new lines that they look at.
///
/// Lines are read behind the back of those who write them: nothing waits for a filter.
actor MetricFilters {
    private struct Entry {
        var filter: MetricFilter
        /// Lines before it were there before the filter.
        var firstID: UInt64
        /// The minute of the last line that was looked at, and whether one of that minute matched.
        var minute: Int64?
        var hasMatched = false
    }

    private var entries: [String: [String: Entry]] = [:]
    private let store: TelemetryStore
    private let sink: any TelemetrySink
    private let clock: any Clock<Duration>
    private var reading: Task<Void, Never>?
    private var nextID: UInt64 = 0

    static let mostOfGroup = 100

    init(store: TelemetryStore, sink: any TelemetrySink, clock: any Clock<Duration>) {
        self.store = store
        self.sink = sink
        self.clock = clock
    }

    deinit { reading?.cancel() }

    func put(_ filter: MetricFilter) async throws(ServiceError) {
        let known = entries[filter.group] ?? [:]
        guard known[filter.name] != nil || known.count < Self.mostOfGroup else {
            throw ServiceError("LimitExceededException", "Resource limit exceeded.")
        }
        let endID = await store.logSnapshot().endID
        if entries.isEmpty { nextID = endID }
        entries[filter.group, default: [:]][filter.name] = Entry(filter: filter, firstID: endID)
        guard reading == nil else { return }
        let changes = await store.changes()
        reading = Task { [weak self] in
            for await _ in changes { await self?.read() }
        }
    }

    /// - Returns: whether there was one.
    func delete(_ name: String, of group: String) -> Bool {
        defer { forgetEmpty(group) }
        return entries[group]?.removeValue(forKey: name) != nil
    }

    func deleteAll(of group: String) {
        entries[group] = nil
        forgetEmpty(group)
    }

    private func forgetEmpty(_ group: String) {
        if entries[group]?.isEmpty == true { entries[group] = nil }
        guard entries.isEmpty else { return }
        reading?.cancel()
        reading = nil
    }

    func count(of group: String) -> Int { entries[group]?.count ?? 0 }

    /// By group and name.
    var all: [MetricFilter] {
        entries.sorted { $0.key < $1.key }
            .flatMap { $0.value.sorted { $0.key < $1.key }.map(\.value.filter) }
    }

    /// Looks at the lines that came since the last time.
    private func read() async {
        let snapshot = await store.logSnapshot()
        let (start, end) = (nextID, snapshot.endID)
        guard end > start else { return }
        nextID = end
        for (group, filters) in entries {
            let streams = Set(snapshot.streamKeys.filter { $0.group == group })
            guard !streams.isEmpty else { continue }
            var minutes: Set<Int64> = []
            await snapshot.scan(
                in: .unbounded, needle: nil, reach: { streams.contains($0) ? LogReach(firstID: start) : nil },
                after: start,
                visit: { minutes.insert($0.time.seconds / 60) })
            guard !minutes.isEmpty else { continue }
            for name in filters.keys { await apply(name, group, snapshot, start, streams, minutes) }
        }
        publishDefaults(before: Timestamp.now().seconds / 60)
        scheduleDefaults()
    }

    private func apply(
        _ name: String, _ group: String, _ snapshot: LogSnapshot, _ start: UInt64, _ streams: Set<StreamKey>,
        _ minutes: Set<Int64>
    ) async {
        guard let entry = entries[group]?[name] else { return }
        let first = max(start, entry.firstID)
        let (lines, _) = await snapshot.events(
            entry.filter.pattern, in: .unbounded, from: .oldest(after: nil), limit: .max, after: first
        ) { streams.contains($0) ? LogReach(firstID: first) : nil }
        var matched: Set<Int64> = []
        for line in lines {
            guard let metric = entry.filter.metric(of: line.message) else { continue }
            matched.insert(line.time.seconds / 60)
            sink.emit(TelemetryEvent(.metric(metric), at: line.time))
        }
        guard entry.filter.defaultMetric != nil else { return }
        for minute in minutes.sorted() { note(minute, matched.contains(minute), name, group) }
    }

    private func note(_ minute: Int64, _ hasMatched: Bool, _ name: String, _ group: String) {
        guard var entry = entries[group]?[name] else { return }
        if let old = entry.minute, old < minute {
            publish(entry)
            entry.hasMatched = false
        }
        entry.minute = minute
        entry.hasMatched = entry.hasMatched || hasMatched
        entries[group]?[name] = entry
    }

    private func publish(_ entry: Entry) {
        guard let minute = entry.minute, !entry.hasMatched, let metric = entry.filter.defaultMetric else { return }
        sink.emit(TelemetryEvent(.metric(metric), at: Timestamp(microseconds: minute * 60_000_000)))
    }

    private func publishDefaults(before now: Int64) {
        for (group, filters) in entries {
            for (name, entry) in filters {
                guard let minute = entry.minute, minute < now else { continue }
                publish(entry)
                entries[group]?[name]?.minute = nil
                entries[group]?[name]?.hasMatched = false
            }
        }
    }

    /// A minute without a match is known when it is over.
    private func scheduleDefaults() {
        let isWaiting = entries.values.contains { $0.values.contains { $0.minute != nil } }
        guard isWaiting, !isScheduled else { return }
        isScheduled = true
        Task { [weak self, clock] in
            try? await clock.sleep(for: .seconds(60))
            await self?.wake()
        }
    }

    private var isScheduled = false

    private func wake() {
        isScheduled = false
        publishDefaults(before: Timestamp.now().seconds / 60)
        scheduleDefaults()
    }
}
