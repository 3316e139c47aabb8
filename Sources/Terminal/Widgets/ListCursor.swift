/// The selected row of a list and how far it is scrolled.
package struct ListCursor: Hashable, Sendable {
    package var index = 0
    package var first = 0

    package init(index: Int = 0, first: Int = 0) {
        self.index = index
        self.first = first
    }

    package mutating func move(by rows: Int, count: Int) {
        let target = index.addingReportingOverflow(rows)
        index = target.overflow ? (rows < 0 ? 0 : Int.max) : target.partialValue
        clamp(count: count)
    }

    package mutating func moveToStart() { index = 0 }

    package mutating func moveToEnd(count: Int) { index = max(count - 1, 0) }

    /// Scrolls as a mouse wheel does; the selection comes along only when it would leave the screen.
    package mutating func scroll(by rows: Int, visible: Int, count: Int) {
        let window = ScrollWindow(first: first &+ rows, visible: visible, count: count)
        first = window.first
        guard visible > 0 else { return }
        index = min(max(index, first), first + visible - 1)
        clamp(count: count)
    }

    package mutating func clamp(count: Int) {
        index = min(max(index, 0), max(count - 1, 0))
    }

    /// What is shown, with the selection in it.
    package func window(visible: Int, count: Int) -> ScrollWindow {
        ScrollWindow(first: first, visible: visible, count: count, showing: count > 0 ? min(index, count - 1) : nil)
    }
}
