import Telemetry
import TelemetryStore
import Terminal

/// A span that is being chosen in a chart.
struct ChartDrag: Hashable, Sendable {
    let chart: ChartMap
    let start: Int
    var end: Int

    init(_ chart: ChartMap, at point: Point) {
        self.chart = chart
        start = point.column
        end = point.column
    }

    /// Beyond the plot's edges it stays at the edge.
    mutating func move(to point: Point) {
        end = min(max(point.column, chart.plot.column), chart.plot.endColumn - 1)
    }

    var rect: Rect {
        let first = min(start, end)
        return Rect(column: first, row: chart.plot.row, columns: max(start, end) - first + 1, rows: chart.plot.rows)
    }

    /// - Returns: `nil` for a click, which chooses nothing.
    func span(of window: TimeWindow) -> TimeWindow? {
        guard start != end else { return nil }
        let columns = Double(chart.plot.columns)
        func time(_ column: Int) -> Timestamp {
            window.start
                + Microseconds(Int64(Double(window.length.count) * Double(column - chart.plot.column) / columns))
        }
        return TimeWindow(start: time(rect.column), end: time(rect.endColumn))
    }
}

extension TimeWindow {
    func moved(by span: Microseconds) -> TimeWindow { TimeWindow(start: start + span, end: end + span) }
}

extension DashboardState {
    /// - Returns: whether the event belongs to a drag over a chart.
    mutating func dragChart(_ event: MouseEvent) -> Bool {
        switch event.action {
        case .press:
            let chart = stack.last?.charts(context).first { $0.plot.contains(event.point) }
            chartDrag = chart.map { ChartDrag($0, at: event.point) }
            return chartDrag != nil
        case .drag:
            chartDrag?.move(to: event.point)
            return chartDrag != nil
        case .release:
            guard let drag = chartDrag else { return false }
            chartDrag = nil
            if let span = drag.span(of: window) { show(span) }
            return true
        default: return false
        }
    }

    /// Looks at that span until the person goes back to live.
    mutating func show(_ span: TimeWindow) {
        guard span.start < now else { return }
        (range, pausedAt) = (span, min(span.end, now))
        note("\(spanText(span)): L goes back to live")
    }

    func spanText(_ span: TimeWindow) -> String {
        "\(Format.time(microseconds: span.start.microseconds)) to \(Format.time(microseconds: span.end.microseconds))"
    }
}
