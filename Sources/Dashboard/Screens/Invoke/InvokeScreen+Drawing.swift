import JSON
import Telemetry
import Terminal

extension InvokeScreen {
    func draw(on canvas: inout Canvas, in rect: Rect, now: Timestamp) {
        drawEditor(on: &canvas)
        drawValidity(on: &canvas)
        drawOutcome(on: &canvas, now: now)
    }

    // MARK: Editor

    private func drawEditor(on canvas: inout Canvas) {
        let title = [Run(machine == nil ? "invoke " : "start ", .title, .bold), Run(panel.function, .strong, .bold)]
        if layout.editorFrame.rows >= 3 {
            canvas.pane(layout.editorFrame, title: title, note: [Run(panel.origin, .dim)], isFocused: true)
        }
        canvas.draw(panel.editor, top: top, in: layout.editor)
    }

    private func drawValidity(on canvas: inout Canvas) {
        let place = layout.validity
        guard !place.isEmpty else { return }
        canvas.draw(validity, at: Point(column: place.column + 1, row: place.row), limit: place.columns - 1)
    }

    private var validity: [Run] {
        if panel.editor.isFull { return [Run("\(Mark.failed) more than fits here: Ctrl-E opens your editor", .error)] }
        switch panel.validity {
        case .empty: return [Run("empty: the function sees {}", .dim)]
        case .valid(let count): return [Run("\(Mark.ok) JSON", .ok), Run("  \(Format.bytes(count))", .dim)]
        case .invalid(let problem, let line, let column):
            return [Run("\(Mark.failed) line \(line), column \(column): ", .error, .bold), Run(problem, .error)]
        }
    }

    // MARK: Outcome

    private var sendHint: String {
        machine == nil ? " calls the function and waits for its answer" : " starts an execution and opens it"
    }

    private func drawOutcome(on canvas: inout Canvas, now: Timestamp) {
        guard layout.outcomeFrame.rows >= 3 else { return }
        canvas.pane(layout.outcomeFrame, title: "answer", isFocused: false)
        let place = layout.outcome
        for (row, runs) in outcome(columns: place.columns - 2, now: now).prefix(place.rows).enumerated() {
            canvas.draw(runs, at: Point(column: place.column + 1, row: place.row + row), limit: place.columns - 1)
        }
    }

    private func outcome(columns: Int, now: Timestamp) -> [[Run]] {
        switch panel.stage {
        case .editing:
            return [
                [Run("Ctrl-S", .accent, .bold), Run(sendHint, .dim)],
                [Run("Ctrl-E", .accent, .bold), Run(" opens the event in your editor", .dim)],
                [Run("Ctrl-U", .accent, .bold), Run(" takes the last change back", .dim)],
            ]
        case .sending(let since):
            return [[Run("\(Mark.running) running ", .accent), Run(max(now - since, .zero).text, .strong)]]
        case .done(let result): return outcome(result, columns: columns)
        }
    }

    private func outcome(_ result: InvokeOutcome, columns: Int) -> [[Run]] {
        let head =
            result.failure == nil
            ? [Run("\(Mark.ok) Success", .ok, .bold)] : [Run("\(Mark.failed) Failed", .error, .bold)]
        var rows = [head + [Run("  \(result.duration.text)", .strong)]]
        if let id = result.requestID {
            rows[0] += [Run("  \(id.short)", .accent), Run("  Enter opens it", .dim)]
        }
        if let failure = result.failure {
            rows += [Run(failure, .error)].wrapped(to: columns, limit: 20, atWords: true).rows
        }
        rows.append([])
        let text = (try? JSON(parsing: result.payload)).map { Secrets.masked($0).prettyText }
        let payload = text ?? String(decoding: result.payload.prefix(64 * 1024), as: UTF8.self)
        return rows
            + payload.split(whereSeparator: \.isNewline).prefix(500).flatMap {
                EventInk.runs(String($0)).wrapped(to: columns, limit: 20).rows
            }
    }
}
