import Glibc

/// How often each range of values came, over time: the darker the more, on a logarithmic scale.
package struct HeatmapChart: Sendable {
    /// From the lowest range up.
    package var labels: [String]
    /// A column of time each, with a count for each label; missing ones are 0.
    package var columns: [[Int]]
    package var time: TimeAxis?

    package init(labels: [String], columns: [[Int]], time: TimeAxis? = nil) {
        self.labels = labels
        self.columns = columns
        self.time = time
    }

    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> ChartMap {
        let hasAxes = rect.rows >= 4 && rect.columns >= 16
        let labelWidth = hasAxes ? min(labels.map(Text.width).max() ?? 0, rect.columns / 3) + 1 : 0
        let footRows = hasAxes ? (time == nil ? 0 : 2) : 0
        let plot = Rect(
            column: rect.column + labelWidth, row: rect.row, columns: rect.columns - labelWidth,
            rows: rect.rows - footRows)
        guard !plot.isEmpty, !labels.isEmpty else { return ChartMap(plot: plot) }
        let shown = shownRanges(rows: plot.rows)
        let merged = (shown.count + plot.rows - 1) / plot.rows
        let bands = (shown.count + merged - 1) / merged
        let height = max(plot.rows / bands, 1)
        let cells = counts(bands: bands, merged: merged, from: shown.lowerBound, width: plot.columns)
        let greatest = cells.lazy.flatMap { $0 }.max() ?? 0
        for band in 0..<bands {
            let row = plot.endRow - (band + 1) * height
            let space = Rect(column: plot.column, row: row, columns: plot.columns, rows: height)
            drawBand(cells[band], greatest: greatest, on: &canvas, in: space)
            guard hasAxes else { continue }
            let label = Rect(column: rect.column, row: space.endRow - 1, columns: labelWidth - 1, rows: 1)
            canvas.draw(StyledText(labels[shown.lowerBound + band * merged], .dim), in: label, align: .right)
        }
        if footRows > 0, let time { drawTimes(time, on: &canvas, below: plot) }
        return ChartMap(plot: plot)
    }

    /// All ranges where they have room; else those without a count at the ends are left out before ranges are merged.
    private func shownRanges(rows: Int) -> Range<Int> {
        func isUsed(_ index: Int) -> Bool { columns.contains { $0.indices.contains(index) && $0[index] > 0 } }
        guard labels.count > rows, let first = labels.indices.first(where: isUsed),
            let last = labels.indices.last(where: isUsed)
        else { return labels.indices }
        var (low, high) = (0, labels.count)
        while high - low > rows, low < first || high > last + 1 {
            if first - low > high - last - 1 { low += 1 } else { high -= 1 }
        }
        return low..<high
    }

    /// By band from the lowest up, and by column of the screen.
    private func counts(bands: Int, merged: Int, from lowest: Int, width: Int) -> [[Double]] {
        (0..<bands).map { band in
            let start = lowest + band * merged
            let values = columns.map { column -> Double? in
                (start..<start + merged).reduce(0.0) { sum, index in
                    sum + (column.indices.contains(index) ? Double(max(column[index], 0)) : 0)
                }
            }
            return Resampling.max.columns(values, count: width).map { $0 ?? 0 }
        }
    }

    private func drawBand(_ counts: [Double], greatest: Double, on canvas: inout Canvas, in rect: Rect) {
        for (column, count) in counts.enumerated() where count > 0 {
            let heat = Self.heat(count, greatest: greatest)
            let space = Rect(column: rect.column + column, row: rect.row, columns: 1, rows: rect.rows)
            canvas.fill(space, Style(Self.roles[heat]), with: Self.glyph(heat, canvas))
        }
    }

    /// 0 to 7; anything that was counted at all is visible.
    static func heat(_ count: Double, greatest: Double) -> Int {
        guard count > 0, greatest > 1 else { return count > 0 ? 3 : 0 }
        return min(max(Int(log1p(count) / log1p(greatest) * 8), 0), 7)
    }

    private static let roles: [Role] = [.heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6, .heat7]
    private static let ascii: [Unicode.Scalar] = [".", ":", "-", "=", "+", "*", "#", "@"]
    private static let shades: [Unicode.Scalar] = ["░", "░", "▒", "▒", "▓", "▓", "█", "█"]

    private static func glyph(_ heat: Int, _ canvas: Canvas) -> Unicode.Scalar {
        if canvas.glyphs == .ascii { return ascii[heat] }
        return canvas.hasColors ? "█" : shades[heat]
    }

    private func drawTimes(_ time: TimeAxis, on canvas: inout Canvas, below plot: Rect) {
        canvas.fill(
            Rect(column: plot.column, row: plot.endRow, columns: plot.columns, rows: 1), Style(.border), with: "─")
        var free = plot.column - 1
        for tick in time.ticks(columns: plot.columns) {
            let width = Text.width(tick.label)
            let start = max(min(plot.column + tick.column - width / 2, plot.endColumn - width), plot.column)
            guard start > free else { continue }
            canvas.draw(tick.label, at: Point(column: start, row: plot.endRow + 1), style: Style(.dim))
            free = start + width
        }
    }
}
