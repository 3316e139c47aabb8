/// Where in the whole the visible part is; drawn in the last column, over a pane's border for instance.
package struct ScrollBar: Sendable {
    package var window: ScrollWindow

    package init(_ window: ScrollWindow) {
        self.window = window
    }

    /// Draws nothing when everything is visible.
    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard window.isScrolling, window.visible > 0, !rect.isEmpty else { return }
        let length = max(rect.rows * window.visible / max(window.count, 1), 1)
        let last = max(window.count - window.visible, 1)
        let (product, overflow) = window.first.multipliedReportingOverflow(by: rect.rows - length)
        let start = overflow ? 0 : product / last
        // Beside a border of the same signs a track is one line too many.
        let track: Unicode.Scalar = canvas.glyphs == .ascii ? " " : "│"
        for row in 0..<rect.rows {
            let isThumb = (start..<(start + length)).contains(row)
            canvas.put(
                isThumb ? "█" : track, at: Point(column: rect.endColumn - 1, row: rect.row + row),
                style: Style(isThumb ? .dim : .border))
        }
    }

    /// The first row to show when the bar is pressed at that row of it.
    package func first(pressedAt row: Int, of rows: Int) -> Int {
        guard rows > 1 else { return 0 }
        let part = Double(min(max(row, 0), rows - 1)) / Double(rows - 1)
        return Int(part * Double(max(window.count - window.visible, 0)))
    }
}
