import LogsInsights
import Telemetry
import TelemetryStore

/// What FilterLogEvents and a Logs Insights query take over a million events.
enum InsightsBench {
    private static let events = 1_000_000

    static func rows() async throws -> [Row] {
        let store = TelemetryStore(logCap: .max / 2)
        for start in stride(from: 0, to: events, by: 1000) {
            var batch = LogBatch(group: "/aws/lambda/pay", stream: "s", function: "pay")
            for number in start..<(start + 1000) { batch.append(line(number).utf8, at: time(number)) }
            await store.ingest([TelemetryEvent(.log(batch))])
        }
        let snapshot = await store.logSnapshot()
        return [
            Row(name: "filter-log-events", value: try await filter(snapshot)),
            Row(
                name: "insights-stats",
                value: try await run(
                    "filter @type = \"REPORT\" | stats count(*) as n, avg(@duration), pct(@duration, 95) by bin(5m)",
                    snapshot,
                    rows: 1)),
            Row(
                name: "insights-json",
                value: try await run(
                    "filter ispresent(level) | stats avg(ms), count(*) by level, user.name", snapshot, rows: 9)),
        ]
    }

    private static func time(_ number: Int) -> Timestamp {
        Timestamp(milliseconds: 1_767_225_600_000 + Int64(number) / 4)
    }

    private static func line(_ number: Int) -> String {
        let id = "00000000-0000-4000-8000-\(String(100_000_000_000 + number))"
        switch number % 4 {
        case 0: return "START RequestId: \(id) Version: $LATEST"
        case 1:
            return
                "{\"time\":\"2026-01-01T00:00:00Z\",\"level\":\"\(number % 3 == 0 ? "ERROR" : "INFO")\",\"msg\":\"order o-\(number) was recorded\",\"user\":{\"id\":\(number),\"name\":\"u\(number % 9)\"},\"ms\":\(number % 211)}"
        case 2: return "END RequestId: \(id)"
        default:
            return
                "REPORT RequestId: \(id)\tDuration: \(number % 997).25 ms\tBilled Duration: \(number % 997 + 1) ms\tMemory Size: 128 MB\tMax Memory Used: \(number % 128) MB\t"
        }
    }

    /// Milliseconds for a page of the matches of a pattern, the best of three.
    private static func filter(_ snapshot: LogSnapshot) async throws -> Double {
        let pattern = try LogFilter(pattern: "{ $.level = \"ERROR\" && $.ms > 200 }")
        var best = Double.infinity
        for _ in 0..<3 {
            let began = ContinuousClock.now
            let (lines, _) = await snapshot.events(
                pattern, in: .unbounded, from: .oldest(after: nil), limit: 10_000, reach: { _ in LogReach() })
            best = min(best, (ContinuousClock.now - began).milliseconds)
            guard !lines.isEmpty else { throw BenchError(description: "the pattern found nothing") }
        }
        return best
    }

    /// Milliseconds for a query over everything, the best of three.
    private static func run(_ source: String, _ snapshot: LogSnapshot, rows: Int) async throws -> Double {
        let query = try InsightsQuery(parsing: source)
        var best = Double.infinity
        for _ in 0..<3 {
            let began = ContinuousClock.now
            let run = InsightsRun(query)
            await snapshot.scan(
                in: .unbounded, needle: query.needle, reach: { _ in LogReach() }, visit: { run.take($0) })
            let found = run.finish().rows.count
            best = min(best, (ContinuousClock.now - began).milliseconds)
            guard found == rows else { throw BenchError(description: "\(source) found \(found) rows") }
        }
        return best
    }
}
