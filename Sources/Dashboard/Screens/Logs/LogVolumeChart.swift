import Telemetry
import TelemetryStore
import Terminal

/// How many lines there were, over time: bars with the errors at the bottom, warnings above, the others on top.
struct LogVolumeChart: Hashable {
    var volume: LogVolume
    /// The span that was chosen, as a part of the window.
    var selection: TimeWindow?

    /// Columns for the numbers of the axis, the axis itself among them.
    static let axisColumns = 7

    /// The bars' part of the rectangle.
    static func plot(in rect: Rect) -> Rect {
        Rect(
            column: rect.column + axisColumns, row: rect.row, columns: rect.columns - axisColumns, rows: rect.rows - 1)
    }

    static func bucketCount(columns: Int) -> Int { max(columns - axisColumns, 1) }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        let plot = Self.plot(in: rect)
        guard plot.columns >= 8, plot.rows >= 1 else { return }
        let bars = bars(plot.columns)
        let most = bars.map(\.total).max() ?? 0
        drawAxis(most: most, on: &canvas, plot: plot)
        for (column, bar) in bars.enumerated() where bar.total > 0 {
            draw(
                bar, most: most, column: plot.column + column, isDim: isOutside(column, of: plot.columns), on: &canvas,
                plot)
        }
        drawTimes(on: &canvas, plot: plot)
    }

    struct Bar: Hashable {
        var errors = 0
        var warnings = 0
        var others = 0
        var total: Int { errors + warnings + others }
    }

    /// The buckets, brought to so many columns: counts of several are added up, one that is wider is repeated.
    func bars(_ columns: Int) -> [Bar] {
        let count = volume.buckets.count
        guard count > 0, columns > 0 else { return Array(repeating: Bar(), count: max(columns, 0)) }
        return (0..<columns).map { column in
            let first = column * count / columns
            let end = max((column + 1) * count / columns, first + 1)
            return volume.buckets[first..<end].reduce(into: Bar()) { bar, bucket in
                bar.errors += bucket.errors
                bar.warnings += bucket.warnings
                bar.others += bucket.others
            }
        }
    }

    /// The time at a column of the plot.
    func time(atColumn column: Int, of columns: Int) -> Timestamp {
        let part = Double(min(max(column, 0), columns)) / Double(max(columns, 1))
        return volume.window.start + Microseconds(Int64(Double(volume.window.length.count) * part))
    }

    private func isOutside(_ column: Int, of columns: Int) -> Bool {
        guard let selection else { return false }
        return !selection.contains(time(atColumn: column, of: columns))
    }

    private func draw(_ bar: Bar, most: Int, column: Int, isDim: Bool, on canvas: inout Canvas, _ plot: Rect) {
        let eighths = max(bar.total * plot.rows * 8 / max(most, 1), 1)
        let parts: [(Role, Int)] = [(.error, bar.errors), (.warn, bar.warnings), (.series4, bar.others)]
        var ends: [(role: Role, end: Int)] = []
        var sum = 0
        for (role, count) in parts where count > 0 {
            sum += count
            let least = (ends.last?.end ?? 0) + (role == .error ? 1 : 0)
            ends.append((role, max(sum * eighths / max(bar.total, 1), least)))
        }
        for row in 0..<plot.rows {
            let bottom = row * 8
            let height = min(eighths - bottom, 8)
            guard height > 0 else { return }
            let role = ends.first { $0.end > bottom }?.role ?? ends.last?.role ?? .series1
            let style = Style(isDim ? .border : role)
            let plain = canvas.hasColors ? nil : role.plainFill.map { String($0) }
            canvas.draw(
                plain ?? Mark.bar(height), at: Point(column: column, row: plot.endRow - 1 - row), style: style)
        }
    }

    private func drawAxis(most: Int, on canvas: inout Canvas, plot: Rect) {
        let style = Style(.dim)
        let label = Format.count(most)
        canvas.draw(
            [Run(label, style)], endingAt: Point(column: plot.column - 1, row: plot.row), limit: Self.axisColumns - 1)
        for row in plot.row..<plot.endRow {
            canvas.draw(Mark.vertical, at: Point(column: plot.column - 1, row: row), style: Style(.border))
        }
        let line = String(repeating: Mark.horizontal, count: plot.columns)
        canvas.draw(
            Mark.corner + line, at: Point(column: plot.column - 1, row: plot.endRow), style: Style(.border))
    }

    private func drawTimes(on canvas: inout Canvas, plot: Rect) {
        let width = 8
        let count = max(plot.columns / 24, 1)
        for place in 0...count {
            let column = min(place * plot.columns / count, plot.columns - width)
            guard column >= 0 else { return }
            let time = time(atColumn: place * plot.columns / count, of: plot.columns)
            canvas.draw(
                " \(time.shortClockText) ",
                at: Point(column: plot.column + column - (place == 0 ? 0 : 2), row: plot.endRow),
                style: Style(.dim), limit: width + 2)
        }
    }
}
