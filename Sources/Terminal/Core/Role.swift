/// What a colour means.
///
/// A theme gives each role a colour; screens never name colours.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
    /// Ordinary text and the screen behind it.
    case text, background
    /// Text that matters less: units, time stamps, labels.
    case dim
    /// Text that matters more: names, totals.
    case strong
    /// The one accent: the selected tab, keys in the footer, ids that can be opened.
    case accent
    /// Frames of panes, axes of charts; the frame of the pane that has the focus.
    case border, focus
    case title
    /// Behind the top and bottom lines, behind the selected row, behind a popup.
    case bar, selection, popup
    /// Behind a match of a search.
    case match
    case ok, warn, error
    /// Cold starts and other things that are merely notable.
    case info
    /// JSON and code.
    case key, string, number, keyword
    /// The lines and bars of a chart, in order.
    case series1, series2, series3, series4, series5, series6
    /// A heatmap, from few to many.
    case heat0, heat1, heat2, heat3, heat4, heat5, heat6, heat7
}
