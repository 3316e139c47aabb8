/// What took how long, after what: a row each, on one axis of time.
package struct TimelineChart: Sendable {
    package struct Segment: Hashable, Sendable {
        /// Microseconds from the start of the whole.
        package var start: Int64
        package var end: Int64
        package var role: Role
        /// Whether it was waiting and not work: hatched.
        package var isWaiting: Bool
        /// Drawn at its end: `✗`, or `●` while it goes on.
        package var mark: Glyph?

        package init(start: Int64, end: Int64, role: Role, isWaiting: Bool = false, mark: Glyph? = nil) {
            self.start = start
            self.end = max(start, end)
            self.role = role
            self.isWaiting = isWaiting
            self.mark = mark
        }
    }

    package struct Row: Hashable, Sendable {
        package var label: StyledText
        package var segments: [Segment]
        /// At the right: the duration.
        package var note: StyledText

        package init(_ label: StyledText, segments: [Segment], note: StyledText = "") {
            self.label = label
            self.segments = segments
            self.note = note
        }
    }

    package var rows: [Row]
    /// Microseconds.
    package var length: Int64
    package var cursor: ListCursor?

    package init(_ rows: [Row], length: Int64, cursor: ListCursor? = nil) {
        self.rows = rows
        self.length = max(length, 1)
        self.cursor = cursor
    }

    /// - Returns: which rows are shown.
    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> ScrollWindow {
        let hasAxis = rect.rows >= 3
        let visible = max(rect.rows - (hasAxis ? 1 : 0), 0)
        let window = (cursor ?? ListCursor()).window(visible: visible, count: rows.count)
        let labelWidth = min(rows.map(\.label.width).max() ?? 0, rect.columns / 3)
        let noteWidth = min(rows.map(\.note.width).max() ?? 0, rect.columns / 4)
        let bars = Rect(
            column: rect.column + labelWidth + 2, row: rect.row,
            columns: rect.columns - labelWidth - noteWidth - 4, rows: visible)
        for (place, index) in window.rows.enumerated() {
            let line = rect.line(place)
            let row = rows[index]
            canvas.draw(row.label, at: Point(column: line.column + 1, row: line.row), limit: labelWidth)
            for segment in row.segments { draw(segment, on: &canvas, in: bars.line(place)) }
            let note = Rect(column: line.endColumn - noteWidth - 1, row: line.row, columns: noteWidth, rows: 1)
            canvas.draw(row.note, in: note, align: .right)
            if cursor?.index == index { canvas.select(line) }
        }
        if hasAxis { drawAxis(on: &canvas, bars: bars, row: rect.row + min(rows.count, visible)) }
        return window
    }

    private func column(_ time: Int64, _ columns: Int) -> Int {
        Int(min(max(Double(time) / Double(length), 0), 1) * Double(columns))
    }

    private func draw(_ segment: Segment, on canvas: inout Canvas, in bars: Rect) {
        guard !bars.isEmpty else { return }
        let first = min(column(segment.start, bars.columns), bars.columns - 1)
        // However short, it can be seen.
        let end = max(column(segment.end, bars.columns), first + 1)
        let space = Rect(column: bars.column + first, row: bars.row, columns: end - first, rows: 1)
        canvas.fill(space, Style(segment.isWaiting ? .dim : segment.role), with: segment.isWaiting ? "░" : "▇")
        guard let mark = segment.mark else { return }
        canvas.put(mark, at: Point(column: space.endColumn - 1, row: space.row), style: Style(segment.role))
    }

    private func drawAxis(on canvas: inout Canvas, bars: Rect, row: Int) {
        guard bars.columns >= 8 else { return }
        let ticks = DurationAxis.ticks(until: length, atMost: min(max(bars.columns / 9, 1), 6))
        var free = bars.column
        for (tick, label) in zip(ticks, DurationAxis.labels(ticks)) {
            let place = bars.column + Int(Double(tick) / Double(length) * Double(bars.columns))
            let start = min(place, bars.endColumn - Text.width(label))
            guard start >= free else { continue }
            canvas.draw(label, at: Point(column: start, row: row), style: Style(.dim))
            free = start + Text.width(label) + 2
        }
    }
}
