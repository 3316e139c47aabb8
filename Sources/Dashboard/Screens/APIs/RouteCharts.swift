import Telemetry
import TelemetryStore
import Terminal

/// The charts of one route's window.
struct RouteCharts {
    let route: RouteSummary
    let window: TimeWindow

    static let latencyLegend: [(String, Role)] = [("p50", .series1), ("p95", .series2), ("p99", .series3)]
    static let statusLegend: [(String, Role)] = [("2xx", .series1), ("3xx", .info), ("4xx", .warn), ("5xx", .error)]

    private var time: TimeAxis { TimeAxis(start: window.start.microseconds, end: window.end.microseconds) }

    private func series(_ role: Role, _ value: (RouteSummary.Bucket) -> Double?) -> LineChart.Series {
        LineChart.Series(route.buckets.map(value), role: role)
    }

    var latency: LineChart {
        LineChart(
            [
                series(.series1) { $0.latency.map { Double($0.p50.count) } },
                series(.series2) { $0.latency.map { Double($0.p95.count) } },
                series(.series3) { $0.latency.map { Double($0.p99.count) } },
            ], axis: .microseconds, time: time)
    }

    /// The failures stand on the axis, where small ones are seen.
    var statuses: BarChart {
        BarChart(
            [
                series(.error) { Double($0.classes[5]) }, series(.warn) { Double($0.classes[4]) },
                series(.info) { Double($0.classes[3]) },
                series(.series1) { Double($0.classes[2] + $0.classes[1]) },
            ], time: time)
    }

    /// `requests per 15 s`
    var statusTitle: String {
        guard !route.buckets.isEmpty else { return "requests" }
        return "requests per \(Format.period(microseconds: window.length.count / Int64(route.buckets.count)))"
    }
}
