import JSON
import Telemetry
import TelemetryStore
package import Terminal

/// One line of the log, whole, with the lines around it.
package struct LogLineScreen: Sendable {
    /// The line that is shown; moving through the lines around it shows another one.
    private(set) var id: UInt64
    private(set) var line: LogLine?
    /// The store answered, and has the line no longer.
    private(set) var isGone = false
    var tree: PayloadView?
    var text = PaneCursor()
    /// The message as rows of the screen.
    private(set) var rows: [[Run]] = []
    private var wrapKey = WrapKey(id: nil, columns: 0)
    var around = LogList()
    /// Only lines of the same invocation are around it.
    private(set) var isOwnOnly = false
    var focus = Focus.message
    var layout = LogLineLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    enum Focus: Hashable { case message, around }

    /// What the rows depend on.
    private struct WrapKey: Hashable {
        var id: UInt64?
        var columns: Int
    }

    init(id: UInt64) { self.id = id }

    /// The line and its surroundings.
    var query: LogQuery {
        LogQuery(filter: aroundFilter, anchor: .around(id), limit: max(layout.around.rows * 2, 20))
    }

    private var aroundFilter: LogFilter {
        guard isOwnOnly, let request = line?.requestID else { return LogFilter() }
        return LogFilter().narrowed("req:\(request)")
    }

    mutating func take(_ page: LogPage, for query: LogQuery) {
        guard query.anchor == .around(id), query.filter == aroundFilter else { return }
        around.show(page)
        guard let found = page.lines.first(where: { $0.id == id }) else {
            isGone = line == nil
            return
        }
        around.select(id: id)
        around.centre()
        show(found)
    }

    private mutating func show(_ line: LogLine) {
        guard line != self.line else { return }
        id = line.id
        self.line = line
        text = PaneCursor()
        let message = Array(line.message[...].trimmingLineEnds)
        tree = line.messageJSON == nil ? nil : PayloadView(Payload(bytes: message, totalCount: message.count))
    }

    mutating func toggleOwnOnly() {
        guard line?.requestID != nil else { return }
        isOwnOnly.toggle()
    }

    /// Shows the line before or after.
    mutating func step(by count: Int) {
        around.step(by: count)
        guard let line = around.selectedLine else { return }
        show(line)
    }

    package mutating func lay(out rect: Rect) {
        let before = layout.around.rows
        layout = LogLineLayout(rect)
        around.resize(height: max(layout.around.rows, 1), heights: [])
        if layout.around.rows != before { around.centre() }
        wrap(to: max(layout.message.columns - 2, 0))
    }

    private mutating func wrap(to columns: Int) {
        let key = WrapKey(id: line?.id, columns: columns)
        guard key != wrapKey else { return }
        wrapKey = key
        rows = tree == nil ? wrapped(to: columns) : []
    }

    private func wrapped(to columns: Int) -> [[Run]] {
        guard let line else { return [] }
        let style = LogInk.text(line.level, .plain)
        let shown = line.message.prefix(Self.shownBytes)
        var rows = [Run(LogInk.decoded(shown), style)].wrapped(to: columns, limit: Self.rowLimit).rows
        if line.message.count > shown.count || rows.count == Self.rowLimit {
            rows.append([Run("\(Mark.ellipsis) \(Format.bytes(line.message.count)) in all; y copies the message", .dim)]
            )
        }
        return rows
    }

    private static let shownBytes = 64 * 1024
    private static let rowLimit = 2000
}

/// Where the parts of the screen are.
struct LogLineLayout: Hashable {
    var head: Rect
    var messageFrame: Rect
    var aroundFrame: Rect

    var message: Rect { Self.inside(messageFrame) }
    var around: Rect { Self.inside(aroundFrame) }

    init(_ rect: Rect) {
        let headRows = rect.rows >= 12 ? (rect.columns >= 110 ? 4 : 5) : min(rect.rows, 1)
        let rest = rect.rows - headRows
        let aroundRows = rest >= 12 ? rest * 2 / 5 : 0
        head = Rect(column: rect.column, row: rect.row, columns: rect.columns, rows: headRows)
        messageFrame = Rect(column: rect.column, row: head.endRow, columns: rect.columns, rows: rest - aroundRows)
        aroundFrame = Rect(column: rect.column, row: messageFrame.endRow, columns: rect.columns, rows: aroundRows)
    }

    private static func inside(_ frame: Rect) -> Rect {
        frame.rows >= 3 && frame.columns >= 8 ? frame.inset() : frame
    }
}
