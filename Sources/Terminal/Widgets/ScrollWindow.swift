/// Which of many rows are on the screen.
package struct ScrollWindow: Hashable, Sendable {
    /// The first row that is shown.
    package let first: Int
    /// How many there is room for.
    package let visible: Int
    package let count: Int

    /// - Parameters:
    ///   - first: the row that should be the first; moved as little as needed.
    ///   - showing: a row that must be visible, for instance the selected one.
    package init(first: Int, visible: Int, count: Int, showing row: Int? = nil) {
        self.visible = max(visible, 0)
        self.count = max(count, 0)
        let last = max(self.count - self.visible, 0)
        var first = min(max(first, 0), last)
        if let row, self.visible > 0 {
            first = max(min(first, row), row - self.visible + 1)
        }
        self.first = min(max(first, 0), last)
    }

    package var rows: Range<Int> { first..<min(first + visible, count) }
    package var isScrolling: Bool { count > visible }
}
