/// Rows of aligned columns, of which only the visible ones are asked for.
package struct Table: Sendable {
    package var columns: [TableColumn]
    package var rowCount: Int
    package var cursor: ListCursor
    package var sort: Sort?
    package var isFocused: Bool
    /// Without it there is no bar behind the selected row.
    package var showsSelection = true
    package var showsHeader = true
    /// Shown in the middle when there are no rows.
    package var emptyText = ""
    /// Columns of space between columns.
    package var gap = 2

    package struct Sort: Hashable, Sendable {
        package var column: Int
        package var isDescending: Bool

        package init(column: Int, isDescending: Bool) {
            self.column = column
            self.isDescending = isDescending
        }
    }

    package init(
        _ columns: [TableColumn], rowCount: Int, cursor: ListCursor = ListCursor(), sort: Sort? = nil,
        isFocused: Bool = true
    ) {
        self.columns = columns
        self.rowCount = rowCount
        self.cursor = cursor
        self.sort = sort
        self.isFocused = isFocused
    }

    /// - Parameter cell: asked once for each visible cell, by row and column.
    /// - Returns: where everything is; keep its `window.first` in the cursor to scroll as little as needed.
    @discardableResult
    package func draw(
        on canvas: inout Canvas, in rect: Rect, cell: (_ row: Int, _ column: Int) -> TableCell
    ) -> TableMap {
        let map = layout(in: rect)
        guard !rect.isEmpty else { return map }
        if showsHeader { drawHeader(on: &canvas, map) }
        if rowCount == 0, !emptyText.isEmpty { drawEmpty(on: &canvas, in: map.body) }
        for (place, row) in map.window.rows.enumerated() {
            drawRow(row, on: &canvas, in: map.body.line(place), map, cell)
        }
        if map.window.isScrolling { ScrollBar(map.window).draw(on: &canvas, in: map.body) }
        return map
    }

    /// Where everything would be.
    package func layout(in rect: Rect) -> TableMap {
        let headerRows = showsHeader && rect.rows > 1 ? 1 : 0
        let body = Rect(
            column: rect.column, row: rect.row + headerRows, columns: rect.columns, rows: rect.rows - headerRows)
        let window = cursor.window(visible: body.rows, count: rowCount)
        // A column at the left for the selection's mark, one at the right for the scroll bar.
        let width = max(rect.columns - 1 - (window.isScrolling ? 1 : 0), 0)
        let spans = TableColumn.spans(of: columns, in: width, gap: gap)
        return TableMap(
            header: Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: headerRows),
            body: body,
            window: window,
            columns: spans.map { index, span in
                TableMap.Column(
                    index: index, span: (span.lowerBound + rect.column + 1)..<(span.upperBound + rect.column + 1))
            }
        )
    }

    private func drawHeader(on canvas: inout Canvas, _ map: TableMap) {
        for column in map.columns {
            let isSorted = sort?.column == column.index
            let described = columns[column.index]
            let style = Style(isSorted ? .accent : .dim, on: .background, .bold)
            let space = Rect(
                column: column.span.lowerBound, row: map.header.row, columns: column.span.count,
                rows: map.header.rows)
            let title = StyledText(described.title, style)
            canvas.draw(title, in: space, align: described.alignment)
            guard let sort, isSorted, space.rows > 0 else { continue }
            let end = described.alignment == .right ? space.columns : min(title.width, space.columns)
            canvas.clipped(to: map.header) {
                $0.put(
                    sort.isDescending ? .triangleDown : .triangleUp,
                    at: Point(column: space.column + end, row: space.row), style: style)
            }
        }
    }

    private func drawEmpty(on canvas: inout Canvas, in rect: Rect) {
        canvas.draw(StyledText(emptyText, .dim), in: rect, row: rect.rows / 3, align: .middle)
    }

    private func drawRow(
        _ row: Int, on canvas: inout Canvas, in rect: Rect, _ map: TableMap, _ cell: (Int, Int) -> TableCell
    ) {
        for column in map.columns {
            let space = Rect(column: column.span.lowerBound, row: rect.row, columns: column.span.count, rows: 1)
            switch cell(row, column.index) {
            case .text(let text): canvas.draw(text, in: space, align: columns[column.index].alignment)
            case .drawn(let draw): canvas.clipped(to: space) { draw(&$0, space) }
            }
        }
        guard showsSelection, row == min(cursor.index, rowCount - 1) else { return }
        canvas.select(rect, isFocused: isFocused)
        guard isFocused else { return }
        canvas.put(.selector, at: rect.origin, style: Style(.accent, on: .selection))
    }
}
