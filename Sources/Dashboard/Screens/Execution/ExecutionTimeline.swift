import Telemetry
import TelemetryStore
import Terminal

/// What took how long, after what: a lane a state, each attempt and each wait on one line of time.
struct ExecutionTimeline: Sendable {
    let progress: HistoryProgress
    let start: Timestamp
    let end: Timestamp
    var lanes: [TimelineLane]
    let time: FoldedTime
    /// The lane that is the first on the screen.
    var first = 0
    var selected: Int?

    init(
        _ progress: HistoryProgress, from start: Timestamp, until end: Timestamp, chosen: [String: Int] = [:],
        opened: Set<String> = []
    ) {
        self.progress = progress
        self.start = start
        self.end = max(end, start)
        lanes = TimelineLane.lanes(progress, chosen: chosen, opened: opened)
        var moments: [Int64] = []
        for visit in progress.visits where visit.isOutside {
            moments.append((visit.entered - start).count)
            if let ended = visit.ended { moments.append((ended - start).count) }
            for attempt in visit.attempts {
                moments.append((attempt.scheduled - start).count)
                if let ended = attempt.ended { moments.append((ended - start).count) }
            }
            for item in visit.iterations { moments.append(((item.ended ?? item.started) - start).count) }
        }
        time = FoldedTime(moments, until: (self.end - start).count)
    }

    private static let mostLabel = 26

    private var labelColumns: Int {
        lanes.prefix(first + 200).suffix(200).reduce(4) { max($0, Text.width(label($1)) + 2 * $1.level) }
    }

    /// Where the bars of a rectangle are.
    func bars(in rect: Rect) -> Rect {
        let label = min(labelColumns, Self.mostLabel, max(rect.columns / 3, 4))
        let note = rect.columns >= 60 ? 14 : 9
        return Rect(
            column: rect.column + label + 3, row: rect.row, columns: rect.columns - label - note - 4,
            rows: max(rect.rows - (rect.rows >= 3 ? 1 : 0), 0))
    }

    func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool = false) {
        guard !lanes.isEmpty else { return canvas.drawNote(["no state was entered yet"], in: rect) }
        let bars = bars(in: rect)
        let window = ScrollWindow(first: first, visible: bars.rows, count: lanes.count, showing: selected)
        for (row, index) in window.rows.enumerated() {
            draw(lanes[index], on: &canvas, in: rect.line(row), bars: bars.line(row), isSelected: index == selected)
            guard index == selected else { continue }
            canvas.select(rect.line(row), isFocused: isFocused)
            if isFocused { canvas.put(.selector, at: rect.line(row).origin, style: Style(.accent, on: .selection)) }
        }
        if rect.rows >= 3 {
            drawAxis(on: &canvas, bars: bars, row: rect.row + min(lanes.count, bars.rows))
        }
        ScrollBar(window).draw(
            on: &canvas, in: Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: bars.rows))
    }

    func label(_ lane: TimelineLane) -> String {
        switch lane {
        case .state(let name, _, _): name
        case .iteration(_, let index, _): "#\(index + 1)"
        }
    }

    private func draw(
        _ lane: TimelineLane, on canvas: inout Canvas, in line: Rect, bars: Rect, isSelected: Bool
    ) {
        let indent = min(2 * lane.level, 10)
        let room = bars.column - line.column - 2 - indent
        canvas.draw(
            label(lane), at: Point(column: line.column + 1 + indent, row: line.row),
            style: Style(isSelected ? .strong : .text, on: .background, isSelected ? .bold : []), limit: max(room, 0))
        for segment in segments(lane) { draw(segment, on: &canvas, in: bars) }
        canvas.draw(
            note(lane), endingAt: Point(column: line.endColumn - 1, row: line.row),
            limit: line.endColumn - bars.endColumn)
    }

    private func draw(_ segment: TimelineSegment, on canvas: inout Canvas, in bars: Rect) {
        guard !bars.isEmpty else { return }
        func column(_ moment: Timestamp) -> Int { Int(time.part((moment - start).count) * Double(bars.columns)) }
        let from = min(column(segment.start), bars.columns - 1)
        let to = min(max(column(segment.end), from + 1), bars.columns)
        let space = Rect(column: bars.column + from, row: bars.row, columns: to - from, rows: 1)
        canvas.fill(space, Style(segment.role), with: segment.scalar)
        guard let mark = segment.mark else { return }
        canvas.put(
            mark, at: Point(column: space.endColumn - 1, row: space.row),
            style: Style(segment.role, on: .background, .bold))
    }

    private func note(_ lane: TimelineLane) -> [Run] {
        switch lane {
        case .state(_, let visits, _):
            guard let last = visits.last.map({ progress.visits[$0] }) else { return [] }
            var runs: [Run] = []
            if last.attempts.count > 1 { runs.append(Run("↻\(last.attempts.count) ", .warn)) }
            if visits.count > 1 { runs.append(Run("×\(visits.count) ", .dim)) }
            if last.kind == "Map", last.iterations.count > 0 {
                runs.append(Run("\(Format.count(last.length ?? last.iterations.count))× ", .dim))
            }
            return runs + [Run(duration(last.entered, last.ended), last.isOpen ? .accent : .dim)]
        case .iteration(let map, let index, _):
            let item = progress.visits[map].iterations[index]
            return [Run(duration(item.started, item.ended), item.status == .running ? .accent : .dim)]
        }
    }

    private func duration(_ from: Timestamp, _ to: Timestamp?) -> String { max((to ?? end) - from, .zero).spanText }

    private func drawAxis(on canvas: inout Canvas, bars: Rect, row: Int) {
        guard bars.columns >= 8 else { return }
        let ticks = time.ticks(10 / Double(bars.columns))
        var free = bars.column
        var labels: [(column: Int, text: String)] = []
        for (tick, text) in zip(ticks, DurationAxis.labels(ticks)) {
            labels.append((bars.column + Int(time.part(tick) * Double(bars.columns)), text))
        }
        for piece in time.pieces where piece.isFolded {
            let text = "≈\(Microseconds(piece.end - piece.start).text)"
            labels.append((bars.column + Int(piece.from / time.length * Double(bars.columns)), text))
        }
        for label in labels.sorted(by: { $0.column < $1.column }) {
            let start = min(label.column, bars.endColumn - Text.width(label.text))
            guard start >= free else { continue }
            canvas.draw(label.text, at: Point(column: start, row: row), style: Style(.dim))
            free = start + Text.width(label.text) + 1
        }
    }
}
