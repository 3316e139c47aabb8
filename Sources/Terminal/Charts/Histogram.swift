/// Counts of classes as horizontal bars, one row each.
package struct Histogram: Sendable {
    package struct Row: Hashable, Sendable {
        package var label: String
        package var count: Int
        package var role: Role
        /// Stands behind the bar.
        package var text: String

        /// - Parameter text: the count when `nil`.
        package init(_ label: String, _ count: Int, role: Role = .accent, text: String? = nil) {
            self.label = label
            self.count = count
            self.role = role
            self.text = text ?? (count == 0 ? Format.none : Format.count(count))
        }
    }

    package var rows: [Row]

    package init(_ rows: [Row]) {
        self.rows = rows
    }

    package func draw(on canvas: inout Canvas, in rect: Rect) {
        let shown = rows.prefix(rect.rows)
        let labelWidth = min(shown.map { Text.width($0.label) }.max() ?? 0, rect.columns / 3)
        let countWidth = shown.map { Text.width($0.text) }.max() ?? 0
        let room = rect.columns - labelWidth - countWidth - 2
        let greatest = Double(rows.map(\.count).max() ?? 0)
        for (index, row) in shown.enumerated() {
            let line = rect.line(index)
            let label = Rect(column: line.column, row: line.row, columns: labelWidth, rows: 1)
            canvas.draw(StyledText(row.label, .dim), in: label, align: .right)
            guard room > 0 else { continue }
            let bar = Rect(column: line.column + labelWidth + 1, row: line.row, columns: room, rows: 1)
            if greatest > 0 {
                canvas.horizontalBar(Double(max(row.count, 0)) / greatest, in: bar, style: Style(row.role))
            }
            let count = Rect(column: bar.endColumn + 1, row: line.row, columns: countWidth, rows: 1)
            canvas.draw(StyledText(row.text), in: count, align: .right)
        }
    }
}
