import Telemetry
import TelemetryStore
package import Terminal

/// The traces, newest first, with how the selected one went; or who called whom.
package struct TracesScreen: Sendable {
    enum View: Hashable, Sendable {
        case list, map
    }

    var view = View.list
    private(set) var page: TracePage?
    private(set) var shown = Trace?.none
    private(set) var filter = TraceQuery.Filter.all
    private(set) var kind: Trace.Kind?
    private(set) var slowerThan: Microseconds?
    var words = FilterField(placeholder: "path, function, state machine, table, error or id")
    var menu: ChoiceMenu<TraceChoice>?
    var list = PagedRows<TraceRow>()
    var map = ServiceMapView()
    private(set) var layout = ExecutionsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init() {}

    var query: TraceQuery {
        TraceQuery(
            filter: filter, kind: kind, words: words.text, slowerThan: slowerThan, offset: list.offset,
            limit: PagedRows<TraceRow>.pageCount)
    }

    var rows: [TraceRow] { list.rows }

    mutating func take(_ page: TracePage) {
        self.page = page
        list.take(page.rows, matching: page.matching)
    }

    mutating func take(_ trace: Trace?) { shown = trace }

    mutating func choose(_ choice: TraceChoice) {
        switch choice {
        case .filter(let filter): self.filter = filter
        case .kind(let kind): self.kind = kind
        case .slower(let time): slowerThan = time
        case .words(let text): words.set(text)
        case .all: clearFilters()
        }
        list.restart()
    }

    mutating func clearFilters() {
        (filter, kind, slowerThan) = (.all, nil, nil)
        words.clear()
        list.restart()
    }

    var isFiltered: Bool { filter != .all || kind != nil || slowerThan != nil || !words.isEmpty }

    package mutating func lay(out rect: Rect) {
        layout = ExecutionsLayout(rect)
        map.lay(out: rect)
        list.lay(out: layout.table.rows - 1)
    }
}

/// What the list can be narrowed to.
enum TraceChoice: Hashable, Sendable {
    case filter(TraceQuery.Filter)
    case kind(Trace.Kind)
    case slower(Microseconds)
    case words(String)
    case all
}

extension TraceRow: ListedRow {
    var rowID: String { id }
}

extension TracesScreen: NarrowedList {
    mutating func wordsChanged() { list.restart() }

    mutating func move(by step: Int, _ context: ScreenContext) { list.move(by: step) }
}
