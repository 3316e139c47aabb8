/// Which rows of a list are on the screen, where a row may take several rows of the screen.
struct LogViewport: Hashable {
    /// The row under the cursor, and the first one that is shown.
    private(set) var cursor = 0
    private(set) var top = 0
    /// Rows of the screen that the list has.
    private(set) var height = 24
    /// How many rows of the screen each row takes; all 1 where it is empty.
    private(set) var heights: [Int] = []

    mutating func resize(height: Int, heights: [Int]) {
        self.height = max(height, 1)
        self.heights = heights
    }

    /// Other rows are in the list now: the cursor goes to one of them, at the same height of the screen if it can.
    mutating func renew(cursorAt row: Int, count: Int) {
        let screenRow = max(cursor - top, 0)
        heights = []
        cursor = min(max(row, 0), max(count - 1, 0))
        top = max(cursor - screenRow, 0)
        reveal(count: count)
    }

    mutating func move(to row: Int, count: Int) {
        cursor = min(max(row, 0), max(count - 1, 0))
        reveal(count: count)
    }

    /// The cursor stands in the middle of the screen, as far as the rows reach.
    mutating func centre(count: Int) {
        top = min(max(cursor - height / 2, 0), lastTop(count: count))
        reveal(count: count)
    }

    mutating func moveToLast(count: Int) {
        cursor = max(count - 1, 0)
        top = lastTop(count: count)
    }

    /// Moves what is shown; the cursor stays on the screen.
    mutating func scroll(by step: Int, count: Int) {
        top = min(max(top + step, 0), lastTop(count: count))
        cursor = min(max(cursor, top), max(lastVisible(count: count), top))
    }

    func height(at row: Int) -> Int { heights.indices.contains(row) ? heights[row] : 1 }

    /// The first row when the last one stands at the bottom.
    func lastTop(count: Int) -> Int {
        var free = height
        var row = count
        while row > 0, free >= height(at: row - 1) {
            row -= 1
            free -= height(at: row)
        }
        return min(row, max(count - 1, 0))
    }

    /// The last row that is wholly on the screen.
    private func lastVisible(count: Int) -> Int {
        var free = height
        var row = top
        while row < count, free >= height(at: row) {
            free -= height(at: row)
            row += 1
        }
        return row - 1
    }

    mutating func reveal(count: Int) {
        cursor = min(cursor, max(count - 1, 0))
        top = min(top, cursor)
        while cursor > lastVisible(count: count), top < cursor { top += 1 }
    }
}
