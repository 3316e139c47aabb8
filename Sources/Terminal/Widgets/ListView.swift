/// One line a row, of which only the visible ones are asked for.
package struct ListView: Sendable {
    package var count: Int
    package var cursor: ListCursor
    package var isFocused: Bool

    package init(count: Int, cursor: ListCursor, isFocused: Bool = true) {
        self.count = count
        self.cursor = cursor
        self.isFocused = isFocused
    }

    /// - Returns: the rows that are shown.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect, line: (_ row: Int) -> StyledText) -> ScrollWindow {
        let window = cursor.window(visible: rect.rows, count: count)
        for (place, row) in window.rows.enumerated() {
            let space = rect.line(place)
            canvas.draw(
                line(row), at: Point(column: space.column + 1, row: space.row), limit: max(space.columns - 2, 0))
            guard row == min(cursor.index, count - 1) else { continue }
            canvas.select(space, isFocused: isFocused)
            if isFocused { canvas.put(.selector, at: space.origin, style: Style(.accent, on: .selection)) }
        }
        ScrollBar(window).draw(on: &canvas, in: rect)
        return window
    }
}
