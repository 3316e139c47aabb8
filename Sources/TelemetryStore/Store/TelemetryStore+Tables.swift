import Telemetry

extension TelemetryStore {
    package func tables(_ window: TimeWindow, buckets: Int) -> TablesOverview {
        var overview = TablesOverview(window: window)
        if let firstEvent, firstEvent > window.start {
            overview.observed = max(window.end - firstEvent, .seconds(1))
        }
        var consumers: [String: Int] = [:]
        for story in eventSources.stories(where: { _ in true }) {
            if let table = story.table { consumers[table, default: 0] += 1 }
        }
        overview.tables = tables.tables.values.filter { !$0.isDeleted }.map { state in
            var summary = state.summary(window, buckets: buckets)
            summary.consumers = consumers[state.description.name] ?? 0
            return summary
        }
        overview.tables.sort { $0.table.name < $1.table.name }
        return overview
    }

    package func table(_ name: String, in window: TimeWindow, buckets: Int) -> TableDetail? {
        guard let state = tables.tables[name] else { return nil }
        var detail = TableDetail(window: window, summary: state.summary(window, buckets: buckets))
        detail.buckets = state.buckets(window, count: buckets)
        detail.operations = state.operations(window)
        detail.stories = eventSources.stories { $0.table == name }
        detail.summary.consumers = detail.stories.count
        detail.gaps = gaps.filter { $0.start < window.end && ($0.end ?? window.end) >= window.start }
        return detail
    }

    /// Newest first.
    package func tableCalls(_ name: String) -> [TableCall] {
        guard let calls = tables.tables[name]?.calls, let oldest = calls.first?.time else { return [] }
        let keys = Set(calls.compactMap { TraceKey($0.call.traceHeader) })
        let callers = invocations.callers(keys, since: oldest)
        let others = Set(calls.map(\.call.traceHeader).filter { TraceKey($0).map { callers[$0] == nil } ?? false })
        let states = executions.places(ofCallsWith: others)
        return calls.reversed().map { timed in
            let caller = TraceKey(timed.call.traceHeader).flatMap { callers[$0] }
            return TableCall(
                time: timed.time, call: timed.call, function: caller?.start.function, invocation: caller?.requestID,
                execution: caller == nil ? states[timed.call.traceHeader] : nil)
        }
    }

    package func eventSources(function: String) -> [EventSourceStory] {
        eventSources.stories { $0.function == function }
    }
}

/// `Root=…;Parent=…` of a trace header: an invocation's own, whatever follows.
struct TraceKey: Hashable {
    private let text: Substring

    init?(_ header: String) {
        let parts = header.utf8.split(separator: UInt8(ascii: ";"), maxSplits: 2)
        guard parts.count >= 2, let end = parts.dropFirst().first?.endIndex, header.hasPrefix("Root=") else {
            return nil
        }
        guard Substring(parts[1]).hasPrefix("Parent=") else { return nil }
        text = header[..<end]
    }
}

extension InvocationArchive {
    /// The invocations that made calls, by the trace headers that they sent.
    ///
    /// - Parameter time: of the oldest call.
    func callers(_ keys: Set<TraceKey>, since time: Timestamp) -> [TraceKey: InvocationRecord] {
        // Nothing runs longer than 15 minutes.
        let start = time - .seconds(900)
        var found: [TraceKey: InvocationRecord] = [:]
        for record in newestFirst.prefix(Self.mostLookedAt) where found.count < keys.count {
            guard record.startTime >= start else { break }
            guard let key = TraceKey(record.start.traceHeader), keys.contains(key), found[key] == nil else { continue }
            found[key] = record
        }
        return found
    }

    private static var mostLookedAt: Int { 50_000 }
}
