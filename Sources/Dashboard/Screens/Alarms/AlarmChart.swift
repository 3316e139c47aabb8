import Telemetry
import TelemetryStore
import Terminal

/// What an alarm watches, with its threshold and when it fired.
struct AlarmChart {
    let row: AlarmRow
    let window: TimeWindow

    init(_ row: AlarmRow, in window: TimeWindow) { (self.row, self.window) = (row, window) }

    private var title: [Run] {
        let name = row.series?.label ?? row.plan.metric?.name ?? "metric"
        let about = row.plan.metric.map(MetricText.dimensions) ?? ""
        return [Run(name, .title, .bold), Run(about.isEmpty ? "" : "  \(about)", .dim)]
    }

    private var note: [Run] {
        let period = Format.period(microseconds: Int64(row.plan.period) * 1_000_000)
        let threshold = row.plan.threshold.map { " threshold \(MetricText.value($0, unit: row.unit))" } ?? ""
        return [Run("every \(period) ", .dim), Run("─\(threshold)", .error)]
    }

    @discardableResult
    func draw(on canvas: inout Canvas, in rect: Rect) -> ChartMap {
        let inside = canvas.pane(rect, title: title, note: note)
        let parts = max(inside.columns * 2, 1)
        let values = row.values(in: window, parts: parts)
        var lines: [LineChart.Series] = []
        var axis = MetricText.axis(row.unit)
        if let threshold = row.plan.threshold {
            lines.append(LineChart.Series(Array(repeating: max(threshold, 0), count: parts), role: .error))
            // There is something to see above the threshold.
            axis.leastMaximum = max(axis.leastMaximum, threshold * 1.3)
        }
        lines.append(LineChart.Series(values, role: .series1))
        var chart = LineChart(
            lines, axis: axis, time: TimeAxis(start: window.start.microseconds, end: window.end.microseconds))
        let length = Double(max(window.length.count, 1))
        chart.marks = row.record.changes.filter { $0.to == .alarm }.map {
            Double(($0.time - window.start).count) / length
        }
        chart.markRole = .error
        return chart.draw(on: &canvas, in: inside)
    }
}
