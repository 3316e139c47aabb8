/// What a cell of a table shows.
package enum TableCell {
    case text(StyledText)
    /// Draws itself: a sparkline, a meter.
    case drawn((inout Canvas, Rect) -> Void)

    package static func text(_ text: String, _ role: Role = .text) -> TableCell {
        .text(StyledText(text, role))
    }
}
