import Terminal

extension Canvas {
    /// Draws a table, and marks the rows whose item is marked in the column of the selection's sign.
    mutating func draw(
        _ table: Table, in rect: Rect, _ context: ScreenContext, item: (_ row: Int) -> Marked,
        cell: (_ row: Int, _ column: Int) -> TableCell
    ) {
        let map = table.draw(on: &self, in: rect, cell: cell)
        guard !context.marks.isEmpty else { return }
        for (place, row) in map.window.rows.enumerated() where context.marks.contains(item(row)) {
            let isSelected = table.showsSelection && table.isFocused && row == table.cursor.index
            let style = Style(.warn, on: isSelected ? .selection : .background, .bold)
            draw(Mark.marked, at: map.body.line(place).origin, style: style, limit: 1)
        }
    }
}
