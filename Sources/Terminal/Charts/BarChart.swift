/// Bars over time, stacked from the first series up.
package struct BarChart: Sendable {
    package var series: [LineChart.Series]
    package var axis: ValueAxis
    package var time: TimeAxis?
    package var resampling: Resampling

    /// - Parameter resampling: what a column shows that stands for several values; the mean keeps the axis true.
    package init(
        _ series: [LineChart.Series], axis: ValueAxis = .count, time: TimeAxis? = nil, resampling: Resampling = .mean
    ) {
        self.series = series
        self.axis = axis
        self.time = time
        self.resampling = resampling
    }

    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> ChartMap {
        // The width of the labels depends on the maximum, and the maximum on the width: the raw maximum does for both.
        let chart = ChartFrame(on: &canvas, in: rect, axis: axis, maximum: greatest(columns: rect.columns), time: time)
        let columns = series.map { resampling.columns($0.values, count: chart.plot.columns) }
        for column in 0..<chart.plot.columns where chart.plot.rows > 0 {
            let values = columns.map { $0[column] }
            let place = Rect(
                column: chart.plot.column + column, row: chart.plot.row, columns: 1, rows: chart.plot.rows)
            drawBar(values, chart.scale, on: &canvas, in: place)
        }
        return chart.map
    }

    private func greatest(columns: Int) -> Double {
        let count = max(columns, 1)
        let shown = series.map { resampling.columns($0.values, count: count) }
        return (0..<count).map { column in shown.reduce(0) { $0 + max($1[column] ?? 0, 0) } }.max() ?? 0
    }

    private func drawBar(_ values: [Double?], _ scale: ValueScale, on canvas: inout Canvas, in place: Rect) {
        guard values.contains(where: { $0 != nil }) else {
            canvas.put(.dot, at: Point(column: place.column, row: place.endRow - 1), style: Style(.border))
            return
        }
        var tops: [(eighths: Int, role: Role)] = []
        var total = 0.0
        for (value, line) in zip(values, series) {
            guard let value, value > 0 else { continue }
            total += value
            let least = (tops.last?.eighths ?? 0) + 1
            let eighths = Int((scale.fraction(total) * Double(place.rows * 8)).rounded())
            tops.append((min(max(eighths, least), place.rows * 8), line.role))
        }
        for row in 0..<place.rows {
            drawCell(tops, from: row * 8, on: &canvas, at: Point(column: place.column, row: place.endRow - 1 - row))
        }
    }

    /// A cell can show two of the stack: one in front, from below, and one behind it.
    private func drawCell(
        _ tops: [(eighths: Int, role: Role)], from bottom: Int, on canvas: inout Canvas, at point: Point
    ) {
        guard let first = tops.firstIndex(where: { $0.eighths > bottom }) else { return }
        if !canvas.hasColors, series.count > 1, let fill = tops[first].role.plainFill {
            return canvas.put(fill, at: point, style: Style(.text))
        }
        let filled = tops[first].eighths - bottom
        let isFollowed = first + 1 < tops.count && filled < 8
        let behind = isFollowed && canvas.glyphs != .ascii ? tops[first + 1].role : .background
        canvas.put(LevelGlyph.column(filled), at: point, style: Style(tops[first].role, on: behind))
    }
}
