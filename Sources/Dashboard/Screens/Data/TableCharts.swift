import Telemetry
import TelemetryStore
import Terminal

/// The charts of one table's window.
struct TableCharts {
    let detail: TableDetail

    init(_ detail: TableDetail) { self.detail = detail }

    static func requestLegend(_ canvas: Canvas) -> [Run] {
        [("reads", Role.series1), ("writes", .series2), ("throttles", .warn), ("errors", .error)].map { name, role in
            let mark = canvas.hasColors ? "" : role.plainFill.map { "\($0) " } ?? "\(Mark.bar(8)) "
            return Run(" \(mark)\(name)", role)
        }
    }

    static func latencyLegend(_ canvas: Canvas) -> [Run] {
        [("read p50", Role.series1), ("read p95", .series2), ("write p95", .series3)].map { name, role in
            Run(canvas.hasColors ? " \(name)" : " \(role.plainDot) \(name)", role)
        }
    }

    static func unitLegend(_ canvas: Canvas) -> [Run] {
        [("read", Role.series1), ("write", .series2)].map { name, role in
            Run(canvas.hasColors ? " \(name)" : " \(Mark.bar(8)) \(name)", role)
        }
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
                series(.series1) { Double($0.reads) }, series(.series2) { Double($0.writes) },
            ], time: time)
    }

    var latency: LineChart {
        var chart = LineChart(
            [
                series(.series1) { $0.readLatency.map { Double($0.p50.count) } },
                series(.series2) { $0.readLatency.map { Double($0.p95.count) } },
                series(.series3) { $0.writeLatency.map { Double($0.p95.count) } },
            ], axis: .microseconds, time: time)
        chart.gaps = detail.gaps.map { gap in
            let start = part(gap.start)
            return start...max(start, part(gap.end ?? detail.window.end))
        }
        return chart
    }

    var units: BarChart {
        BarChart([series(.series1) { $0.readUnits }, series(.series2) { $0.writeUnits }], time: time)
    }

    /// What a bar stands for: `requests a 15 s`.
    var bucketText: String {
        guard !detail.buckets.isEmpty else { return "" }
        return "per \(Microseconds(detail.window.length.count / Int64(detail.buckets.count)).text)"
    }
}
