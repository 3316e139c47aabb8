/// Counts over time in one row: how it goes, at a glance.
///
/// Nothing happened is `·`, nothing known is `╌`. Columns with errors have the colour of errors.
package struct Sparkline: Sendable {
    package var values: [Double?]
    package var errors: [Double?]
    package var resampling: Resampling
    /// What fills the row; the greatest value when `nil`.
    package var maximum: Double?
    package var role: Role

    package init(
        _ values: [Double?], errors: [Double?] = [], resampling: Resampling = .sum, maximum: Double? = nil,
        role: Role = .accent
    ) {
        self.values = values
        self.errors = errors
        self.resampling = resampling
        self.maximum = maximum
        self.role = role
    }

    package init(counts: [Int], errors: [Int] = [], role: Role = .accent) {
        self.init(counts.map(Double.init), errors: errors.map(Double.init), role: role)
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let shown = resampling.columns(values, count: rect.columns)
        let failed = errors.isEmpty ? [] : Resampling.max.columns(errors, count: rect.columns)
        let greatest = maximum ?? shown.lazy.compactMap { $0 }.max() ?? 0
        for (column, value) in shown.enumerated() {
            let place = Point(column: rect.column + column, row: rect.endRow - 1)
            guard let value else {
                canvas.put("╌", at: place, style: Style(.border))
                continue
            }
            guard value > 0, greatest > 0 else {
                canvas.put(.dot, at: place, style: Style(.dim))
                continue
            }
            let level = max(Int((min(value / greatest, 1) * 8).rounded()), 1)
            let hasErrors = column < failed.count && (failed[column] ?? 0) > 0
            canvas.put(LevelGlyph.column(level), at: place, style: Style(hasErrors ? .error : role))
        }
    }
}
