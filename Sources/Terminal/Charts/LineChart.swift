/// Lines over time, each value of equal length in time.
package struct LineChart: Sendable {
    package struct Series: Hashable, Sendable {
        /// `nil` where nothing is known: the line breaks there.
        package var values: [Double?]
        package var role: Role

        package init(_ values: [Double?], role: Role) {
            self.values = values
            self.role = role
        }
    }

    /// The last one is drawn over the others.
    package var series: [Series]
    package var axis: ValueAxis
    package var time: TimeAxis?
    /// Where something notable happened, as parts of the whole from 0 to 1: `▲` on the time axis.
    package var marks: [Double] = []
    package var markRole = Role.info
    /// What was not seen, as parts of the whole from 0 to 1: hatched.
    package var gaps: [ClosedRange<Double>] = []

    package init(_ series: [Series], axis: ValueAxis, time: TimeAxis? = nil) {
        self.series = series
        self.axis = axis
        self.time = time
    }

    @discardableResult
    package func draw(on canvas: inout Canvas, in rect: Rect) -> ChartMap {
        let greatest = series.lazy.flatMap(\.values).compactMap { $0 }.filter(\.isFinite).max() ?? 0
        let chart = ChartFrame(on: &canvas, in: rect, axis: axis, maximum: greatest, time: time)
        guard !chart.plot.isEmpty else { return chart.map }
        drawGaps(on: &canvas, chart)
        var grid = DotGrid(chart.plot.size, glyphs: canvas.glyphs)
        for line in series { plot(line, chart.scale, into: &grid) }
        grid.draw(on: &canvas, at: chart.plot.origin)
        drawMarks(on: &canvas, chart, in: rect)
        return chart.map
    }

    private func drawGaps(on canvas: inout Canvas, _ chart: ChartFrame) {
        let plot = chart.plot
        for gap in gaps where gap.lowerBound.isFinite && gap.upperBound.isFinite {
            let first = Int(min(max(gap.lowerBound, 0), 1) * Double(plot.columns - 1))
            let last = Int(min(max(gap.upperBound, 0), 1) * Double(plot.columns - 1))
            canvas.fill(
                Rect(column: plot.column + first, row: plot.row, columns: last - first + 1, rows: plot.rows),
                Style(.border), with: "░")
        }
    }

    private func drawMarks(on canvas: inout Canvas, _ chart: ChartFrame, in rect: Rect) {
        guard chart.plot.endRow < rect.endRow else { return }
        for mark in marks where mark >= 0 && mark <= 1 {
            let column = min(Int(mark * Double(chart.plot.columns)), chart.plot.columns - 1)
            canvas.put(
                .triangleUp, at: Point(column: chart.plot.column + column, row: chart.plot.endRow),
                style: Style(markRole))
        }
    }

    private func plot(_ line: Series, _ scale: ValueScale, into grid: inout DotGrid) {
        var previous: Int?
        for (x, value) in points(of: line.values, count: grid.width).enumerated() {
            guard let value else {
                previous = nil
                continue
            }
            let y = grid.height - 1 - Int((scale.fraction(value) * Double(grid.height - 1)).rounded())
            grid.set(x, y, role: line.role)
            // The half of a steep step that lies nearer belongs to each of the two columns.
            if let previous, abs(previous - y) > 1 {
                let middle = (previous + y) / 2
                for step in min(previous, middle)...max(previous, middle) { grid.set(x - 1, step, role: line.role) }
                for step in min(y, middle)...max(y, middle) { grid.set(x, step, role: line.role) }
            }
            previous = y
        }
    }

    /// One value a column of dots: the greatest of several, or on the line between two.
    private func points(of values: [Double?], count: Int) -> [Double?] {
        guard values.count < count else { return Resampling.max.columns(values, count: count) }
        guard !values.isEmpty else { return [] }
        return (0..<count).map { x in
            let place = (Double(x) + 0.5) / Double(count) * Double(values.count) - 0.5
            let nearest = min(max(Int(place.rounded()), 0), values.count - 1)
            guard let here = values[nearest], here.isFinite else { return nil }
            let other = place < Double(nearest) ? nearest - 1 : nearest + 1
            guard values.indices.contains(other), let there = values[other], there.isFinite else { return here }
            let part = abs(place - Double(nearest))
            return here * (1 - part) + there * part
        }
    }
}
