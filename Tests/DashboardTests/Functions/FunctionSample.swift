import Telemetry
import TelemetryStore

@testable import Dashboard

/// A shop's functions in a quarter of an hour: one fails, one never ran.
enum FunctionSample {
    static let window = TimeWindow(last: .seconds(900), until: LogSample.now)

    static var overview: Overview {
        var overview = Overview(window: window)
        overview.functions = [
            summary("record-order", 4770, 0, 12), summary("process-payment", 4680, 196, 88),
            summary("query-user", 4710, 0, 6), summary("nightly-report", 0, 0, 0),
        ]
        overview.invocations = 14_160
        overview.errors = 196
        overview.coldStarts = 310
        overview.inFlight = 3
        overview.latency = latency(40)
        overview.health.sources = [SourceState(name: "local", link: .live)]
        return overview
    }

    static func summary(_ name: String, _ invocations: Int, _ errors: Int, _ milliseconds: Int64) -> FunctionSummary {
        var summary = FunctionSummary(
            function: FunctionDescription(name: name, runtime: "python3.13", triggers: ["POST /order"]))
        guard invocations > 0 else { return summary }
        summary.invocations = invocations
        summary.errors = errors
        summary.coldStarts = invocations / 50
        summary.latency = latency(milliseconds)
        summary.initLatency = latency(142)
        summary.environments = 4
        summary.busyEnvironments = 2
        summary.maxMemoryUsedMiB = 78
        summary.lastInvocation = LogSample.now - .milliseconds(200)
        summary.lastStatus = .success
        summary.invocationSeries = (0..<60).map { 60 + $0 * 7 % 23 }
        summary.errorSeries = (0..<60).map { errors > 0 && $0 % 20 > 16 ? 9 : 0 }
        return summary
    }

    private static func latency(_ milliseconds: Int64) -> Percentiles {
        Percentiles(
            p50: .milliseconds(milliseconds), p90: .milliseconds(milliseconds * 3),
            p95: .milliseconds(milliseconds * 4), p99: .milliseconds(milliseconds * 9),
            max: .milliseconds(milliseconds * 20), count: 100)
    }

    static func detail(_ name: String) -> FunctionDetail? {
        guard let summary = overview.functions.first(where: { $0.function.name == name }) else { return nil }
        var detail = FunctionDetail(window: window, summary: summary)
        detail.buckets = (0..<120).map { place in
            var bucket = FunctionDetail.Bucket(start: window.start + Microseconds(Int64(place) * 7_500_000))
            guard summary.invocations > 0 else { return bucket }
            bucket.invocations = 30 + place * 7 % 13
            bucket.errors = place % 40 > 34 ? 5 : 0
            bucket.coldStarts = place % 37 == 5 ? 1 : 0
            bucket.concurrency = 1 + place % 4
            bucket.latency = latency(80 + Int64(place * 13 % 40))
            bucket.maxMemoryUsedMiB = 70 + place % 9
            return bucket
        }
        detail.heatmap.bounds = (0..<12).map { .milliseconds(1 << $0) }
        detail.heatmap.counts = (0..<120).map { column in (0..<12).map { max(0, 9 - abs($0 - 6) * 3 + column % 3) } }
        detail.latest = summary.invocations > 0 ? [failed] : []
        let change = EnvironmentChange(
            id: "\(name)-3", function: name, state: .busy, processID: 4242, residentBytes: 41_000_000,
            initDuration: .milliseconds(142), runtimeStart: .milliseconds(90))
        detail.environments = [
            EnvironmentRecord(change: change, started: LogSample.now - .seconds(95), invocations: 812)
        ]
        return detail
    }

    static var failed: InvocationRecord { InvocationSample.failed.record }

    static func answer(_ request: DataRequest) -> DataAnswer? {
        switch request {
        case .overview: .overview(overview)
        case .function(let name, _): .function(detail(name))
        case .invocations: .invocations([failed])
        default: LogSample.answer(request)
        }
    }
}
