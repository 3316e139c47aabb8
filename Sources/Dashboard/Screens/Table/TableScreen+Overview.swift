import Telemetry
import TelemetryStore
import Terminal

extension TableScreen {
    /// - Returns: where the charts are.
    @discardableResult
    func drawOverview(_ detail: TableDetail, on canvas: inout Canvas) -> [ChartMap] {
        let facts = facts(detail)
        let rows = min(facts.flow(columns: body.columns - 4).count, 3) + 2
        let parts = body.splitRows(.fixed(rows), .share(3, atLeast: 7), .share(2, atLeast: 6))
        canvas.draw(facts, in: canvas.pane(parts[0], title: name))
        let charts = TableCharts(detail)
        let isWide = body.columns >= 100
        let top = isWide ? parts[1].splitColumns(.share(), .share()) : [parts[1]]
        let latency = canvas.pane(top[0], title: "latency", note: TableCharts.latencyLegend(canvas))
        var maps = [charts.latency.draw(on: &canvas, in: latency)]
        if isWide {
            let inside = canvas.pane(
                top[1], title: "requests \(charts.bucketText)", note: TableCharts.requestLegend(canvas))
            maps.append(charts.requests.draw(on: &canvas, in: inside))
        }
        guard parts[2].rows >= 4 else { return maps }
        let low = isWide ? parts[2].splitColumns(.share(5), .share(3)) : [parts[2]]
        drawOperations(detail, on: &canvas, in: canvas.pane(low[0], title: "operations"))
        if isWide { drawHotKeys(detail.summary.hotKeys, on: &canvas, in: low[1]) }
        return maps
    }

    private func facts(_ detail: TableDetail) -> [InvocationFact] {
        let summary = detail.summary
        let table = summary.table
        var facts: [InvocationFact] = []
        if summary.isDescribed {
            facts += [
                InvocationFact(name: "status", value: table.status, isNotable: table.status != "ACTIVE"),
                InvocationFact(name: "items", value: Format.count(table.items)),
                InvocationFact(name: "size", value: Format.bytes(table.bytes)),
            ]
        }
        facts += [
            InvocationFact(name: "reads", value: Format.count(summary.reads)),
            InvocationFact(name: "writes", value: Format.count(summary.writes)),
            InvocationFact(name: "read units", value: MetricText.value(summary.readUnits)),
            InvocationFact(name: "write units", value: MetricText.value(summary.writeUnits)),
            count("throttles", summary.throttles), count("errors", summary.errors),
            count("failed conditions", summary.conditionalFailures),
            InvocationFact(name: "p95", value: summary.latency?.p95.text ?? Format.none),
        ]
        return facts
    }

    private func count(_ name: String, _ count: Int) -> InvocationFact {
        InvocationFact(name: name, value: count > 0 ? Format.count(count) : Format.none, isNotable: count > 0)
    }

    private func drawOperations(_ detail: TableDetail, on canvas: inout Canvas, in rect: Rect) {
        let columns = [
            TableColumn("OPERATION", minimum: 12, ideal: 20, isFlexible: true),
            TableColumn("INDEX", minimum: 6, ideal: 16, dropOrder: 4), TableColumn("CALLS", .right, minimum: 6),
            TableColumn("ITEMS", .right, minimum: 6, dropOrder: 3),
            TableColumn("UNITS", .right, minimum: 6, dropOrder: 5), TableColumn("P50", .right, minimum: 7),
            TableColumn("P95", .right, minimum: 7), TableColumn("P99", .right, minimum: 7, dropOrder: 2),
            TableColumn("MAX", .right, minimum: 7, dropOrder: 6), TableColumn("COND", .right, minimum: 4, dropOrder: 7),
            TableColumn("THROT", .right, minimum: 5, dropOrder: 1), TableColumn("ERR", .right, minimum: 4),
        ]
        var table = Table(columns, rowCount: detail.operations.count)
        table.showsSelection = false
        table.emptyText = "nothing was done with it in this window"
        table.draw(on: &canvas, in: rect) { row, column in
            let operation = detail.operations[row]
            switch column {
            case 0: return .text(operation.name, .strong)
            case 1: return operation.index.map { .text($0) } ?? .none
            case 2: return .text(Format.count(operation.calls))
            case 3: return .failures(operation.items, .dim)
            case 4: return .units(operation.readUnits + operation.writeUnits)
            case 5: return .duration(operation.latency?.p50)
            case 6: return .duration(operation.latency?.p95)
            case 7: return .duration(operation.latency?.p99)
            case 8: return .duration(operation.latency?.max)
            case 9: return .failures(operation.conditionalFailures, .info)
            case 10: return .failures(operation.throttles, .warn)
            default: return .failures(operation.errors, .error)
            }
        }
    }

    /// As wide for every key.
    private func share(_ key: HotKeys.Key, of hot: HotKeys) -> String {
        let text = Format.percent(hot.share(key))
        return String(repeating: " ", count: max(7 - Text.width(text), 0)) + text
    }

    private func drawHotKeys(_ hot: HotKeys, on canvas: inout Canvas, in rect: Rect) {
        let note = hot.minutes > 0 ? "\(Format.count(hot.calls)) calls in \(hot.minutes) min" : ""
        let inside = canvas.pane(rect, title: "hottest keys", note: [Run(note, .dim)])
        guard hot.calls > 0 else { return canvas.drawNote(["no call named a partition key"], in: inside) }
        guard !hot.keys.isEmpty else { return canvas.drawNote(["no key stands out: all are alike"], in: inside) }
        let rows = hot.keys.map { key in
            Histogram.Row(
                key.key, key.least, role: .series4,
                text: "\(key.error > 0 ? "≥ " : "")\(Format.count(key.least)) \(share(key, of: hot))")
        }
        Histogram(rows).draw(on: &canvas, in: inside)
    }
}
