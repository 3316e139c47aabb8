import Telemetry
import TelemetryStore
import Terminal

/// The charts of one table's window.
struct TableCharts {
    let detail: TableDetail

    init(_ detail: TableDetail) { self.detail = detail }

    static func requestLegend(_ canvas: Canvas) -> [Run] {
        ChartLegend.bars(
            [("reads", .series1), ("writes", .series4), ("throttles", .warn), ("errors", .error)], canvas)
    }

    static func latencyLegend(_ canvas: Canvas) -> [Run] {
        ChartLegend.lines([("read p50", .series1), ("read p95", .series4), ("write p95", .series5)], canvas)
    }

    static func unitLegend(_ canvas: Canvas) -> [Run] {
        ChartLegend.bars([("read", .series1), ("write", .series4)], canvas)
    }

    private var time: TimeAxis {
        TimeAxis(start: detail.window.start.microseconds, end: detail.window.end.microseconds)
    }

    private func series(_ role: Role, _ value: (TableDetail.Bucket) -> Double?) -> LineChart.Series {
        LineChart.Series(detail.buckets.map(value), role: role)
    }

    private func part(_ moment: Timestamp) -> Double {
        let length = Double(max(detail.window.length.count, 1))
        return min(max(Double((moment - detail.window.start).count) / length, 0), 1)
    }

    var requests: BarChart {
        BarChart(
            [
                series(.error) { Double($0.errors) }, series(.warn) { Double($0.throttles) },
                series(.series1) { Double($0.reads) }, series(.series4) { Double($0.writes) },
            ], time: time)
    }

    var latency: LineChart {
        var chart = LineChart(
            [
                series(.series1) { $0.readLatency.map { Double($0.p50.count) } },
                series(.series4) { $0.readLatency.map { Double($0.p95.count) } },
                series(.series5) { $0.writeLatency.map { Double($0.p95.count) } },
            ], axis: .microseconds, time: time)
        chart.gaps = detail.gaps.map { gap in
            let start = part(gap.start)
            return start...max(start, part(gap.end ?? detail.window.end))
        }
        return chart
    }

    var units: BarChart {
        BarChart([series(.series1) { $0.readUnits }, series(.series4) { $0.writeUnits }], time: time)
    }

    /// What a bar stands for: `requests a 15 s`.
    var bucketText: String {
        guard !detail.buckets.isEmpty else { return "" }
        return "per \(Format.period(microseconds: detail.window.length.count / Int64(detail.buckets.count)))"
    }
}
