/// A box with a title at the left of its upper border and a note at the right.
package struct Pane: Sendable {
    package var title: StyledText
    package var note: StyledText
    package var isFocused: Bool

    package init(_ title: StyledText = "", note: StyledText = "", isFocused: Bool = false) {
        self.title = title
        self.note = note
        self.isFocused = isFocused
    }

    package init(_ title: String, note: String = "", isFocused: Bool = false) {
        let style = Style(isFocused ? .accent : .title, on: .background, .bold)
        self.init(StyledText(title, style), note: StyledText(note, .dim), isFocused: isFocused)
    }

    /// Where the contents go.
    package static func inside(_ rect: Rect) -> Rect { rect.inset() }

    /// - Returns: where the contents go.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> Rect {
        let border = Style(isFocused ? .focus : .border)
        canvas.box(rect, style: border)
        guard rect.columns >= 7, rect.rows >= 2 else { return Self.inside(rect) }
        let room = rect.columns - 6
        var used = 0
        if !title.isEmpty {
            let start = Point(column: rect.column + 2, row: rect.row)
            // Without colours the one that has the focus stands in brackets, as the chosen tab does.
            let isMarked = isFocused && !canvas.hasColors
            canvas.draw(isMarked ? "[" : " ", at: start)
            used = canvas.draw(title, at: Point(column: start.column + 1, row: start.row), limit: room)
            canvas.draw(isMarked ? "]" : " ", at: Point(column: start.column + 1 + used, row: start.row))
            used += 2
        }
        drawNote(on: &canvas, in: rect, room: rect.columns - 4 - used - 1)
        return Self.inside(rect)
    }

    private func drawNote(on canvas: inout Canvas, in rect: Rect, room: Int) {
        let note = shownNote(room: room - 2)
        let width = note.width
        guard width > 0, room >= min(width + 2, 10) else { return }
        let shown = min(width, room - 2)
        let start = Point(column: rect.endColumn - 4 - shown, row: rect.row)
        canvas.draw(" ", at: start)
        canvas.draw(note, at: Point(column: start.column + 1, row: start.row), limit: shown)
        canvas.draw(" ", at: Point(column: start.column + 1 + shown, row: start.row))
    }

    /// The note without its last parts, where all of them have no room; of a single one the beginning is shown.
    private func shownNote(room: Int) -> StyledText {
        var runs = note.runs
        while runs.count > 1, StyledText(runs).width > room { runs.removeLast() }
        return StyledText(runs)
    }
}
