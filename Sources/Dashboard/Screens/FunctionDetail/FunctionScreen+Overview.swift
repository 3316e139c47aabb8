import Telemetry
import TelemetryStore
import Terminal

extension FunctionScreen {
    /// - Returns: where the charts are.
    @discardableResult
    func drawOverview(_ detail: FunctionDetail, on canvas: inout Canvas) -> [ChartMap] {
        let facts = facts(detail) + sources.map { sourceFact($0, until: detail.window.end) }
        let rows = min(facts.flow(columns: body.columns - 4).count, 4 + min(sources.count, 3)) + 2
        let parts = body.splitRows(.fixed(rows), .share(3, atLeast: 7), .share(2))
        canvas.draw(facts, in: canvas.pane(parts[0], title: name))
        let charts = FunctionCharts(detail)
        let legend = FunctionCharts.latencyLegend(canvas)
        let isWide = body.columns >= 100
        let top = isWide ? parts[1].splitColumns(.share(3), .share(2)) : [parts[1]]
        var maps = [charts.latency.draw(on: &canvas, in: canvas.pane(top[0], title: "latency", note: legend))]
        if isWide {
            let inside = canvas.pane(top[1], title: "latency heatmap", note: [Run("count per cell", .dim)])
            maps.append(charts.heatmap.draw(on: &canvas, in: inside))
        }
        guard parts[2].rows >= 5 else { return maps }
        let low = lowPanes(parts[2], isWide: isWide, hasMetrics: !detail.metrics.isEmpty)
        let bars = canvas.pane(low[0], title: "invocations", note: FunctionCharts.barLegend(canvas))
        maps.append(charts.bars.draw(on: &canvas, in: bars))
        if !detail.metrics.isEmpty { drawMetrics(detail.metrics, on: &canvas, in: low[low.count - 1]) }
        guard isWide else { return maps }
        maps.append(charts.concurrency.draw(on: &canvas, in: canvas.pane(low[1], title: "concurrency")))
        let limit = "limit \(detail.summary.function.memoryMiB) MiB"
        let memory = canvas.pane(low[2], title: "memory used", note: [Run(limit, .dim)])
        maps.append(charts.memory.draw(on: &canvas, in: memory))
        return maps
    }

    private func lowPanes(_ rect: Rect, isWide: Bool, hasMetrics: Bool) -> [Rect] {
        guard isWide else { return hasMetrics ? rect.splitColumns(.share(), .share()) : [rect] }
        return hasMetrics
            ? rect.splitColumns(.share(), .share(), .share(), .share(2))
            : rect.splitColumns(.share(), .share(), .share())
    }

    /// What the function measures itself, in its log.
    private func drawMetrics(_ metrics: [MetricRow], on canvas: inout Canvas, in rect: Rect) {
        let inside = canvas.pane(rect, title: "own metrics", note: [Run("average", .dim)])
        let shown = metrics.prefix(inside.rows)
        for (row, metric) in shown.enumerated() {
            let line = inside.line(row)
            let value = MetricText.value(metric.average, unit: metric.unit)
            let name = Text.cut(metric.key.name, to: max(line.columns - Text.width(value) - 3, 1))
            canvas.draw(
                name, at: Point(column: line.column + 1, row: line.row), style: Style(.text), limit: line.columns)
            canvas.draw(
                [Run(value, .strong)], endingAt: Point(column: line.endColumn - 1, row: line.row), limit: line.columns)
            let start = line.column + Text.width(name) + 3
            let room = line.endColumn - Text.width(value) - 3 - start
            guard room >= 6 else { continue }
            Sparkline(metric.series, resampling: .max).draw(
                on: &canvas, in: Rect(column: start, row: line.row, columns: room, rows: 1))
        }
    }

    private func facts(_ detail: FunctionDetail) -> [InvocationFact] {
        let summary = detail.summary
        let isFailing = summary.errors > 0
        var facts = [
            InvocationFact(name: "invocations", value: Format.count(summary.invocations)),
            InvocationFact(
                name: "errors", value: isFailing ? "\(summary.errors) (\(Format.percent(summary.errorRate)))" : "·",
                isNotable: isFailing),
            InvocationFact(
                name: "throttles", value: summary.throttles > 0 ? Format.count(summary.throttles) : "·",
                isNotable: summary.throttles > 0),
            InvocationFact(name: "p95", value: summary.latency?.p95.text ?? Format.none),
            InvocationFact(name: "cold", value: Format.percent(summary.coldRate)),
            InvocationFact(name: "init", value: initText(detail)),
            InvocationFact(
                name: "environments", value: "\(summary.busyEnvironments) busy of \(summary.environments)"),
            InvocationFact(name: "cost", value: cost(detail)),
        ]
        let triggers = summary.function.triggers
        if !triggers.isEmpty { facts.append(InvocationFact(name: "triggers", value: triggers.joined(separator: ", "))) }
        facts += summary.function.warnings.map { InvocationFact(name: "note", value: $0, isNotable: true) }
        return facts
    }

    /// State, last result and place of what feeds it; `w` tells the rest.
    private func sourceFact(_ story: EventSourceStory, until now: Timestamp) -> InvocationFact {
        var parts = ["\(story.look.mark) \(story.sourceName) \(story.state)"]
        if let last = story.lastResult {
            parts.append("last \(last.change.step.look.word), \(IncidentText.records(last.change.records))")
        }
        let lost = story.discardedRecords
        if lost > 0 { parts.append("\(IncidentText.records(lost)) given up") }
        if let time = story.positionTime {
            let age = Format.age(microseconds: max(now - time, .zero).count)
            parts.append("at \(IncidentText.tail(story.position)), \(age)")
        }
        return InvocationFact(
            name: "w fed by", value: parts.joined(separator: " · "),
            isNotable: lost > 0 || story.openIncident != nil || story.state != "Enabled")
    }

    /// The median, and of the latest environment how much of it was the runtime's start.
    private func initText(_ detail: FunctionDetail) -> String {
        guard let median = detail.summary.initLatency?.p50 else { return Format.none }
        let latest = detail.environments.max { $0.started < $1.started }?.change
        guard let start = latest?.runtimeStart, let whole = latest?.initDuration else { return median.text }
        return "\(median.text) (last: runtime \(start.text) + code \(max(whole - start, .zero).text))"
    }

    /// $0.0000166667 a GB-second and $0.20 a million requests: x86 in us-east-1, without the free tier.
    private func cost(_ detail: FunctionDetail) -> String {
        let billed = detail.latest.compactMap(\.end).filter { $0.status != .throttled }
        guard !billed.isEmpty else { return Format.none }
        let mean = billed.reduce(0.0) { $0 + Double($1.billedMilliseconds) } / Double(billed.count)
        let gigabyteSeconds = mean / 1000 * Double(detail.summary.function.memoryMiB) / 1024
        let dollars = gigabyteSeconds * 0.000_016_666_7 * 1_000_000 + 0.20
        return "$\(Format.decimal(dollars, places: 2)) per 1M calls (us-east-1 x86, mean of the latest \(billed.count))"
    }
}
