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

    /// Writes the printable ASCII that the bytes begin with, one cell each, up to the first cell of a wide character or
    /// the first letter that could have marks.
    ///
    /// - Parameter limit: the most cells to write; these must be in the row.
    /// - Returns: how many bytes were written.
    mutating func writeASCII(
        _ bytes: UnsafeBufferPointer<UInt8>, column: Int, row: Int, limit: Int, style: Style
    ) -> Int {
        let first = row * size.columns + column
        let count = min(bytes.count, limit)
        return cells.withUnsafeMutableBufferPointer { cells in
            var written = 0
            while written < count {
                let byte = bytes[written]
                guard byte >= 0x20, byte < 0x7F, cells[first + written].width == 1 else { return written }
                guard written + 1 == bytes.count || bytes[written + 1] < 0x80 else { return written }
                cells[first + written] = Cell(Unicode.Scalar(byte), style: style)
                written += 1
            }
            return written
        }
    }
}
