import Telemetry
import TelemetryStore
import Terminal

extension LogLineScreen {
    func draw(on canvas: inout Canvas, in rect: Rect) {
        guard let line else { return drawWaiting(on: &canvas, in: rect) }
        drawHead(line, on: &canvas)
        drawMessage(line, on: &canvas)
        drawAround(on: &canvas)
    }

    private func drawWaiting(on canvas: inout Canvas, in rect: Rect) {
        let lines =
            isGone
            ? ["this line has left the log", "older lines go when the log reaches its cap", "Esc goes back"]
            : ["waiting for the line"]
        canvas.drawNote(lines, in: rect)
    }

    private func drawHead(_ line: LogLine, on canvas: inout Canvas) {
        let place = layout.head
        let level = line.level == .none ? "" : line.level.name.uppercased() + "  "
        let title = [
            Run(level, LogInk.role(of: line.level), .bold), Run(line.function ?? line.group, .strong, .bold),
            Run("  \(line.requestID?.short ?? "no invocation")", .accent),
        ]
        guard place.rows >= 3 else {
            canvas.draw(title, at: place.origin, limit: place.columns)
            return
        }
        let inner = canvas.pane(place, title: title, note: [Run(line.time.clockText, .dim)])
        canvas.draw(facts(line), in: inner)
    }

    private func facts(_ line: LogLine) -> [InvocationFact] {
        var facts = [
            InvocationFact(name: "stream", value: line.stream), InvocationFact(name: "group", value: line.group),
            InvocationFact(name: "size", value: Format.bytes(line.message.count)),
        ]
        if let id = line.requestID { facts.append(InvocationFact(name: "request", value: id.description)) }
        return facts
    }

    private func drawMessage(_ line: LogLine, on canvas: inout Canvas) {
        let frame = layout.messageFrame
        let place = layout.message
        if frame != place {
            let title = tree == nil ? "message" : "message, JSON"
            canvas.pane(frame, title: title, isFocused: focus == .message)
        }
        if let tree { return tree.draw(on: &canvas, in: place, isFocused: focus == .message) }
        for (row, index) in text.visible(count: rows.count, height: place.rows).enumerated() {
            let point = Point(column: place.column + 1, row: place.row + row)
            canvas.draw(rows[index], at: point, limit: place.columns - 1)
        }
    }

    private func drawAround(on canvas: inout Canvas) {
        guard layout.aroundFrame.rows > 0 else { return }
        let title = isOwnOnly ? "around it, this invocation only" : "around it"
        canvas.pane(layout.aroundFrame, title: title, isFocused: focus == .around)
        canvas.draw(around, in: layout.around, isFocused: focus == .around)
    }
}
