import Terminal

extension EventEditor {
    /// - Returns: whether the key may have changed the text.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case .left: moveLeft()
        case .right: moveRight()
        case .up: moveLines(-1)
        case .down: moveLines(1)
        case .pageUp: moveLines(-10)
        case .pageDown: moveLines(10)
        case .home, .control("a"): moveToLineStart()
        case .end: moveToLineEnd()
        default: return change(key)
        }
        return false
    }

    private mutating func change(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(character)
        case .tab: paste("  ")
        case .enter: insertNewline()
        case .backspace: deleteBackward()
        case .delete, .control("d"): deleteForward()
        case .control("k"): deleteToLineEnd()
        case .control("u"), .control("_"): undo()
        case .control("y"), .control("r"): redo()
        default: return false
        }
        return true
    }

    /// The columns of the line numbers.
    func margin(columns: Int) -> Int { columns >= 30 ? max("\(lines.count)".count, 2) + 2 : 0 }

    /// The first line that is shown so that the cursor is, with as little scrolling as needed.
    func top(after top: Int, rows: Int) -> Int {
        ScrollWindow(first: top, visible: max(rows, 1), count: lines.count, showing: cursor.line).first
    }
}

extension Canvas {
    /// The text with line numbers and the cursor.
    mutating func draw(_ editor: EventEditor, top: Int, in place: Rect) {
        let margin = editor.margin(columns: place.columns)
        let digits = max(margin - 2, 0)
        let columns = max(place.columns - margin, 0)
        let cursor = editor.cursor
        let cursorColumn = Text.width(String(editor.lines[cursor.line].prefix(cursor.column)))
        let shift = max(cursorColumn - columns + 1, 0)
        for row in 0..<place.rows where top + row < editor.lines.count {
            let line = top + row
            let point = Point(column: place.column, row: place.row + row)
            if margin > 0 {
                draw(
                    [Run("\(line + 1)", .dim)], endingAt: Point(column: point.column + digits, row: point.row),
                    limit: digits)
            }
            let text = EventInk.runs(String(editor.lines[line].prefix(EventEditor.drawnCharacters)))
            draw(
                text.dropping(columns: shift), at: Point(column: point.column + margin, row: point.row), limit: columns)
        }
        showCursor(at: Point(column: place.column + margin + cursorColumn - shift, row: place.row + cursor.line - top))
    }
}

extension EventEditor {
    /// Of a line; no screen is wider.
    fileprivate static let drawnCharacters = 4000
}
