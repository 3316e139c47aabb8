import Telemetry
import TelemetryStore
package import Terminal

extension FunctionScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawTabs(on: &canvas)
        guard let detail else {
            let lines = isUnknown ? ["no function \(name) was seen", "Esc goes back"] : ["waiting for \(name)"]
            return canvas.drawNote(lines, in: body)
        }
        switch tab {
        case .overview, .logs: drawOverview(detail, on: &canvas)
        case .invocations: drawInvocations(on: &canvas, context)
        case .environments: drawEnvironments(detail, on: &canvas, now: context.now)
        case .configuration: drawConfiguration(detail, on: &canvas)
        }
    }

    @discardableResult
    func drawTabs(on canvas: inout Canvas) -> [Rect] {
        let selected = FunctionTab.allCases.firstIndex(of: tab) ?? 0
        return Tabs(FunctionTab.allCases.map { $0.rawValue.capitalizedFirst }, selected: selected).draw(
            on: &canvas, in: place.line(0))
    }

    private func drawInvocations(on canvas: inout Canvas, _ context: ScreenContext) {
        let title = failuresOnly ? "failed invocations" : coldOnly ? "cold starts" : "invocations"
        let note = records.count >= 1000 ? "the latest 1,000" : "\(records.count) kept"
        let inside = canvas.pane(body, title: title, note: [Run(note, .dim)], isFocused: true)
        let empty = failuresOnly ? "none failed" : coldOnly ? "none started cold" : "not called yet: i calls it"
        InvocationTable(records: records, cursor: cursor, isFocused: true)
            .draw(on: &canvas, in: inside, empty: empty, context)
    }

    private func drawEnvironments(_ detail: FunctionDetail, on canvas: inout Canvas, now: Timestamp) {
        let inside = canvas.pane(body, title: "execution environments", isFocused: true)
        let columns = [
            TableColumn("ENVIRONMENT", minimum: 12, ideal: 28, isFlexible: true),
            TableColumn("PID", .right, minimum: 7),
            TableColumn("STATE", minimum: 9), TableColumn("AGE", .right, minimum: 12, dropOrder: 2),
            TableColumn("INVOCATIONS", .right, minimum: 11), TableColumn("RSS", .right, minimum: 9),
            TableColumn("INIT", .right, minimum: 8, dropOrder: 1), TableColumn("WHY", minimum: 10, dropOrder: 3),
        ]
        var table = Table(columns, rowCount: detail.environments.count, cursor: environments)
        table.emptyText = "none: the next call starts one"
        table.draw(on: &canvas, in: inside) { row, column in
            Self.cell(detail.environments[row], column, now: now)
        }
    }

    private static func cell(_ record: EnvironmentRecord, _ column: Int, now: Timestamp) -> TableCell {
        let change = record.change
        switch column {
        case 0: return .text(change.id, .accent)
        case 1: return .text(change.processID > 0 ? "\(change.processID)" : Format.none)
        case 2:
            let role: Role = change.state == .failed ? .error : change.state == .ended ? .dim : .ok
            return .text(change.state.rawValue, role)
        case 3: return .text(max((record.ended ?? now) - record.started, .zero).text, .dim)
        case 4: return .text(Format.count(record.invocations))
        case 5: return .text(change.residentBytes > 0 ? Format.bytes(Int(change.residentBytes)) : Format.none)
        case 6: return .text(change.initDuration?.text ?? Format.none, .info)
        default: return .text(change.reason ?? "", .dim)
        }
    }

    private func drawConfiguration(_ detail: FunctionDetail, on canvas: inout Canvas) {
        let function = detail.summary.function
        let facts = [
            InvocationFact(name: "runtime", value: function.runtime),
            InvocationFact(name: "handler", value: function.handler),
            InvocationFact(name: "memory", value: "\(function.memoryMiB) MiB"),
            InvocationFact(name: "timeout", value: function.timeout.text),
            InvocationFact(
                name: "reserved concurrency", value: function.reservedConcurrency.map(String.init) ?? Format.none),
            InvocationFact(name: "log group", value: function.logGroup),
        ]
        let parts = body.splitRows(.fixed(facts.flow(columns: body.columns - 4).count + 2), .share())
        canvas.draw(facts, in: canvas.pane(parts[0], title: name))
        let inside = canvas.pane(parts[1], title: "configuration", isFocused: true)
        tree?.draw(on: &canvas, in: inside)
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
