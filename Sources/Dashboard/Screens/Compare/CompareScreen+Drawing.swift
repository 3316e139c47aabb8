import Telemetry
import TelemetryStore
package import Terminal

extension CompareScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let more = rows.count - top - layout.body.rows
        let note = more > 0 ? "\(Mark.down) \(Format.count(more)) more" : onlyDifferences ? "only differences" : ""
        canvas.pane(layout.frame, title: "Comparing", note: [Run(note, .dim)], isFocused: true)
        guard unknown.isEmpty else { return canvas.drawNote(unknownNote, in: layout.body) }
        drawHead(on: &canvas)
        guard !rows.isEmpty else { return canvas.drawNote(["waiting for both"], in: layout.body) }
        for (line, row) in rows.dropFirst(top).prefix(layout.body.rows).enumerated() {
            draw(row, on: &canvas, at: layout.body.row + line)
        }
    }

    private var unknownNote: [String] {
        unknown.map { "\($0.short) is not known" }.sorted()
            + ["it is older than what is kept in memory, or it ran somewhere else", "Esc goes back"]
    }

    private func drawHead(on canvas: inout Canvas) {
        guard layout.head.row >= layout.frame.row, layout.side > 4 else { return }
        for (item, column, isChosen) in [(left, layout.left, !isRight), (right, layout.right, isRight)] {
            if isChosen {
                let place = Rect(column: column, row: layout.head.row, columns: layout.side, rows: 1)
                canvas.fill(place, Style(.text, on: .selection))
                canvas.draw(Mark.selected, at: place.origin, style: Style(.accent, on: .selection))
            }
            canvas.draw(
                title(item), at: Point(column: column + 1, row: layout.head.row), limit: layout.side - 1,
                on: isChosen ? .selection : nil)
        }
    }

    private func draw(_ row: CompareRow, on canvas: inout Canvas, at line: Int) {
        let start = Point(column: layout.body.column + 1, row: line)
        switch row {
        case .heading(let title, let note):
            let rule = String(repeating: Mark.horizontal, count: max(layout.body.columns - 2, 0))
            canvas.draw(rule, at: start, style: Style(.border))
            let runs = [Run("\(title) ", .title, .bold)] + (note.isEmpty ? [] : [Run("\(note) ", .dim)])
            canvas.draw(runs, at: start, limit: max(layout.body.columns - 2, 0))
        case .pair(let pair): draw(pair, on: &canvas, at: line)
        case .bars(let name, let left, let right, let scale):
            let isSame = left?.text == right?.text
            canvas.draw(name, at: start, style: Style(isSame ? .dim : .text), limit: layout.names)
            draw(left, of: scale, on: &canvas, at: Point(column: layout.left, row: line))
            draw(right, of: scale, on: &canvas, at: Point(column: layout.right, row: line))
        case .lines(let pair): draw(pair, on: &canvas, at: line)
        case .whole(let runs): canvas.draw(runs, at: start, limit: max(layout.body.columns - 2, 0))
        }
    }

    private func draw(_ pair: ComparePair, on canvas: inout Canvas, at line: Int) {
        let isNews = !pair.isSame && !pair.isIdentity
        canvas.draw(
            pair.name, at: Point(column: layout.body.column + 1, row: line), style: Style(isNews ? .text : .dim),
            limit: layout.names)
        let role: Role = isNews ? .strong : .dim
        let right = [Run(pair.right, role), Run(pair.difference.isEmpty ? "" : "  \(pair.difference)", .warn)]
        canvas.draw(
            cut([Run(pair.left, role)]), at: Point(column: layout.left, row: line), limit: layout.side)
        canvas.draw(cut(right), at: Point(column: layout.right, row: line), limit: layout.side)
    }

    /// The value gives way to the difference behind it.
    private func cut(_ runs: [Run]) -> [Run] {
        guard let first = runs.first else { return [] }
        let rest = runs.dropFirst().reduce(0) { $0 + Text.width($1.text) }
        return [Run(Text.cut(first.text, to: max(layout.side - rest, 4)), first.style)] + runs.dropFirst()
    }

    private func draw(_ bar: CompareBar?, of scale: Microseconds, on canvas: inout Canvas, at point: Point) {
        guard let bar else { return canvas.drawDot(at: point) }
        let text = Text.width(bar.text)
        let columns = layout.side - Self.barText - 1
        guard columns >= 4 else {
            canvas.draw(bar.text, at: point, style: Style(.strong), limit: layout.side)
            return
        }
        let unit = Double(columns) / Double(max(scale.count, 1))
        let start = min(max(Int(Double(bar.start.count) * unit), 0), columns - 1)
        let length = min(max(Int((Double(bar.duration.count) * unit).rounded()), 1), columns - start)
        canvas.draw(
            String(repeating: Mark.bar(6), count: length), at: Point(column: point.column + start, row: point.row),
            style: Style(bar.role), limit: columns - start)
        canvas.draw(
            bar.text, at: Point(column: point.column + layout.side - min(text, Self.barText), row: point.row),
            style: Style(.strong), limit: Self.barText)
    }

    /// Columns for how long a bar took: `✗ 412 ms ×12 ↻3`.
    private static let barText = 16

    private func draw(_ pair: LogPair, on canvas: inout Canvas, at line: Int) {
        if let delay = pair.delay {
            let isNotable = delay.count.magnitude >= 10_000
            canvas.draw(
                [Run(delay == .zero ? "=" : delay.signedText, isNotable ? .warn : .dim)],
                at: Point(column: layout.body.column + 1, row: line), limit: layout.names)
        } else {
            canvas.draw(
                pair.left == nil ? "only right" : "only left", at: Point(column: layout.body.column + 1, row: line),
                style: Style(.accent), limit: layout.names)
        }
        draw(pair.left, isSame: pair.isSame, on: &canvas, at: Point(column: layout.left, row: line))
        draw(pair.right, isSame: pair.isSame, on: &canvas, at: Point(column: layout.right, row: line))
    }

    private func draw(_ side: LogPair.Side?, isSame: Bool, on canvas: inout Canvas, at point: Point) {
        guard let side else { return canvas.drawDot(at: point) }
        let offset = Run.cell("+\(max(side.offset, .zero).text)", 8, Style(.dim), right: true)
        let style = isSame ? Style(.dim) : LogInk.text(side.level, .plain)
        let text = [Run(Text.cut(String(side.text.prefix { !$0.isNewline }), to: max(layout.side - 9, 0)), style)]
        canvas.draw(offset + text, at: point, limit: layout.side)
    }

    /// All rows, for the clipboard.
    var text: String {
        rows.map { row in
            switch row {
            case .heading(let title, _): "\n\(title)"
            case .pair(let pair): "\(pair.name): \(pair.left) | \(pair.right) \(pair.difference)"
            case .bars(let name, let left, let right, _):
                "\(name): \(left?.text ?? Format.none) | \(right?.text ?? Format.none)"
            case .lines(let pair):
                "\(pair.delay?.signedText ?? ""): \(pair.left?.text ?? Format.none) | \(pair.right?.text ?? Format.none)"
            case .whole(let runs): runs.map(\.text).joined()
            }
        }
        .joined(separator: "\n")
    }
}

extension Canvas {
    fileprivate mutating func drawDot(at point: Point) { draw(Format.none, at: point, style: Style(.dim)) }
}
