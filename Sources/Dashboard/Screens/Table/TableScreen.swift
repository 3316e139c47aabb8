import JSON
import Telemetry
import TelemetryStore
package import Terminal

/// One table: its items, how it did over the window, who called it, its indexes and streams.
package struct TableScreen: Sendable {
    let name: String
    var tab: TableTab
    private(set) var detail: TableDetail?
    /// Answered that the store knows no such table.
    private(set) var isUnknown = false
    private(set) var isAnswered = false
    private(set) var calls: [TableCall] = []
    var browser: ItemBrowser
    var callCursor = ListCursor()
    var indexCursor = ListCursor()
    var streams = EventSourceList()
    var tree: JSONTree?
    private(set) var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init(name: String, tab: TableTab) {
        self.name = name
        self.tab = tab
        browser = ItemBrowser(table: name)
    }

    package var requests: [DataRequest] {
        [.table(name, buckets: 60)] + (tab == .calls ? [.tableCalls(name)] : [])
    }

    mutating func take(_ answer: TableDetail?) {
        (isUnknown, isAnswered) = (answer == nil, true)
        guard let answer else { return }
        let description = answer.summary.table.description
        if description != detail?.summary.table.description || tree == nil {
            tree = JSONTree(description, expandedTo: 2)
        }
        detail = answer
        streams.take(answer.stories)
        indexCursor.clamp(count: answer.summary.table.indexes.count)
    }

    /// The selection stays on its call.
    mutating func take(_ answer: [TableCall]) {
        let selected = selectedCall
        calls = answer
        if callCursor.index > 0, let selected, let place = answer.firstIndex(of: selected) { callCursor.index = place }
        callCursor.clamp(count: answer.count)
    }

    var selectedCall: TableCall? { calls.indices.contains(callCursor.index) ? calls[callCursor.index] : nil }

    mutating func move(by step: Int) {
        switch tab {
        case .calls: callCursor.move(by: step, count: calls.count)
        case .indexes: indexCursor.move(by: step, count: detail?.summary.table.indexes.count ?? 0)
        case .streams: streams.move(by: step)
        case .configuration: if let count = tree?.rowCount { tree?.cursor.move(by: step, count: count) }
        case .items, .overview: break
        }
    }

    package mutating func lay(out rect: Rect) { place = rect }

    var body: Rect {
        Rect(column: place.column, row: place.row + 1, columns: place.columns, rows: place.rows - 1)
    }
}
