import JSON
import Telemetry
import TelemetryStore
package import Terminal

extension AlarmScreen {
    var layout: (facts: Rect, chart: Rect, history: Rect, configuration: Rect) {
        let rows = min((row.map { facts($0, nil).flow(columns: place.columns - 4).count } ?? 1) + 1, 4) + 2
        let parts = place.splitRows(.fixed(rows), .share(3, atLeast: 8), .share(2, atLeast: 5))
        guard place.columns >= 100 else {
            let nothing = Rect(column: place.column, row: place.endRow, columns: 0, rows: 0)
            return focus == .configuration
                ? (parts[0], parts[1], nothing, parts[2]) : (parts[0], parts[1], parts[2], nothing)
        }
        let low = parts[2].splitColumns(.share(), .share())
        return (parts[0], parts[1], low[0], low[1])
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard let row else {
            return canvas.drawNote(
                isUnknown ? ["there is no alarm \(name)", "Esc goes back"] : ["waiting for \(name)"], in: rect)
        }
        let places = layout
        let alarm = row.record.alarm
        let head = canvas.pane(
            places.facts, title: [Run("\(alarm.state.mark) \(name)", alarm.state.role, .bold)],
            note: [Run(alarm.state.word, alarm.state.role)])
        canvas.draw(facts(row, context), in: head)
        let last = Point(column: head.column + 1, row: head.endRow - 1)
        if head.rows > 1 { canvas.draw(alarm.reason, at: last, style: Style(.dim), limit: max(head.columns - 2, 0)) }
        if isComposite {
            drawChildren(on: &canvas, in: places.chart, context)
        } else {
            AlarmChart(row, in: context.window).draw(on: &canvas, in: places.chart)
        }
        drawHistory(on: &canvas, in: places.history)
        drawConfiguration(on: &canvas, in: places.configuration)
    }

    private func facts(_ row: AlarmRow, _ context: ScreenContext?) -> [InvocationFact] {
        let alarm = row.record.alarm
        let age = context.map { Format.age(microseconds: max($0.now - alarm.since, .zero).count) } ?? "00 min ago"
        var facts = [
            InvocationFact(name: "since", value: "\(alarm.since.shortClockText) (\(age))"),
            InvocationFact(name: "condition", value: alarm.condition),
        ]
        if !isComposite {
            facts.append(
                InvocationFact(
                    name: "now", value: MetricText.value(row.latest, unit: row.unit),
                    isNotable: row.latest.map(row.isOver) ?? false))
        }
        let configuration = alarm.configuration
        if configuration["ActionsEnabled"]?.bool == false {
            facts.append(InvocationFact(name: "actions", value: "disabled", isNotable: true))
        } else {
            let actions = ["AlarmActions", "OKActions", "InsufficientDataActions"].flatMap {
                (configuration[$0]?.array ?? []).compactMap(\.string)
            }
            let names = actions.map { $0.split(separator: ":").last.map(String.init) ?? $0 }
            if !names.isEmpty { facts.append(InvocationFact(name: "actions", value: names.joined(separator: ", "))) }
        }
        if let key = row.plan.metric, !key.dimensions.isEmpty {
            facts.append(InvocationFact(name: "of", value: MetricText.dimensions(key)))
        }
        return facts
    }

    var childTable: Table {
        Table(
            [
                TableColumn("", minimum: 1), TableColumn("ALARM", minimum: 14, ideal: 28, isFlexible: true),
                TableColumn("CONDITION", minimum: 12, ideal: 40, dropOrder: 1, isFlexible: true),
                TableColumn("SINCE", .right, minimum: 10),
            ], rowCount: children.count, cursor: childCursor, isFocused: focus == .children)
    }

    private func drawChildren(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let inside = canvas.pane(rect, title: "alarms of the rule", isFocused: focus == .children)
        childTable.draw(on: &canvas, in: inside) { row, column in
            let alarm = children[row].record.alarm
            switch column {
            case 0: return .text(alarm.state.mark, alarm.state.role)
            case 1: return .text(alarm.name)
            case 2: return .text(alarm.condition, .dim)
            default: return .text(Format.age(microseconds: max(context.now - alarm.since, .zero).count), .dim)
            }
        }
    }

    private func drawHistory(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let note = [Run(changes.isEmpty ? "" : "\(changes.count)", .dim)]
        let inside = canvas.pane(rect, title: "history", note: note, isFocused: focus == .history)
        var table = Table(
            [
                TableColumn("TIME", minimum: 8), TableColumn("CHANGE", minimum: 20),
                TableColumn("REASON", minimum: 12, dropOrder: 1, isFlexible: true),
            ], rowCount: changes.count, cursor: history, isFocused: focus == .history)
        table.emptyText = "no change of state since it was made or seen first"
        table.draw(on: &canvas, in: drawReason(on: &canvas, in: inside)) { row, column in
            let change = changes[row]
            switch column {
            case 0: return .text(change.time.shortClockText, .dim)
            case 1:
                return .text(
                    [Run("\(change.from.word) → ", .dim), Run("\(change.to.mark) \(change.to.word)", change.to.role)]
                        .styled)
            default: return .text(change.reason, .dim)
            }
        }
    }

    /// The whole reason of the selected change, in the last rows, where there is room for it.
    ///
    /// - Returns: what is left for the changes.
    private func drawReason(on canvas: inout Canvas, in rect: Rect) -> Rect {
        guard changes.indices.contains(history.index), rect.columns > 4 else { return rect }
        let rows = [Run(changes[history.index].reason, .text)].wrapped(to: rect.columns - 2, limit: 4, atWords: true)
            .rows
        guard rows.count > 1 || Text.width(changes[history.index].reason) > rect.columns - 36,
            rect.rows >= rows.count + 5
        else { return rect }
        let first = rect.endRow - rows.count
        for (place, runs) in rows.enumerated() {
            canvas.draw(runs, at: Point(column: rect.column + 1, row: first + place), limit: rect.columns - 2)
        }
        return Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: rect.rows - rows.count - 1)
    }

    private func drawConfiguration(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let inside = canvas.pane(rect, title: "configuration", isFocused: focus == .configuration)
        tree?.draw(on: &canvas, in: inside)
    }
}
