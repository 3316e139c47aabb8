extension Frame {
    /// Empties a rectangle.
    package mutating func fill(_ rect: Rect, _ style: Style) {
        fill(rect, with: 0x20, DrawingRule(style: style, limit: 1, isCut: false, clip: bounds, glyphs: .unicode))
    }

    mutating func fill(_ rect: Rect, with scalar: UInt32, _ rule: DrawingRule) {
        let area = rect.intersection(rule.clip).intersection(bounds)
        guard !area.isEmpty else { return }
        let inner = DrawingRule(
            style: rule.style, limit: 1, isCut: false, clip: area, glyphs: rule.glyphs)
        let character = DrawnCharacter(scalar: scalar)
        for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn {
                put(character, at: Point(column: column, row: row), inner)
            }
        }
    }

    /// Changes how the cells of a rectangle look, and not what they show.
    package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn {
                var cell = self[column, row]
                change(&cell.style)
                self[column, row] = cell
            }
        }
    }
}
