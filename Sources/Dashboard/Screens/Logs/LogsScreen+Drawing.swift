import Telemetry
import TelemetryStore
package import Terminal

extension LogsScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawVolume(on: &canvas)
        drawFrame(on: &canvas, isPaused: context.isPaused)
        drawFilter(on: &canvas)
        drawLines(on: &canvas, Set(context.marks))
        menu?.draw(on: &canvas, in: rect)
    }

    // MARK: Volume

    private func drawVolume(on canvas: inout Canvas) {
        guard !layout.volumeFrame.isEmpty else { return }
        canvas.pane(layout.volumeFrame, title: "volume", note: counts + legend(canvas), isFocused: false)
        if let volume {
            LogVolumeChart(volume: volume, selection: list.range).draw(on: &canvas, in: layout.volume)
        }
    }

    /// `2,310 of 1.2M`
    private var counts: [Run] {
        guard let volume else { return [Run("counting", .dim)] }
        var runs = [Run(Format.count(volume.matching), .strong), Run(" of \(Format.count(volume.total)) lines", .dim)]
        if volume.progress < 1 { runs.append(Run("  \(Int(volume.progress * 100)) % counted", .accent)) }
        return runs
    }

    private func legend(_ canvas: Canvas) -> [Run] {
        guard layout.volumeFrame.columns >= 70 else { return [] }
        let parts: [(String, Role)] = [("error", .error), ("warn", .warn), ("other", .series4)]
        return parts.flatMap { name, role in
            let plain = canvas.hasColors ? nil : role.plainFill.map { String($0) }
            return [Run("   \(name) ", .dim), Run(plain ?? Mark.bar(8), role)]
        }
    }

    // MARK: Frame and filter

    private func drawFrame(on canvas: inout Canvas, isPaused: Bool) {
        guard layout.listFrame != layout.lines, layout.listFrame.rows >= 5, layout.listFrame.columns >= 12 else {
            return
        }
        let title = list.range.map { "log \($0.start.shortClockText) to \($0.end.shortClockText)" } ?? "log"
        var note = layout.volumeFrame.isEmpty ? counts : []
        for (isOn, name) in [
            (list.options.isWrapped, "wrapped"), (list.options.isGrouped, "by invocation"),
            (list.options.context > 0, "context \(list.options.context)"), (offset > 0, "column \(offset + 1)"),
        ] where isOn {
            note.append(Run((note.isEmpty ? "" : "  ") + name, .dim))
        }
        note.append(Run(note.isEmpty ? "" : "   "))
        note += state(isPaused: isPaused)
        canvas.pane(layout.listFrame, title: title, note: note, isFocused: true)
    }

    private func state(isPaused: Bool) -> [Run] {
        if isPaused { return [Run("paused", .warn)] }
        if list.isFollowing { return [Run("follow ", .dim), Run(Mark.running, .ok)] }
        return newCount > 0
            ? [Run("\(Format.count(newCount)) new \(Mark.down)", .accent, .bold)] : [Run("not following", .dim)]
    }

    private func drawFilter(on canvas: inout Canvas) {
        let row = layout.filter
        let mark = filterBar.isEditing ? Style(.accent, on: .background, .bold) : Style(.dim)
        canvas.draw(" / ", at: row.origin, style: mark, limit: row.columns)
        let place = Rect(column: row.column + 3, row: row.row, columns: row.columns - 4, rows: row.rows)
        var field = filterBar.field
        field.hasError = filterBar.problem != nil
        field.placeholder = "words, \"a phrase\", -not, fn:name, level>=warn, req:id, /regex/, { $.status = 500 }"
        field.draw(on: &canvas, in: place, isFocused: filterBar.isEditing)
        drawProblem(on: &canvas, at: place.column)
    }

    private func drawProblem(on canvas: inout Canvas, at column: Int) {
        guard !layout.problem.isEmpty else { return }
        let row = layout.problem
        if let problem = filterBar.problem {
            let before = String(decoding: filterBar.text.utf8.prefix(problem.offset), as: UTF8.self)
            let place = min(Text.width(before), max(row.columns - 20, 0))
            let start = Point(column: column + place, row: row.row)
            let text = "\(Mark.caret) \(problem.description)"
            canvas.draw(text, at: start, style: Style(.error), limit: row.endColumn - start.column)
        } else {
            let words = filterBar.completions.map {
                Run($0 + "  ", $0 == FilterCompletion.lastWord(of: filterBar.text) ? .accent : .dim)
            }
            canvas.draw(words, at: Point(column: column, row: row.row), limit: row.endColumn - column)
        }
    }

    // MARK: Lines

    private func drawLines(on canvas: inout Canvas, _ marked: Set<Marked>) {
        let place = layout.lines
        guard !place.isEmpty else { return }
        guard !list.rows.isEmpty else { return drawEmpty(on: &canvas) }
        let painter = LogPainter(list, width: place.columns, offset: offset)
        var screenRow = place.row
        var row = list.top
        while row < list.rows.count, screenRow < place.endRow {
            let isSelected = row == list.cursor
            for runs in painter.picture(of: row) where screenRow < place.endRow {
                if isSelected { mark(screenRow, on: &canvas) }
                canvas.draw(
                    runs, at: Point(column: place.column, row: screenRow), limit: place.columns,
                    on: isSelected ? .selection : nil)
                if isSelected {
                    let start = Point(column: place.column, row: screenRow)
                    canvas.draw(Mark.selected, at: start, style: Style(.accent, on: .selection), limit: 1)
                }
                if !marked.isEmpty, let id = list.requestID(ofRow: row), marked.contains(.invocation(id)) {
                    let style = Style(.warn, on: isSelected ? .selection : .background, .bold)
                    canvas.draw(
                        Mark.marked, at: Point(column: place.column, row: screenRow), style: style, limit: 1)
                }
                screenRow += 1
            }
            row += 1
        }
    }

    private func mark(_ row: Int, on canvas: inout Canvas) {
        canvas.fill(
            Rect(column: layout.lines.column, row: row, columns: layout.lines.columns, rows: 1),
            Style(.text, on: .selection))
    }

    private func drawEmpty(on canvas: inout Canvas) {
        let place = layout.lines
        for (row, text) in emptyText.enumerated() where row + 1 < place.rows {
            canvas.draw(
                text, at: Point(column: place.column + 3, row: place.row + 1 + row),
                style: Style(row == 0 ? .text : .dim),
                limit: place.columns - 4)
        }
    }

    private var emptyText: [String] {
        guard list.isLoaded else { return ["waiting for the log"] }
        guard filterBar.text.isEmpty, list.range == nil else {
            let total = volume.map { " of \(Format.count($0.total))" } ?? ""
            return ["no line\(total) matches", "", "Esc clears the filter"]
        }
        return [
            "no log lines yet", "", "invoke a function and its lines stand here:",
            "fntop invoke FUNCTION --payload '{}'",
        ]
    }
}
