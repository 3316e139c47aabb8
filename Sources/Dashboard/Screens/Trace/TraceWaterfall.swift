import Telemetry
import TelemetryStore
import Terminal

/// A row a span: its name, indented, a bar where its time was, and how long it took.
struct TraceWaterfall: Sendable {
    let trace: Trace
    /// The places of the spans that are shown, in order.
    let rows: [Int]
    var closed: Set<Int> = []
    /// What the bars show.
    let start: Timestamp
    let end: Timestamp
    let now: Timestamp
    var first = 0
    var selected: Int?

    private static let durationColumns = 10

    /// - Parameters:
    ///   - closed: places of spans whose inside is not shown.
    ///   - focus: the span that the bars are scaled to.
    init(_ trace: Trace, closed: Set<Int> = [], focus: Int? = nil, now: Timestamp) {
        self.trace = trace
        self.closed = closed
        self.now = now
        rows = Self.open(trace, closed)
        let span = focus.flatMap { trace.spans.indices.contains($0) ? trace.spans[$0] : nil }
        let begin = span?.start ?? trace.start ?? now
        let whole = trace.isRunning ? max(now, trace.end ?? now) : trace.end ?? now
        let finish = span.map { max($0.end ?? now, $0.parts.last?.end ?? $0.start) } ?? whole
        (start, end) = (begin, max(finish, begin + Microseconds(1)))
    }

    private static func open(_ trace: Trace, _ closed: Set<Int>) -> [Int] {
        guard !closed.isEmpty else { return Array(trace.spans.indices) }
        var rows: [Int] = []
        /// Spans deeper than this are inside of one that is closed.
        var limit: Int?
        for (place, span) in trace.spans.enumerated() {
            if let depth = limit {
                if span.depth > depth { continue }
                limit = nil
            }
            rows.append(place)
            if closed.contains(place) { limit = span.depth }
        }
        return rows
    }

    private func labelColumns(_ columns: Int) -> Int { min(max(columns * 2 / 5, 16), 56) }

    /// The axis takes the first row, spans the others.
    static func visibleRows(in rect: Rect) -> Int { max(rect.rows - 1, 0) }

    /// The row of the waterfall at a place of the screen.
    func row(at point: Point, in rect: Rect) -> Int? {
        let row = first + point.row - rect.row - 1
        return rect.contains(point) && point.row > rect.row && rows.indices.contains(row) ? row : nil
    }

    func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool = true) {
        let label = labelColumns(rect.columns)
        let bars = Rect(
            column: rect.column + label, row: rect.row, columns: max(rect.columns - label - Self.durationColumns, 0),
            rows: rect.rows)
        drawAxis(on: &canvas, in: bars)
        for (line, place) in rows.dropFirst(first).prefix(Self.visibleRows(in: rect)).enumerated() {
            let row = Rect(column: rect.column, row: rect.row + 1 + line, columns: rect.columns, rows: 1)
            let isSelected = place == selected
            draw(trace.spans[place], place, on: &canvas, in: row, label: label, bars: bars)
            if isSelected { canvas.select(row, isFocused: isFocused) }
        }
    }

    private func drawAxis(on canvas: inout Canvas, in bars: Rect) {
        let length = end - start
        let ticks = DurationAxis.ticks(until: length.count - 1, atMost: max(min(bars.columns / 10, 8), 1))
        for (tick, label) in zip(ticks, DurationAxis.labels(ticks)) {
            let column = bars.column + Int(Double(tick) / Double(length.count) * Double(bars.columns))
            guard column + Text.width(label) < bars.endColumn else { continue }
            canvas.draw("│" + label, at: Point(column: column, row: bars.row), style: Style(.dim))
        }
        canvas.draw(
            [Run(length.text, .dim)],
            endingAt: Point(column: bars.endColumn + Self.durationColumns - 1, row: bars.row), limit: 10)
    }

    private func draw(
        _ span: Trace.Span, _ place: Int, on canvas: inout Canvas, in row: Rect, label: Int, bars: Rect
    ) {
        let indent = min(span.depth * 2, max(label - 14, 0))
        let fold = closed.contains(place) ? Mark.closed : trace.hasInside(place) ? Mark.opened : " "
        let runs = [Run(" " + String(repeating: " ", count: indent) + fold, .dim)] + span.labelRuns
        canvas.draw(runs, at: row.origin, limit: label - 1)
        let line = Rect(column: bars.column, row: row.row, columns: bars.columns, rows: 1)
        drawBar(span, on: &canvas, in: line)
        let text = span.duration(now).text + (span.status == .running ? Mark.ellipsis : "")
        canvas.draw(
            [Run(text, span.isFailure ? span.status.role : .strong)],
            endingAt: Point(column: row.endColumn - 1, row: row.row), limit: Self.durationColumns)
    }

    private func drawBar(_ span: Trace.Span, on canvas: inout Canvas, in line: Rect) {
        let finish = span.end ?? now
        guard let whole = columns(span.start, max(finish, span.start), in: line) else {
            let isBefore = finish < start
            canvas.draw(
                isBefore ? "←" : "→",
                at: Point(column: isBefore ? line.column : line.endColumn - 1, row: line.row), style: Style(.dim),
                limit: 1)
            return
        }
        let style = Style(span.status == .running ? .accent : span.kind.role)
        if span.parts.isEmpty || span.kind == .execution {
            canvas.draw(
                String(repeating: span.kind.texture, count: whole.count),
                at: Point(column: whole.lowerBound, row: line.row), style: style, limit: whole.count)
        }
        for part in span.parts {
            guard let place = columns(part.start, part.end, in: line) else { continue }
            canvas.draw(
                String(repeating: part.kind.texture, count: place.count),
                at: Point(column: place.lowerBound, row: line.row), style: Style(part.kind.role), limit: place.count)
        }
        guard span.isFailure else { return }
        let mark = min(whole.upperBound, line.endColumn - 1)
        canvas.draw(
            span.status.mark, at: Point(column: mark, row: line.row),
            style: Style(span.status.role, on: .background, .bold),
            limit: 1)
    }

    /// At least one column; `nil` for what is outside of what the bars show.
    private func columns(_ from: Timestamp, _ to: Timestamp, in line: Rect) -> Range<Int>? {
        guard line.columns > 0, to >= start, from <= end else { return nil }
        let unit = Double(line.columns) / Double((end - start).count)
        let left = min(max(Int(Double((max(from, start) - start).count) * unit), 0), line.columns - 1)
        let right = min(max(Int((Double((min(to, end) - start).count) * unit).rounded()), left + 1), line.columns)
        return line.column + left..<line.column + right
    }
}

extension Trace {
    func hasInside(_ place: Int) -> Bool {
        spans.indices.contains(place + 1) && spans[place + 1].depth > spans[place].depth
            && spans[place + 1].parent == place
    }

    /// The parts that there are, in the order of their kinds: the legend.
    var legend: [Run] {
        let seen = Set(spans.flatMap { $0.parts.map(\.kind) })
        return Part.Kind.allCases.filter { seen.contains($0) }.flatMap { kind in
            [Run(kind.texture, kind.role), Run(" \(kind.rawValue)  ", .dim)]
        }
    }
}
