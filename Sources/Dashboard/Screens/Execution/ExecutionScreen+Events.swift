import JSON
import Telemetry
import TelemetryStore
import Terminal

extension ExecutionScreen {
    /// The moment is the row under the cursor.
    var eventsTable: Table {
        let columns = [
            TableColumn("ID", .right, minimum: 5), TableColumn("AFTER", .right, minimum: 8),
            TableColumn("TYPE", minimum: 20, ideal: 24), TableColumn("STATE", minimum: 10, ideal: 18, dropOrder: 1),
            TableColumn("WHAT", minimum: 10, ideal: 20, isFlexible: true),
        ]
        let count = detail?.events.count ?? 0
        let index = min((moment ?? count) - 1, count - 1)
        var table = Table(
            columns, rowCount: count,
            cursor: ListCursor(index: max(index, 0), first: max(index - layout.main.rows / 2, 0)),
            isFocused: focus == .main)
        table.emptyText = "no event yet"
        return table
    }

    func drawEvents(_ detail: ExecutionDetail, on canvas: inout Canvas) {
        let shown = moment ?? detail.events.count
        eventsTable.draw(on: &canvas, in: layout.main) { row, column in
            cell(detail.events[row], column, detail, isLater: row >= shown)
        }
    }

    private func cell(_ event: HistoryEvent, _ column: Int, _ detail: ExecutionDetail, isLater: Bool) -> TableCell {
        func role(_ role: Role) -> Role { isLater ? .dim : role }
        switch column {
        case 0: return .text("\(event.id)", .dim)
        case 1: return .text(max(event.time - detail.startTime, .zero).text, .dim)
        case 2:
            return .text(event.type, role(event.isFailure ? .error : event.type.hasSuffix("Succeeded") ? .ok : .text))
        case 3:
            let state = detail.progress.visit(ofEvent: event.id).map { detail.progress.visits[$0].name }
            return .text(state ?? "", role(.accent))
        default: return .text(event.what, role(event.isFailure ? .error : .dim))
        }
    }
}

extension HistoryEvent {
    var isFailure: Bool {
        type.hasSuffix("Failed") || type.hasSuffix("TimedOut") || type.hasSuffix("Aborted")
    }

    /// In a few words what the event says.
    var what: String {
        if let error { return error + (cause.map { ": \($0.prefix(200))" } ?? "") }
        if let index = number("index") { return "#\(index + 1)" }
        if let length = number("length") { return "\(length) items" }
        let resource = [text("resourceType"), text("resource")].compactMap { $0 }.joined(separator: ":")
        let payload = (output ?? text("parameters") ?? input).map(Self.short) ?? ""
        return [resource, payload].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// One line, with secrets masked.
    private static func short(_ text: String) -> String {
        guard text.utf8.count < 4096, let json = try? JSON(parsing: text) else { return String(text.prefix(200)) }
        return String(Secrets.masked(json).text.prefix(200))
    }
}
