import Telemetry
import TelemetryStore
package import Terminal

/// Is anything wrong, and where: a row a function, and the selected one's latency and latest invocations below.
package struct FunctionsScreen: Sendable {
    private(set) var overview: Overview?
    private(set) var detail: FunctionDetail?
    private(set) var list = LiveRows<FunctionColumn>(sortedBy: .errors)
    var focus = FunctionsPane.functions
    var showsHeatmap = true
    var latest = ListCursor()
    /// The pane in focus has the whole screen.
    private(set) var isZoomed = false
    private(set) var layout = FunctionsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init() {}

    /// The names that are shown, in order.
    var order: [String] { list.order }
    var selected: String? { list.selected }

    /// The selected function's data, and not what is left of another's.
    var shownDetail: FunctionDetail? {
        detail.flatMap { $0.summary.function.name == selected ? $0 : nil }
    }

    mutating func take(_ answer: Overview) {
        overview = answer
        change { $0.take(answer.functions, at: answer.window.end) }
    }

    mutating func take(_ answer: FunctionDetail?) {
        detail = answer
        latest.clamp(count: answer?.latest.count ?? 0)
    }

    /// What is below starts anew when another function is selected.
    @discardableResult
    mutating func change<Result>(_ change: (inout LiveRows<FunctionColumn>) -> Result) -> Result {
        let before = selected
        let result = change(&list)
        if selected != before { latest = ListCursor() }
        return result
    }

    mutating func move(by step: Int, at time: Timestamp) {
        guard focus == .functions else { return latest.move(by: step, count: detail?.latest.count ?? 0) }
        change { $0.move(by: step, at: time) }
    }

    package mutating func lay(out rect: Rect) {
        layout = FunctionsLayout(
            rect, functions: overview?.functions.count ?? 1, zoomed: isZoomed ? focus : nil)
        // What is not shown has no focus.
        if layout.latestFrame.isEmpty { focus = .functions }
        let visible = layout.table.rows - 1
        change { $0.lay(out: visible) }
    }

    mutating func zoom() { isZoomed.toggle() }
}

enum FunctionsPane: Hashable, Sendable {
    case functions, latest
}

/// Where the parts of the screen are; what has no room is empty.
struct FunctionsLayout: Hashable, Sendable {
    var tableFrame: Rect
    var chartFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var sideFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var latestFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var table: Rect { Pane.inside(tableFrame) }
    var latest: Rect { Pane.inside(latestFrame) }

    init(_ rect: Rect, functions: Int = 0, zoomed: FunctionsPane? = nil) {
        guard zoomed == nil else {
            tableFrame = zoomed == .functions ? rect : Rect(column: rect.column, row: rect.row, columns: 0, rows: 0)
            if zoomed == .latest { latestFrame = rect }
            return
        }
        let wanted = min(max(functions + 3, 7), max(rect.rows * 2 / 5, 7))
        // Without a function there is nothing to show of it.
        guard rect.rows >= 18, functions > 0 else {
            tableFrame = rect
            return
        }
        let parts: [Rect]
        if rect.rows < 30, functions > 6 {
            // Where little fits, all functions are worth more than the selected one's latest calls.
            parts = rect.splitRows(.fixed(min(functions + 3, rect.rows - 8)), .share(), .fixed(0))
        } else {
            parts = rect.splitRows(
                .fixed(rect.rows < 30 ? min(wanted, 9) : wanted), .share(3, atLeast: 8),
                .share(2, atLeast: rect.rows < 24 ? 0 : 5))
        }
        tableFrame = parts[0]
        latestFrame = parts[2]
        guard rect.columns >= 100 else {
            chartFrame = parts[1]
            return
        }
        let halves = parts[1].splitColumns(.share(3), .share(2), gap: 1)
        chartFrame = halves[0]
        sideFrame = halves[1]
    }
}
