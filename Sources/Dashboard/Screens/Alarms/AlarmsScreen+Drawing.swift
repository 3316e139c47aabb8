import JSON
import Telemetry
import TelemetryStore
package import Terminal

extension AlarmsScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawAlarms(on: &canvas, context)
        drawMetrics(on: &canvas, context)
        drawChart(on: &canvas, context)
    }

    private func title(_ name: String, _ pane: AlarmsPane) -> String {
        focus == pane ? name + filter.note : name
    }

    private var note: [Run] {
        guard let rows else { return [] }
        let states = AlarmDescription.State.allCases.sorted { $0.rank < $1.rank }
        let counts = states.map { state in (state, rows.count { $0.state == state }) }.filter { $0.1 > 0 }
        return counts.enumerated().map { place, counted in
            let (state, count) = counted
            return Run("\(place > 0 ? "  " : "")\(state.mark) \(count) \(state.word)", state.role)
        }
    }

    private static let columns = [
        TableColumn("", minimum: 1), TableColumn("ALARM", minimum: 20, ideal: 28, isFlexible: true),
        TableColumn("CONDITION", minimum: 24, ideal: 56, dropOrder: 2, isFlexible: true),
        TableColumn("VALUE", .right, minimum: 8), TableColumn("THRESHOLD", .right, minimum: 9),
        TableColumn("OVER TIME", minimum: 9, ideal: 20, dropOrder: 1), TableColumn("SINCE", .right, minimum: 10),
        TableColumn("LAST CHANGE", minimum: 18, dropOrder: 3),
    ]

    var alarmTable: Table {
        Table(Self.columns, rowCount: alarms.rows.count, cursor: alarms.cursor, isFocused: focus == .alarms)
    }

    private func drawAlarms(on canvas: inout Canvas, _ context: ScreenContext) {
        guard !layout.tableFrame.isEmpty else { return }
        canvas.pane(layout.tableFrame, title: title("Alarms", .alarms), note: note, isFocused: focus == .alarms)
        let shown = alarms.rows
        guard let rows else { return canvas.drawNote(["waiting for the alarms"], in: layout.table) }
        guard !shown.isEmpty else {
            return canvas.drawNote(
                rows.isEmpty
                    ? [
                        "no alarm yet",
                        "aws cloudwatch put-metric-alarm --alarm-name errors --namespace AWS/Lambda --metric-name Errors \\",
                        "  --statistic Sum --period 60 --evaluation-periods 1 --threshold 0 \\",
                        "  --comparison-operator GreaterThanThreshold",
                    ] : ["no alarm is like that", "F clears the filter"], in: layout.table)
        }
        alarmTable.draw(on: &canvas, in: layout.table) { row, column in
            Self.cell(shown[row], column, context)
        }
    }

    private static func cell(_ row: AlarmRow, _ column: Int, _ context: ScreenContext) -> TableCell {
        let alarm = row.record.alarm
        switch column {
        case 0: return .text(alarm.state.mark, alarm.state.role)
        case 1: return .text(alarm.name, alarm.state == .alarm ? .strong : .text)
        case 2: return .text(alarm.condition, .dim)
        case 3:
            if !row.plan.children.isEmpty { return .text("\(row.plan.children.count) alarms", .dim) }
            return .text(MetricText.value(row.latest, unit: row.unit), alarm.state == .alarm ? .error : .text)
        case 4: return .text(MetricText.value(row.plan.threshold, unit: row.unit), .dim)
        case 5:
            return .drawn { canvas, rect in
                guard let threshold = row.plan.threshold else { return }
                let values = row.values(in: context.window, parts: max(rect.columns, 1))
                // What reaches the threshold is drawn in the colour of errors.
                let over = values.map { value in value.map { row.isOver($0) ? 1.0 : 0 } }
                Sparkline(
                    values, errors: over, resampling: .max,
                    maximum: max(threshold, values.compactMap { $0 }.max() ?? 0), role: .accent
                ).draw(on: &canvas, in: rect)
            }
        case 6: return .text(Format.age(microseconds: max(context.now - alarm.since, .zero).count), .dim)
        default: return .text(row.lastChange, .dim)
        }
    }

    private static let metricColumns = [
        TableColumn("NAMESPACE", minimum: 10, ideal: 16),
        TableColumn("METRIC", minimum: 12, ideal: 22, isFlexible: true),
        TableColumn("DIMENSIONS", minimum: 12, ideal: 28, dropOrder: 1, isFlexible: true),
        TableColumn("COUNT", .right, minimum: 7), TableColumn("AVERAGE", .right, minimum: 9),
        TableColumn("P95", .right, minimum: 9, dropOrder: 3), TableColumn("MAX", .right, minimum: 9, dropOrder: 4),
        TableColumn("OVER TIME", minimum: 9, ideal: 24, dropOrder: 2),
    ]

    var metricTable: Table {
        Table(Self.metricColumns, rowCount: metrics.rows.count, cursor: metrics.cursor, isFocused: focus == .metrics)
    }

    private func drawMetrics(on canvas: inout Canvas, _ context: ScreenContext) {
        guard !layout.metricsFrame.isEmpty else { return }
        let count = metrics.rows.count
        let most = count >= Self.mostMetrics ? "the first " : ""
        canvas.pane(
            layout.metricsFrame, title: title("Custom metrics", .metrics), note: [Run("\(most)\(count)", .dim)],
            isFocused: focus == .metrics)
        guard let metrics = metricRows else { return canvas.drawNote(["waiting for the metrics"], in: layout.metrics) }
        guard !metrics.isEmpty else {
            return canvas.drawNote(
                filter.isEmpty
                    ? [
                        "no metric of the application's own",
                        "a function that logs the embedded metric format has some",
                    ]
                    : ["no metric is like that"], in: layout.metrics)
        }
        metricTable.draw(on: &canvas, in: layout.metrics) { row, column in Self.cell(metrics[row], column) }
    }

    /// Of the alarm or the metric that is selected.
    @discardableResult
    func drawChart(on canvas: inout Canvas, _ context: ScreenContext) -> [ChartMap] {
        guard layout.chartFrame.rows >= 3 else { return [] }
        if focus == .alarms, let selected {
            guard selected.plan.children.isEmpty else {
                let inside = canvas.pane(layout.chartFrame, title: selected.name)
                canvas.drawNote(
                    ["its rule is about \(selected.plan.children.count) alarms: Enter shows them"], in: inside)
                return []
            }
            return [AlarmChart(selected, in: context.window).draw(on: &canvas, in: layout.chartFrame)]
        }
        guard let metric = selectedMetric else {
            canvas.drawNote(["nothing is selected"], in: canvas.pane(layout.chartFrame, title: "metric"))
            return []
        }
        let title = [Run("\(metric.key.name)", .title, .bold), Run("  \(MetricText.dimensions(metric.key))", .dim)]
        let inside = canvas.pane(
            layout.chartFrame, title: title, note: [Run("average\(Self.part(metric, context.window))", .series1)])
        let chart = LineChart(
            [LineChart.Series(metric.series, role: .series1)], axis: MetricText.axis(metric.unit),
            time: TimeAxis(start: context.window.start.microseconds, end: context.window.end.microseconds))
        return [chart.draw(on: &canvas, in: inside)]
    }

    /// ` per 15 s`: what a point of the line stands for.
    private static func part(_ metric: MetricRow, _ window: TimeWindow) -> String {
        guard !metric.series.isEmpty else { return "" }
        return " per \(Format.period(microseconds: window.length.count / Int64(metric.series.count)))"
    }

    private static func cell(_ row: MetricRow, _ column: Int) -> TableCell {
        switch column {
        case 0: return .text(row.key.namespace, .dim)
        case 1: return .text(row.key.name)
        case 2: return .text(MetricText.dimensions(row.key), .dim)
        case 3: return .text(row.count > 0 ? MetricText.value(row.count) : Format.none)
        case 4: return .text(MetricText.value(row.average, unit: row.unit))
        case 5: return .text(MetricText.value(row.p95, unit: row.unit))
        case 6: return .text(MetricText.value(row.maximum, unit: row.unit), .dim)
        default:
            return .drawn { canvas, rect in
                Sparkline(row.series, resampling: .max, role: .accent).draw(on: &canvas, in: rect)
            }
        }
    }
}

extension AlarmRow {
    /// The unit of the one metric that it looks at.
    var unit: String? {
        if let unit = plan.unit { return unit }
        return plan.queries.count == 1 ? plan.metric.flatMap(Self.usualUnit) : nil
    }

    /// Of the metrics of services that everybody watches.
    private static func usualUnit(_ key: MetricKey) -> String? {
        guard key.namespace.hasPrefix("AWS/") else { return nil }
        let timed = ["Duration", "Latency", "IntegrationLatency", "ExecutionTime", "SuccessfulRequestLatency"]
        return timed.contains(key.name) ? "Milliseconds" : nil
    }

    /// Whether a value is on the wrong side of the threshold.
    func isOver(_ value: Double) -> Bool {
        guard let threshold = plan.threshold else { return false }
        switch record.alarm.configuration["ComparisonOperator"]?.string {
        case "GreaterThanThreshold": return value > threshold
        case "LessThanThreshold": return value < threshold
        case "LessThanOrEqualToThreshold": return value <= threshold
        default: return value >= threshold
        }
    }
}
