/// The axes of a chart and where the plot inside them is.
struct ChartFrame {
    let plot: Rect
    let scale: ValueScale

    /// Draws the axes; in a small rectangle there are none.
    init(on canvas: inout Canvas, in rect: Rect, axis: ValueAxis, maximum: Double, time: TimeAxis?) {
        let hasAxes = rect.rows >= 4 && rect.columns >= 16
        let footRows = hasAxes ? (time == nil ? 1 : 2) : 0
        scale = axis.scale(maximum: maximum, rows: rect.rows - footRows)
        guard hasAxes else {
            plot = rect
            return
        }
        let labels = axis.labels(scale.ticks)
        let labelWidth = min(labels.map(Text.width).max() ?? 0, rect.columns / 3)
        plot = Rect(
            column: rect.column + labelWidth + 2, row: rect.row, columns: rect.columns - labelWidth - 2,
            rows: rect.rows - footRows)
        drawLines(on: &canvas)
        for (tick, label) in zip(scale.ticks, labels) {
            // The lowest tick stands in the plot's last row, as the axis has the row below it.
            let row = plot.endRow - 1 - Int((scale.fraction(tick) * Double(plot.rows - 1)).rounded())
            let space = Rect(column: rect.column, row: row, columns: labelWidth, rows: 1)
            canvas.draw(StyledText(label, .dim), in: space, align: .right)
            canvas.put("┤", at: Point(column: plot.column - 1, row: row), style: Style(.border))
        }
        if let time { drawTimes(time, on: &canvas) }
    }

    private func drawLines(on canvas: inout Canvas) {
        let style = Style(.border)
        for row in plot.row..<plot.endRow {
            canvas.put("│", at: Point(column: plot.column - 1, row: row), style: style)
        }
        canvas.put("└", at: Point(column: plot.column - 1, row: plot.endRow), style: style)
        for column in plot.column..<plot.endColumn {
            canvas.put("─", at: Point(column: column, row: plot.endRow), style: style)
        }
    }

    private func drawTimes(_ time: TimeAxis, on canvas: inout Canvas) {
        var free = plot.column - 2
        for tick in time.ticks(columns: plot.columns) {
            let width = Text.width(tick.label)
            let start = min(plot.column + tick.column - width / 2, plot.endColumn - width)
            canvas.put("┴", at: Point(column: plot.column + tick.column, row: plot.endRow), style: Style(.border))
            guard start >= free else { continue }
            canvas.draw(tick.label, at: Point(column: start, row: plot.endRow + 1), style: Style(.dim))
            free = start + width + 1
        }
    }

    var map: ChartMap { ChartMap(plot: plot) }
}

/// Where the plot of a chart is, for dragging over it.
package struct ChartMap: Hashable, Sendable {
    package var plot: Rect

    /// How far along the time axis a place is, from 0 to 1; `nil` outside of the plot.
    package func fraction(at point: Point) -> Double? {
        guard plot.contains(point), plot.columns > 0 else { return nil }
        return (Double(point.column - plot.column) + 0.5) / Double(plot.columns)
    }
}
