import Telemetry
import TelemetryStore
package import Terminal

/// One invocation: what came in, what went out, what went wrong, what it said and whom it called.
package struct InvocationScreen: Sendable {
    let id: RequestID
    private(set) var detail: InvocationDetail?
    /// The store answered, and does not know it.
    private(set) var isUnknown = false
    private(set) var error: ErrorReport?
    var event = PayloadView(Payload())
    var response = PayloadView(Payload())
    var log = LogList()
    var calls = PaneCursor()
    var trace = PaneCursor()
    var focus = InvocationPane.log
    /// When `r` sent the event again; the invocation that comes of it is opened.
    var replayed: Timestamp?
    var layout = InvocationLayout(Rect(column: 0, row: 0, columns: 80, rows: 20), hasError: false, focus: .log)

    init(id: RequestID) { self.id = id }

    var isRunning: Bool { detail.map { $0.record.end == nil } ?? false }

    /// The panes that there are, in the order that Tab goes through.
    var panes: [InvocationPane] {
        InvocationPane.allCases.filter { pane in
            switch pane {
            case .error: error != nil
            case .phases: layout.phases.isEmpty
            case .log, .event, .response, .calls: true
            }
        }
    }

    /// - Parameter detail: `nil` when the store has no such invocation.
    mutating func take(_ detail: InvocationDetail?) {
        let isFirst = self.detail == nil
        isUnknown = detail == nil
        guard let detail else { return }
        let before = self.detail?.record
        self.detail = detail
        if before?.start.event != detail.record.start.event { event = PayloadView(detail.record.start.event) }
        if before?.end != detail.record.end { take(detail.record.end) }
        takeLines(detail.logLines)
        if isFirst { begin(detail) }
    }

    /// Begins where it matters: at the error, and at the first line that names one.
    private mutating func begin(_ detail: InvocationDetail) {
        focus = error != nil ? .error : .log
        guard detail.record.end != nil, let first = detail.logLines.first else { return }
        log.select(id: detail.logLines.first { $0.level >= .error }?.id ?? first.id)
    }

    private mutating func take(_ end: InvocationEnd?) {
        let wasFailed = error != nil
        error = end.flatMap(ErrorReport.init)
        response = PayloadView(end?.response ?? Payload())
        if error != nil, !wasFailed, focus == .log { focus = .error }
    }

    private mutating func takeLines(_ lines: [LogLine]) {
        var page = LogPage()
        page.lines = lines
        log.show(page)
    }

    package mutating func lay(out rect: Rect) {
        layout = InvocationLayout(rect, hasError: error != nil, focus: focus)
        guard panes.contains(focus) else {
            focus = .log
            return lay(out: rect)
        }
        log.resize(height: max(layout[.log].rows, 1), heights: [])
    }

    /// The lines of the error pane: the message, then the stack.
    func errorLines(columns: Int) -> [[Run]] {
        guard let error else { return [] }
        var runs = [Run(error.type, .error, .bold)]
        if !error.message.isEmpty { runs += [Run(": ", .error), Run(String(error.message.prefix(8000)), .error)] }
        var lines = runs.wrapped(to: columns, limit: 40, atWords: true).rows
        if !error.stackTrace.isEmpty { lines.append([]) }
        for frame in error.stackTrace {
            lines += [Run(frame, frame.isLocation ? .text : .dim)].wrapped(to: columns, limit: 4).rows
        }
        return lines
    }
}

extension String {
    /// A line of a stack trace that names a place rather than showing code.
    fileprivate var isLocation: Bool {
        let text = trimming([" "])
        return text.hasPrefix("File ") || text.hasPrefix("at ")
    }
}

/// The parts of the screen that can have the focus.
enum InvocationPane: String, Hashable, CaseIterable {
    case error, log, event, response, calls, phases
}

/// Where the parts of the screen are: all at once where there is room, else one at a time under tabs.
struct InvocationLayout: Hashable {
    var head: Rect
    var phases: Rect
    /// The row of the tabs; empty when all panes are shown.
    var tabs: Rect
    /// The frames of the panes that are shown.
    var frames: [InvocationPane: Rect] = [:]

    /// The inside of a pane; empty when it is not shown.
    subscript(pane: InvocationPane) -> Rect {
        let frame = frames[pane] ?? Rect(column: 0, row: 0, columns: 0, rows: 0)
        return frame.rows >= 3 && frame.columns >= 8 ? frame.inset() : frame
    }

    var showsAll: Bool { tabs.isEmpty }

    init(_ rect: Rect, hasError: Bool, focus: InvocationPane) {
        let isWide = rect.columns >= 100 && rect.rows >= 28
        let headRows = min(rect.rows >= 12 ? (rect.columns >= 100 ? 4 : 5) : 1, rect.rows)
        head = Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: headRows)
        let phaseRows = rect.rows >= 28 ? 6 : 0
        phases = Rect(column: rect.column, row: head.endRow, columns: rect.columns, rows: phaseRows)
        let rest = Rect(
            column: rect.column, row: phases.endRow, columns: rect.columns, rows: rect.rows - headRows - phaseRows)
        let tabRows = isWide || rest.rows < 4 ? 0 : 1
        tabs = Rect(column: rest.column, row: rest.row, columns: rest.columns, rows: tabRows)
        if isWide {
            splitAll(rest, hasError: hasError)
        } else {
            frames[focus] = Rect(
                column: rest.column, row: rest.row + tabRows, columns: rest.columns, rows: rest.rows - tabRows)
        }
    }

    private mutating func splitAll(_ rest: Rect, hasError: Bool) {
        let logRows = max(rest.rows * 2 / 5, 5)
        let upper = Rect(column: rest.column, row: rest.row, columns: rest.columns, rows: rest.rows - logRows)
        let half = upper.columns / 2
        let left = Rect(column: upper.column, row: upper.row, columns: half, rows: upper.rows)
        let right = Rect(column: left.endColumn, row: upper.row, columns: upper.columns - half, rows: upper.rows)
        split(left, hasError ? .error : .event, hasError ? .event : nil)
        split(right, .response, .calls)
        frames[.log] = Rect(column: rest.column, row: upper.endRow, columns: rest.columns, rows: logRows)
    }

    private mutating func split(_ rect: Rect, _ first: InvocationPane, _ second: InvocationPane?) {
        let rows = second == nil ? rect.rows : (rect.rows + 1) / 2
        frames[first] = Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: rows)
        guard let second else { return }
        frames[second] = Rect(column: rect.column, row: rect.row + rows, columns: rect.columns, rows: rect.rows - rows)
    }
}
