import Telemetry
import TelemetryStore
import Terminal

/// The charts of one function's window.
struct FunctionCharts {
    let detail: FunctionDetail

    init(_ detail: FunctionDetail) { self.detail = detail }

    static func barLegend(_ canvas: Canvas) -> [Run] {
        [("ok", Role.series1), ("errors", .error), ("throttles", .warn)].map { name, role in
            let mark = canvas.hasColors ? "" : role.plainFill.map { "\($0) " } ?? "\(Mark.bar(8)) "
            return Run(" \(mark)\(name)", role)
        }
    }

    static func latencyLegend(_ canvas: Canvas) -> [Run] {
        [("p50", Role.series1), ("p95", .series2), ("p99", .series3)].map { name, role in
            Run(canvas.hasColors ? "\(name) " : "\(role.plainDot) \(name)  ", role)
        } + [Run(" \(Mark.caret) cold", .info)]
    }

    private var time: TimeAxis {
        TimeAxis(start: detail.window.start.microseconds, end: detail.window.end.microseconds)
    }

    private func values(_ value: (FunctionDetail.Bucket) -> Double?) -> [Double?] { detail.buckets.map(value) }

    private func part(_ moment: Timestamp) -> Double {
        let length = Double(max(detail.window.length.count, 1))
        return min(max(Double((moment - detail.window.start).count) / length, 0), 1)
    }

    var latency: LineChart {
        var chart = LineChart(
            [
                LineChart.Series(values { $0.latency.map { Double($0.p50.count) } }, role: .series1),
                LineChart.Series(values { $0.latency.map { Double($0.p95.count) } }, role: .series2),
                LineChart.Series(values { $0.latency.map { Double($0.p99.count) } }, role: .series3),
            ], axis: .microseconds, time: time)
        chart.marks = detail.buckets.filter { $0.coldStarts > 0 }.map { part($0.start) }
        chart.gaps = detail.gaps.map { gap in
            let start = part(gap.start)
            return start...max(start, part(gap.end ?? detail.window.end))
        }
        return chart
    }

    var heatmap: HeatmapChart {
        HeatmapChart(labels: detail.heatmap.bounds.map(\.text), columns: detail.heatmap.counts, time: time)
    }

    var bars: BarChart {
        BarChart(
            [
                LineChart.Series(values { Double($0.errors) }, role: .error),
                LineChart.Series(values { Double($0.throttles) }, role: .warn),
                LineChart.Series(values { Double(max($0.invocations - $0.errors, 0)) }, role: .series1),
            ], time: time)
    }

    var concurrency: BarChart {
        BarChart(
            [LineChart.Series(values { Double($0.concurrency) }, role: .series4)], time: time, resampling: .max)
    }

    var memory: LineChart {
        let used = values { $0.maxMemoryUsedMiB > 0 ? Double($0.maxMemoryUsedMiB) * 1_048_576 : nil }
        return LineChart([LineChart.Series(used, role: .series5)], axis: .bytes, time: time)
    }
}
