import Telemetry
import TelemetryStore
package import Terminal

/// The traces, newest first, with how the selected one went; or who called whom.
package struct TracesScreen: Sendable {
    /// How many rows are asked for at once.
    static let pageCount = 200

    enum View: Hashable, Sendable {
        case list, map
    }

    var view = View.list
    private(set) var page: TracePage?
    private(set) var shown = Trace?.none
    private(set) var filter = TraceQuery.Filter.all
    private(set) var kind: Trace.Kind?
    private(set) var slowerThan: Microseconds?
    var words = TextField("", placeholder: "path, function, state machine, table, error or id")
    var isFiltering = false
    var menu: ChoiceMenu<TraceChoice>?
    private(set) var selected: String?
    private(set) var hasChosen = false
    private(set) var offset = 0
    private(set) var first = 0
    var map = ServiceMapView()
    private(set) var layout = ExecutionsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init() {}

    var query: TraceQuery {
        TraceQuery(
            filter: filter, kind: kind, words: words.text, slowerThan: slowerThan, offset: offset,
            limit: Self.pageCount)
    }

    var rows: [TraceRow] { page?.rows ?? [] }

    var cursor: ListCursor {
        ListCursor(index: selected.flatMap { id in rows.firstIndex { $0.id == id } } ?? 0, first: first)
    }

    var selectedRow: TraceRow? { rows.first { $0.id == selected } ?? rows.first }

    mutating func take(_ page: TracePage) {
        self.page = page
        settle()
    }

    mutating func take(_ trace: Trace?) { shown = trace }

    private mutating func settle() {
        let isGone = selected.map { id in !rows.contains { $0.id == id } } ?? true
        if !hasChosen || isGone { selected = rows.first?.id }
        first = cursor.window(visible: max(layout.table.rows - 1, 0), count: rows.count).first
    }

    /// Leaving the page at its end leads to the next one.
    mutating func move(by step: Int) {
        var cursor = cursor
        let target = cursor.index + step
        if target >= rows.count, offset + rows.count < page?.matching ?? 0, cursor.index == rows.count - 1 {
            return turn(to: offset + Self.pageCount)
        }
        if target < 0, offset > 0, cursor.index == 0 { return turn(to: max(offset - Self.pageCount, 0)) }
        cursor.move(by: step, count: rows.count)
        select(cursor.index)
    }

    private mutating func turn(to offset: Int) { (self.offset, first, hasChosen) = (offset, 0, false) }

    mutating func select(_ index: Int) {
        guard rows.indices.contains(index) else { return }
        // At the top the selection is what is newest, whatever comes.
        hasChosen = index > 0 || offset > 0
        selected = rows[index].id
        settle()
    }

    mutating func moveToFirst() {
        turn(to: 0)
        settle()
    }

    mutating func choose(_ choice: TraceChoice) {
        switch choice {
        case .filter(let filter): self.filter = filter
        case .kind(let kind): self.kind = kind
        case .slower(let time): slowerThan = time
        case .all: clearFilters()
        }
        turn(to: 0)
    }

    mutating func clearFilters() {
        (filter, kind, slowerThan, isFiltering) = (.all, nil, nil, false)
        words = TextField("", placeholder: words.placeholder)
        turn(to: 0)
    }

    var isFiltered: Bool { filter != .all || kind != nil || slowerThan != nil || !words.isEmpty }

    mutating func filterChanged() { turn(to: 0) }

    package mutating func lay(out rect: Rect) {
        layout = ExecutionsLayout(rect)
        map.lay(out: rect)
        settle()
    }
}

/// What the list can be narrowed to.
enum TraceChoice: Hashable, Sendable {
    case filter(TraceQuery.Filter)
    case kind(Trace.Kind)
    case slower(Microseconds)
    case all
}
