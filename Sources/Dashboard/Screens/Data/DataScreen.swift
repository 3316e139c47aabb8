import Telemetry
import TelemetryStore
package import Terminal

/// A row a table, and the selected one's charts below.
package struct DataScreen: Sendable {
    private(set) var overview: TablesOverview?
    private(set) var detail: TableDetail?
    var list = LiveRows<DataColumn>(sortedBy: .errors)
    private(set) var layout = DataLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init() {}

    var selected: String? { list.selected }

    /// The selected table's data, and not what is left of another's.
    var shownDetail: TableDetail? { detail.flatMap { $0.summary.table.name == selected ? $0 : nil } }

    mutating func take(_ answer: TablesOverview) {
        overview = answer
        list.take(answer.tables, at: answer.window.end)
    }

    mutating func take(_ answer: TableDetail?) { detail = answer }

    package mutating func lay(out rect: Rect) {
        layout = DataLayout(rect, tables: overview?.tables.count ?? 0)
        list.lay(out: layout.table.rows - 1)
    }
}

/// Where the parts of the screen are; what has no room is empty.
struct DataLayout: Hashable, Sendable {
    var tableFrame: Rect
    var latencyFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var requestsFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var table: Rect { Pane.inside(tableFrame) }

    init(_ rect: Rect, tables: Int = 0) {
        guard rect.rows >= 18 else {
            tableFrame = rect
            return
        }
        let wanted = min(max(tables + 3, 7), rect.rows * 3 / 5)
        let parts = rect.splitRows(.fixed(rect.rows < 30 ? min(wanted, rect.rows - 9) : wanted), .share(1, atLeast: 8))
        tableFrame = parts[0]
        guard rect.columns >= 100 else {
            latencyFrame = parts[1]
            return
        }
        let halves = parts[1].splitColumns(.share(3), .share(2), gap: 1)
        latencyFrame = halves[0]
        requestsFrame = halves[1]
    }
}
