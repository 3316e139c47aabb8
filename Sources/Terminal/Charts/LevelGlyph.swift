/// Blocks that fill a part of a cell, in eighths.
enum LevelGlyph {
    private static let vertical: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let horizontal: [Unicode.Scalar] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

    /// Filled from below.
    static func column(_ eighths: Int) -> Unicode.Scalar { vertical[min(max(eighths, 0), 8)] }

    /// Filled from the left.
    static func row(_ eighths: Int, _ glyphs: Glyphs) -> Unicode.Scalar {
        // In ASCII the selection's mark must not look like half a bar.
        guard glyphs == .ascii else { return horizontal[min(max(eighths, 0), 8)] }
        return eighths >= 4 ? "#" : " "
    }
}

extension Canvas {
    /// A bar from the left edge; at least an eighth when there is anything.
    func horizontalEighths(_ fraction: Double, columns: Int) -> Int {
        guard fraction.isFinite, fraction > 0, columns > 0 else { return 0 }
        return max(Int((min(fraction, 1) * Double(columns) * 8).rounded()), 1)
    }

    mutating func horizontalBar(_ fraction: Double, in rect: Rect, style: Style) {
        let eighths = horizontalEighths(fraction, columns: rect.columns)
        for column in 0..<rect.columns where eighths > column * 8 && rect.rows > 0 {
            put(
                LevelGlyph.row(eighths - column * 8, glyphs),
                at: Point(column: rect.column + column, row: rect.row), style: style)
        }
    }
}
