import Telemetry
import TelemetryStore
package import Terminal

/// The executions of all machines, or of one, newest first; below them how the selected one went.
package struct ExecutionsScreen: Sendable {
    /// How many rows are asked for at once.
    static let pageCount = 200

    let machine: String?
    var page: ExecutionPage?
    private(set) var statuses: Set<ExecutionStatus> = []
    /// Chosen with `f`; ``machine`` is what the screen was opened for.
    private(set) var onlyMachine: String?
    var filter = TextField("", placeholder: "name, machine, state or error")
    var isFiltering = false
    var menu: ChoiceMenu<ExecutionFilter>?
    /// The ARN that is selected, wherever it stands.
    private(set) var selected: String?
    private(set) var hasChosen = false
    private(set) var offset = 0
    private(set) var first = 0
    /// What the selected one did, while its history is asked for.
    private(set) var detail: ExecutionDetail?
    private(set) var layout = ExecutionsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init(machine: String?) {
        self.machine = machine
        onlyMachine = machine
    }

    var query: ExecutionQuery {
        ExecutionQuery(
            machine: onlyMachine, statuses: statuses, words: filter.text, offset: offset, limit: Self.pageCount)
    }

    var rows: [ExecutionRow] { page?.rows ?? [] }

    var cursor: ListCursor {
        ListCursor(index: selected.flatMap { arn in rows.firstIndex { $0.arn == arn } } ?? 0, first: first)
    }

    var selectedRow: ExecutionRow? { rows.first { $0.arn == selected } ?? rows.first }

    /// The machine that is filtered by, or that of the selected row.
    var machineARN: String? { onlyMachine ?? selectedRow?.machineARN ?? page?.machines.first?.arn }

    var shownDetail: ExecutionDetail? { detail.flatMap { $0.start.arn == selectedRow?.arn ? $0 : nil } }

    mutating func take(_ page: ExecutionPage) {
        self.page = page
        settle()
    }

    mutating func take(_ detail: ExecutionDetail?) { self.detail = detail }

    private mutating func settle() {
        let isGone = selected.map { arn in !rows.contains { $0.arn == arn } } ?? true
        if !hasChosen || isGone { selected = rows.first?.arn }
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
        guard rows.indices.contains(cursor.index) else { return }
        select(cursor.index)
    }

    private mutating func turn(to offset: Int) {
        (self.offset, first, hasChosen) = (offset, 0, false)
    }

    mutating func select(_ index: Int) {
        guard rows.indices.contains(index) else { return }
        // At the top the selection is what is newest, whatever comes.
        hasChosen = index > 0 || offset > 0
        selected = rows[index].arn
        settle()
    }

    mutating func moveToFirst() {
        turn(to: 0)
        settle()
    }

    mutating func choose(_ filter: ExecutionFilter) {
        switch filter {
        case .status(let chosen): statuses = chosen
        case .machine(let arn): onlyMachine = arn
        case .all: clearFilters()
        }
        turn(to: 0)
    }

    mutating func clearFilters() {
        (statuses, onlyMachine, isFiltering) = ([], machine, false)
        filter = TextField("", placeholder: filter.placeholder)
        turn(to: 0)
    }

    var isFiltered: Bool { !statuses.isEmpty || onlyMachine != machine || !filter.isEmpty }

    mutating func filterChanged() { turn(to: 0) }

    package mutating func lay(out rect: Rect) {
        layout = ExecutionsLayout(rect)
        settle()
    }
}

/// What the list can be narrowed to.
enum ExecutionFilter: Hashable, Sendable {
    case status(Set<ExecutionStatus>)
    case machine(String?)
    case all
}

/// Where the parts of the screen are; what has no room is empty.
struct ExecutionsLayout: Hashable, Sendable {
    var tableFrame: Rect
    var timelineFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var table: Rect { Pane.inside(tableFrame) }

    init(_ rect: Rect) {
        guard rect.rows >= 26 else {
            tableFrame = rect
            return
        }
        let parts = rect.splitRows(.share(3), .share(2, atLeast: 9))
        tableFrame = parts[0]
        timelineFrame = parts[1]
    }
}
