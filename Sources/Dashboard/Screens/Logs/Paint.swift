import Terminal

extension Canvas {
    /// - Returns: the columns used.
    @discardableResult
    mutating func draw(_ runs: [Run], at point: Point, limit: Int, on background: Role? = nil) -> Int {
        var used = 0
        for run in runs where used < limit {
            var style = run.style
            if let background, style.background == .background { style = style.on(background) }
            used += draw(
                run.text, at: Point(column: point.column + used, row: point.row), style: style, limit: limit - used)
        }
        return used
    }

    /// Runs that end at the right edge; nothing is drawn when they do not fit.
    mutating func draw(_ runs: [Run], endingAt point: Point, limit: Int) {
        let width = runs.reduce(0) { $0 + Text.width($1.text) }
        guard width <= limit else { return }
        draw(runs, at: Point(column: point.column - width, row: point.row), limit: width)
    }
}

extension Canvas {
    /// Lines of the log, one row each; the one under the cursor is marked.
    mutating func draw(_ list: LogList, in rect: Rect, isFocused: Bool, hidesInvocation: Bool = false) {
        let painter = LogPainter(list, width: rect.columns, hidesInvocation: hidesInvocation)
        for (row, place) in (list.top..<max(list.rows.count, list.top)).prefix(rect.rows).enumerated() {
            guard let runs = painter.picture(of: place).first else { continue }
            let line = Rect(column: rect.column, row: rect.row + row, columns: rect.columns, rows: 1)
            let isSelected = place == list.cursor
            if isSelected, isFocused { fill(line, Style(.text, on: .selection)) }
            draw(runs, at: line.origin, limit: line.columns, on: isSelected && isFocused ? .selection : nil)
            guard isSelected else { continue }
            draw(
                Mark.selected, at: line.origin, style: Style(.accent, on: isFocused ? .selection : .background),
                limit: 1)
        }
    }

    /// What there is to say where nothing can be shown; the first line is the news.
    mutating func drawNote(_ lines: [String], in rect: Rect) {
        for (row, text) in lines.enumerated() where row + 1 < max(rect.rows, 2) {
            let place = Point(column: rect.column + 2, row: rect.row + min(1, rect.rows - 1) + row)
            draw(text, at: place, style: Style(row == 0 ? .text : .dim), limit: max(rect.columns - 3, 0))
        }
    }

    /// Names and values, as many on a row as fit.
    mutating func draw(_ facts: [InvocationFact], in rect: Rect) {
        for (row, runs) in facts.flow(columns: rect.columns - 2).prefix(rect.rows).enumerated() {
            draw(runs, at: Point(column: rect.column + 1, row: rect.row + row), limit: rect.columns - 1)
        }
    }
}

extension Canvas {
    /// A box with a title and a note.
    ///
    /// - Returns: its inside.
    @discardableResult
    mutating func pane(_ rect: Rect, title: [Run], note: [Run] = [], isFocused: Bool = false) -> Rect {
        Pane(title.styled, note: note.styled, isFocused: isFocused).draw(on: &self, in: rect)
    }

    @discardableResult
    mutating func pane(_ rect: Rect, title: String, note: [Run] = [], isFocused: Bool = false) -> Rect {
        pane(rect, title: [Run(title, isFocused ? .accent : .title, .bold)], note: note, isFocused: isFocused)
    }
}

extension [Run] {
    var styled: StyledText {
        reduce(into: StyledText()) { $0.append($1.text, $1.style) }
    }
}
