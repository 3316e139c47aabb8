import LogsInsights
import Telemetry
import TelemetryStore
package import Terminal

extension InsightsScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawQuery(on: &canvas, context)
        drawChart(on: &canvas)
        drawResults(on: &canvas)
    }

    private func drawQuery(on canvas: inout Canvas, _ context: ScreenContext) {
        let note = [
            Run("\(Format.duration(microseconds: context.window.length.count)) ", .text), Run("Ctrl-S runs", .dim),
        ]
        canvas.pane(layout.queryFrame, title: "Logs Insights", note: note, isFocused: focus != .results)
        drawEditor(on: &canvas)
        drawGroups(on: &canvas)
        drawProblem(on: &canvas)
    }

    private func drawEditor(on canvas: inout Canvas) {
        let place = layout.editor
        let columns = max(place.columns - 1, 0)
        for row in 0..<place.rows where top + row < editor.lines.count {
            let line = top + row
            let text = String(editor.lines[line])
            canvas.draw(
                InsightsInk.runs(text).dropping(columns: line == editor.cursor.line ? shift(columns) : 0),
                at: Point(column: place.column + 1, row: place.row + row), limit: columns)
        }
        if let wrong = problemPlace, (top..<(top + place.rows)).contains(wrong.line), wrong.line != editor.cursor.line {
            let text = String(editor.lines[wrong.line].dropFirst(wrong.column).prefix { !$0.isWhitespace })
            let column = Text.width(String(editor.lines[wrong.line].prefix(wrong.column)))
            canvas.draw(
                [Run(text, .error, .underline)],
                at: Point(column: place.column + 1 + column, row: place.row + wrong.line - top),
                limit: max(columns - column, 0))
        }
        guard focus == .query else { return }
        let point = Point(
            column: place.column + 1 + cursorColumn - shift(columns), row: place.row + editor.cursor.line - top)
        canvas.showCursor(at: point)
    }

    private var cursorColumn: Int { Text.width(String(editor.lines[editor.cursor.line].prefix(editor.cursor.column))) }

    private func shift(_ columns: Int) -> Int { max(cursorColumn - columns + 1, 0) }

    private func drawGroups(on canvas: inout Canvas) {
        let place = layout.groups
        guard !place.isEmpty else { return }
        let label = " groups "
        canvas.draw([Run(label, focus == .groups ? .accent : .dim)], at: place.origin, limit: place.columns)
        let width = Text.width(label)
        groups.draw(
            on: &canvas,
            in: Rect(
                column: place.column + width, row: place.row, columns: max(place.columns - width - 1, 0), rows: 1),
            isFocused: focus == .groups)
    }

    private func drawProblem(on canvas: inout Canvas) {
        let place = layout.problem
        guard !place.isEmpty else { return }
        let runs: [Run]
        if let problem {
            runs = [Run("\(Mark.failed) ", .error, .bold), Run(problem.message, .error)]
        } else if let running {
            let progress = running.meter.value
            runs = [
                Run("\(Mark.running) ", .accent), Run("\(Format.percent(progress.done)) ", .strong),
                Run("of the log, \(Format.count(progress.lines)) lines · Esc stops", .dim),
            ]
        } else if let answer {
            runs = summary(answer)
        } else {
            runs = [Run("\(Mark.ok) ", .ok), Run("Ctrl-S runs it", .dim)]
        }
        canvas.draw(runs, at: Point(column: place.column + 1, row: place.row), limit: place.columns - 1)
    }

    private func summary(_ answer: InsightsAnswer) -> [Run] {
        if let failure = answer.result.failure { return [Run("\(Mark.failed) ", .error, .bold), Run(failure, .error)] }
        return [
            Run("\(Mark.ok) ", .ok),
            Run(
                "\(Format.count(answer.result.recordsMatched)) of \(Format.count(answer.scanned.lines)) lines matched, "
                    + "\(Format.bytes(answer.scanned.bytes)) in \(answer.duration.text)", .dim),
        ]
    }

    private func drawChart(on canvas: inout Canvas) {
        guard layout.chartFrame.rows >= 4, let answer, let chart = InsightsChart(answer.result) else { return }
        let inside = canvas.pane(layout.chartFrame, title: chart.title, note: chart.legend)
        chart.lines.draw(on: &canvas, in: inside)
    }

    private func drawResults(on canvas: inout Canvas) {
        guard !layout.tableFrame.isEmpty else { return }
        var note: [Run] = []
        if !rows.isEmpty {
            note = [Run("\(Format.count(cursor.index + 1)) of \(Format.count(rows.count)) rows", .dim)]
        }
        if firstColumn > 0 { note.insert(Run("← \(firstColumn) columns  ", .dim), at: 0) }
        canvas.pane(layout.tableFrame, title: "results", note: note, isFocused: focus == .results)
        guard let answer else {
            return canvas.drawNote(
                ["nothing was asked yet", "Ctrl-S runs the query over the time that is looked at"], in: layout.table)
        }
        guard !rows.isEmpty else {
            return canvas.drawNote(["no line is like that", "t looks at a longer time"], in: layout.table)
        }
        table.draw(on: &canvas, in: layout.table) { row, column in
            guard let value = rows[row].values[firstColumn + column] else { return .text("·", .dim) }
            let isTime = answer.result.columns[firstColumn + column].hasPrefix("@timestamp")
            return .text(String(value.prefix(Self.mostShown)), isTime ? .dim : .text)
        }
    }

    private static let mostShown = 1000
    private static let widest = 40

    var table: Table {
        let names = answer?.result.columns.dropFirst(firstColumn) ?? []
        let sample = rows.dropFirst(cursor.first).prefix(max(layout.table.rows, 1))
        let columns = names.enumerated().map { index, name -> TableColumn in
            let place = firstColumn + index
            let values = sample.compactMap { $0.values[place] }
            let width = max(values.map { Text.width(String($0.prefix(200))) }.max() ?? 0, Text.width(name))
            let isNumber = !values.isEmpty && values.allSatisfy { Double($0) != nil }
            return TableColumn(
                name, isNumber ? .right : .left, minimum: min(max(width, 4), 24), ideal: min(width, Self.widest),
                dropOrder: index == 0 ? 0 : index, isFlexible: !isNumber && width > 24)
        }
        return Table(columns, rowCount: rows.count, cursor: cursor, isFocused: focus == .results)
    }
}
