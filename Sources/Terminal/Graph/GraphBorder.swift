/// The lines around a node.
enum GraphBorder {
    case single, double
    /// Of containers: rounded and dashed.
    case soft
    /// Of what is missing.
    case gone

    /// Top left, top right, bottom left, bottom right, level, upright.
    var scalars: [Unicode.Scalar] {
        switch self {
        case .single: ["┌", "┐", "└", "┘", "─", "│"]
        case .double: ["╔", "╗", "╚", "╝", "═", "║"]
        case .soft: ["╭", "╮", "╰", "╯", "┄", "┆"]
        case .gone: ["┌", "┐", "└", "┘", "┄", "┆"]
        }
    }

    /// The border where a line leaves it.
    static func joined(_ scalar: UInt32, _ direction: BoxLine) -> Unicode.Scalar? {
        switch scalar {
        case 0x2550: direction == .down ? "╤" : "╧"
        case 0x2551: direction == .right ? "╟" : "╢"
        case 0x2500, 0x2504: direction == .down ? "┬" : "┴"
        case 0x2502, 0x2506: direction == .right ? "├" : "┤"
        case 0x2D, 0x7C, 0x3D: "+"
        default: nil
        }
    }
}

extension Canvas {
    mutating func graphBox(_ rect: Rect, _ border: GraphBorder, _ style: Style) {
        let scalars = border.scalars
        let right = rect.endColumn - 1
        let bottom = rect.endRow - 1
        let inside = rect.inset()
        fill(Rect(column: inside.column, row: rect.row, columns: inside.columns, rows: 1), style, with: scalars[4])
        fill(Rect(column: inside.column, row: bottom, columns: inside.columns, rows: 1), style, with: scalars[4])
        fill(Rect(column: rect.column, row: inside.row, columns: 1, rows: inside.rows), style, with: scalars[5])
        fill(Rect(column: right, row: inside.row, columns: 1, rows: inside.rows), style, with: scalars[5])
        put(scalars[0], at: rect.origin, style: style)
        put(scalars[1], at: Point(column: right, row: rect.row), style: style)
        put(scalars[2], at: Point(column: rect.column, row: bottom), style: style)
        put(scalars[3], at: Point(column: right, row: bottom), style: style)
    }

    /// Whether cells of a row are inside of the clip and show nothing.
    func isBlank(from point: Point, columns: Int) -> Bool {
        for column in point.column..<(point.column + max(columns, 0)) {
            let cell = Point(column: column, row: point.row)
            guard clip.contains(cell), frame.bounds.contains(cell), frame[column, point.row].scalar == 0x20 else {
                return false
            }
        }
        return true
    }
}
