/// A key with what it does here, in a word.
package struct KeyHint: Hashable, Sendable {
    package var key: Key
    package var name: String
    package var title: String
    /// Has a place whatever else is left out.
    package var isLasting: Bool

    package init(key: Key, name: String, title: String, isLasting: Bool = false) {
        self.key = key
        self.name = name
        self.title = title
        self.isLasting = isLasting
    }

    fileprivate var text: StyledText {
        StyledText(name, Style(.accent, on: .bar, .bold)) + StyledText(" " + title, Style(.dim, on: .bar))
    }
}

/// The line of keys at the bottom. What does not fit is left out, whole; the last ones first, but those that last.
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
        var kept = hints.filter(\.isLasting).reduce(0) { $0 + $1.text.width + Self.gap }
        for hint in hints {
            let text = hint.text
            let width = text.width
            if hint.isLasting { kept -= width + Self.gap }
            guard column + width + kept < rect.endColumn else { continue }
            canvas.draw(text, at: Point(column: column, row: rect.row))
            places.append(
                Place(key: hint.key, rect: Rect(column: column, row: rect.row, columns: width, rows: 1)))
            column += width + Self.gap
        }
        return places
    }

    private static let gap = 2
}
