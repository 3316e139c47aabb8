/// A row of names of which one is chosen.
package struct Tabs: Sendable {
    package var titles: [String]
    package var selected: Int
    /// The digits that choose them, which stand before the titles; without them titles stand alone.
    package var digits: [Int]

    package init(_ titles: [String], selected: Int, digits: [Int] = []) {
        self.titles = titles
        self.selected = selected
        self.digits = digits
    }

    /// - Returns: where each title is, for the mouse; those that do not fit are empty.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> [Rect] {
        var column = rect.column
        return titles.enumerated().map { index, title in
            let isSelected = index == selected
            let base = isSelected ? Style(.background, on: .accent, .bold) : Style(.text)
            // Without colours the chosen one stands in brackets.
            var text = StyledText(isSelected && !canvas.hasColors ? "[" : " ", base)
            if digits.indices.contains(index) {
                text.append("\(digits[index]) ", isSelected ? base : Style(.dim))
            }
            text.append(title + (isSelected && !canvas.hasColors ? "]" : " "), base)
            let room = rect.endColumn - column
            guard room > 2, rect.rows > 0 else {
                return Rect(column: rect.endColumn, row: rect.row, columns: 0, rows: 0)
            }
            let used = canvas.draw(text, at: Point(column: column, row: rect.row), limit: room)
            defer { column += used + 1 }
            return Rect(column: column, row: rect.row, columns: used, rows: 1)
        }
    }
}
