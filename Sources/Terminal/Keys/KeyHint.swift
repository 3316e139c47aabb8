/// A key with what it does here, in a word.
package struct KeyHint: Hashable, Sendable {
    package var key: Key
    package var name: String
    package var title: String

    package init(key: Key, name: String, title: String) {
        self.key = key
        self.name = name
        self.title = title
    }
}

/// The line of keys at the bottom. What does not fit is left out, whole.
package struct Footer: Sendable {
    package var hints: [KeyHint]

    package init(_ hints: [KeyHint]) {
        self.hints = hints
    }

    package struct Place: Hashable, Sendable {
        package var key: Key
        package var rect: Rect
    }

    /// - Returns: where each key is, for the mouse.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> [Place] {
        canvas.fill(rect.line(0), Style(.text, on: .bar))
        guard rect.rows > 0 else { return [] }
        var column = rect.column + 1
        var places: [Place] = []
        for hint in hints {
            let text =
                StyledText(hint.name, Style(.accent, on: .bar, .bold))
                + StyledText(" " + hint.title, Style(.dim, on: .bar))
            let width = text.width
            guard column + width <= rect.endColumn else { continue }
            canvas.draw(text, at: Point(column: column, row: rect.row))
            places.append(
                Place(key: hint.key, rect: Rect(column: column, row: rect.row, columns: width, rows: 1)))
            column += width + 2
        }
        return places
    }
}
