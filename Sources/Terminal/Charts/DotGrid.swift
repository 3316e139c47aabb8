/// Dots that are smaller than cells: braille (2 by 4), half blocks (1 by 2) or characters.
struct DotGrid {
    let columns: Int
    let rows: Int
    let glyphs: Glyphs
    private var masks: [UInt8]
    private var roles: [Role]

    init(_ size: Size, glyphs: Glyphs) {
        columns = size.columns
        rows = size.rows
        self.glyphs = glyphs
        masks = Array(repeating: 0, count: columns * rows)
        roles = Array(repeating: .text, count: columns * rows)
    }

    var dotsAcross: Int { glyphs == .unicode ? 2 : 1 }

    var dotsDown: Int {
        switch glyphs {
        case .unicode: 4
        case .blocks: 2
        case .ascii: 1
        }
    }

    var width: Int { columns * dotsAcross }
    var height: Int { rows * dotsDown }

    /// Row 0 is the top. Dots outside are left out.
    mutating func set(_ x: Int, _ y: Int, role: Role) {
        guard x >= 0, x < width, y >= 0, y < height else { return }
        let cell = y / dotsDown * columns + x / dotsAcross
        masks[cell] |= bit(x % dotsAcross, y % dotsDown)
        roles[cell] = role
    }

    private func bit(_ x: Int, _ y: Int) -> UInt8 {
        guard glyphs == .unicode else { return 1 << UInt8(y) }
        // Braille numbers its dots down the left, down the right, and then the two of the fourth row.
        return y == 3 ? (x == 0 ? 0x40 : 0x80) : 1 << UInt8(y + 3 * x)
    }

    func draw(on canvas: inout Canvas, at origin: Point) {
        for row in 0..<rows {
            for column in 0..<columns where masks[row * columns + column] != 0 {
                let cell = row * columns + column
                let isPlain = glyphs == .ascii || !canvas.hasColors
                canvas.put(
                    isPlain ? roles[cell].plainDot : scalar(masks[cell]),
                    at: Point(column: origin.column + column, row: origin.row + row), style: Style(roles[cell]))
            }
        }
    }

    private func scalar(_ mask: UInt8) -> Unicode.Scalar {
        guard glyphs == .unicode else { return mask == 1 ? "▀" : mask == 2 ? "▄" : "█" }
        return Unicode.Scalar(0x2800 + UInt32(mask)) ?? " "
    }
}
