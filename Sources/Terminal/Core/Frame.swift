/// A picture of the whole screen as a value: what a screen draws, what tests compare, what the terminal shows.
package struct Frame: Hashable, Sendable {
    package let size: Size
    /// Row after row; `size.columns * size.rows` cells.
    package private(set) var cells: [Cell]
    /// Where the text cursor is shown; hidden when `nil`.
    package var cursor: Point?

    package init(_ size: Size, style: Style = .plain) {
        self.size = size
        cells = Array(repeating: Cell(" ", style: style), count: size.columns * size.rows)
    }

    package var bounds: Rect { Rect(size) }

    package subscript(column: Int, row: Int) -> Cell {
        get { cells[row * size.columns + column] }
        set { cells[row * size.columns + column] = newValue }
    }
}
