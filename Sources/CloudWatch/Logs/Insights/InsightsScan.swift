import LogsInsights
import Telemetry
import TelemetryStore

/// Runs a query over the log.
enum InsightsScan {
    @concurrent
    static func run(
        _ query: InsightsQuery, _ snapshot: LogSnapshot, _ window: TimeWindow,
        reach: @Sendable (StreamKey) -> LogReach?, account: String, limit: Int,
        progress: @Sendable (ScanProgress) async -> Void
    ) async -> InsightsResult {
        let run = InsightsRun(query, account: account, limit: limit)
        await snapshot.scan(in: window, needle: query.needle, reach: reach, progress: progress) { run.take($0) }
        return run.finish()
    }
}
