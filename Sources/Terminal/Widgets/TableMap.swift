/// Where the parts of a drawn table are, for the mouse and for scrolling.
package struct TableMap: Hashable, Sendable {
    package var header: Rect
    /// The rows' rectangle, without the header.
    package var body: Rect
    package var window: ScrollWindow
    /// The columns that were drawn, with their place on the screen.
    package var columns: [Column]

    package struct Column: Hashable, Sendable {
        package var index: Int
        package var span: Range<Int>
    }

    /// The row of the data at a place of the screen.
    package func row(at point: Point) -> Int? {
        guard body.contains(point) else { return nil }
        let row = window.first + point.row - body.row
        return window.rows.contains(row) ? row : nil
    }

    /// The column whose header is at a place of the screen.
    package func header(at point: Point) -> Int? {
        guard header.contains(point) else { return nil }
        return columns.first { $0.span.contains(point.column) }?.index
    }
}
