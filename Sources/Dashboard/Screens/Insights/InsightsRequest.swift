package import LogsInsights
import Synchronization
package import Telemetry
package import TelemetryStore

/// A query over the log that a person asked for; asked once, however much is written meanwhile.
package struct InsightsRequest: Hashable, Sendable {
    package var query: InsightsQuery
    /// Names of log groups, `*` for any characters; any when empty.
    package var groups: [Glob]
    /// How far it is.
    package let meter = ScanMeter()

    package init(query: InsightsQuery, groups: [Glob]) {
        self.query = query
        self.groups = groups
    }
}

/// What a search that runs elsewhere has done so far.
package final class ScanMeter: Hashable, Sendable {
    private let progress = Mutex(ScanProgress())

    package var value: ScanProgress { progress.withLock { $0 } }

    func report(_ value: ScanProgress) { progress.withLock { $0 = value } }

    package static func == (left: ScanMeter, right: ScanMeter) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// What came of a query, and what it took.
package struct InsightsAnswer: Hashable, Sendable {
    package var result: InsightsResult
    package var scanned: ScanProgress
    package var duration: Microseconds

    package init(result: InsightsResult, scanned: ScanProgress, duration: Microseconds) {
        self.result = result
        self.scanned = scanned
        self.duration = duration
    }
}

extension TelemetryReader {
    @concurrent
    func insights(_ request: InsightsRequest, in window: TimeWindow) async -> InsightsAnswer {
        let began = Timestamp.now()
        let run = InsightsRun(request.query)
        let scanned = await logSnapshot().scan(
            in: window, needle: request.query.needle,
            reach: { key in
                request.groups.isEmpty || request.groups.contains { $0.matches(key.group) } ? LogReach() : nil
            }, progress: { request.meter.report($0) }, visit: { run.take($0) })
        return InsightsAnswer(result: run.finish(), scanned: scanned, duration: .now() - began)
    }
}
