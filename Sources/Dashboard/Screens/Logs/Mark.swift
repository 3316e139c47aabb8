/// The characters that these screens draw with; a terminal without them gets their twins.
enum Mark {
    static let ellipsis = "…"
    static let opened = "▾"
    static let closed = "▸"
    static let ok = "✓"
    static let failed = "✗"
    static let running = "●"
    static let waiting = "◔"
    static let down = "↓"
    static let caret = "▲"
    static let selected = "▌"
    static let marked = "◆"
    static let vertical = "│"
    static let horizontal = "─"
    static let corner = "└"

    /// - Parameter eighths: 1 to 8.
    static func bar(_ eighths: Int) -> String {
        bars[min(max(eighths, 1), bars.count) - 1]
    }

    private static let bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
