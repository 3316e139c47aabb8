/// The lines that leave the middle of a cell; what joins the borders of panes that touch.
struct BoxLine: OptionSet, Hashable {
    let rawValue: UInt8

    static let up = BoxLine(rawValue: 1)
    static let right = BoxLine(rawValue: 2)
    static let down = BoxLine(rawValue: 4)
    static let left = BoxLine(rawValue: 8)
    static let horizontal: BoxLine = [.left, .right]
    static let vertical: BoxLine = [.up, .down]

    /// By raw value.
    private static let scalars: [Unicode.Scalar] = [
        " ", "╵", "╶", "╰", "╷", "│", "╭", "├", "╴", "╯", "─", "┴", "╮", "┤", "┬", "┼",
    ]

    var scalar: Unicode.Scalar { Self.scalars[Int(rawValue & 15)] }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// - Returns: `nil` for a character that is no line of a box.
    init?(scalar: UInt32, isAscii: Bool) {
        switch scalar {
        case 0x2D where isAscii: self = .horizontal
        case 0x7C where isAscii: self = .vertical
        case 0x2B where isAscii: self = [.up, .right, .down, .left]
        case 0x250C: self = [.right, .down]
        case 0x2510: self = [.left, .down]
        case 0x2514: self = [.up, .right]
        case 0x2518: self = [.up, .left]
        default:
            guard scalar > 0x2500 - 1, let index = Self.scalars.firstIndex(where: { $0.value == scalar }) else {
                return nil
            }
            self.init(rawValue: UInt8(index))
        }
    }
}

extension Canvas {
    /// Draws a piece of a border, joined with the border that is there already.
    mutating func put(_ line: BoxLine, at point: Point, style: Style) {
        guard clip.contains(point), frame.bounds.contains(point) else { return }
        let old = frame[point.column, point.row]
        let isBorder = old.style.foreground == .border || old.style.foreground == .focus
        let there = isBorder ? BoxLine(scalar: old.scalar, isAscii: glyphs == .ascii) : nil
        // Where a pane with the focus touches another, its colour wins.
        let shown = old.style.foreground == .focus && there != nil ? Style(.focus) : style
        put(line.union(there ?? []).scalar, at: point, style: shown)
    }

    package mutating func horizontalLine(row: Int, columns: Range<Int>, style: Style = Style(.border)) {
        for column in columns.clamped(to: clip.column..<max(clip.endColumn, clip.column)) {
            put(.horizontal, at: Point(column: column, row: row), style: style)
        }
    }

    package mutating func verticalLine(column: Int, rows: Range<Int>, style: Style = Style(.border)) {
        for row in rows.clamped(to: clip.row..<max(clip.endRow, clip.row)) {
            put(.vertical, at: Point(column: column, row: row), style: style)
        }
    }

    /// Draws a border just inside of the rectangle, joined with what it touches.
    package mutating func box(_ rect: Rect, style: Style = Style(.border)) {
        guard rect.columns > 1, rect.rows > 1 else { return }
        let right = rect.endColumn - 1
        let bottom = rect.endRow - 1
        put([.right, .down], at: rect.origin, style: style)
        put([.left, .down], at: Point(column: right, row: rect.row), style: style)
        put([.right, .up], at: Point(column: rect.column, row: bottom), style: style)
        put([.left, .up], at: Point(column: right, row: bottom), style: style)
        horizontalLine(row: rect.row, columns: (rect.column + 1)..<right, style: style)
        horizontalLine(row: bottom, columns: (rect.column + 1)..<right, style: style)
        verticalLine(column: rect.column, rows: (rect.row + 1)..<bottom, style: style)
        verticalLine(column: right, rows: (rect.row + 1)..<bottom, style: style)
    }
}
