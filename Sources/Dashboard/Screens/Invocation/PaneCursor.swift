/// Which of a number of rows is under the cursor, and which is the first that is shown.
struct PaneCursor: Hashable {
    private(set) var place = 0
    private(set) var top = 0

    mutating func move(by step: Int, count: Int, height: Int) {
        place = min(max(place + step, 0), max(count - 1, 0))
        reveal(count: count, height: height)
    }

    mutating func move(to place: Int, count: Int, height: Int) {
        move(by: place - self.place, count: count, height: height)
    }

    /// Moves what is shown; the cursor stays on the screen.
    mutating func scroll(by step: Int, count: Int, height: Int) {
        top = min(max(top + step, 0), max(count - height, 0))
        place = min(max(place, top), max(min(top + height, count) - 1, 0))
    }

    mutating func reveal(count: Int, height: Int) {
        place = min(place, max(count - 1, 0))
        if place < top { top = place }
        if place >= top + height { top = place - height + 1 }
        top = min(max(top, 0), max(count - 1, 0))
    }

    /// The rows that are on the screen.
    func visible(count: Int, height: Int) -> Range<Int> {
        let start = min(top, count)
        return start..<max(start, min(start + max(height, 0), count))
    }
}
