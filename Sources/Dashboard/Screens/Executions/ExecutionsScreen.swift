import Telemetry
import TelemetryStore
package import Terminal

/// The executions of all machines, or of one, newest first; below them how the selected one went.
package struct ExecutionsScreen: Sendable {
    let machine: String?
    var page: ExecutionPage?
    private(set) var statuses: Set<ExecutionStatus> = []
    /// Chosen with `f`; ``machine`` is what the screen was opened for.
    private(set) var onlyMachine: String?
    var words = FilterField(placeholder: "name, machine, state or error")
    var menu: ChoiceMenu<ExecutionFilter>?
    var list = PagedRows<ExecutionRow>()
    /// What the selected one did, while its history is asked for.
    private(set) var detail: ExecutionDetail?
    private(set) var layout = ExecutionsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))

    init(machine: String?) {
        self.machine = machine
        onlyMachine = machine
    }

    var query: ExecutionQuery {
        ExecutionQuery(
            machine: onlyMachine, statuses: statuses, words: words.text, offset: list.offset,
            limit: PagedRows<ExecutionRow>.pageCount)
    }

    var rows: [ExecutionRow] { list.rows }

    var selectedRow: ExecutionRow? { list.selectedRow }

    /// The machine that is filtered by, or that of the selected row.
    var machineARN: String? { onlyMachine ?? selectedRow?.machineARN ?? page?.machines.first?.arn }

    var shownDetail: ExecutionDetail? { detail.flatMap { $0.start.arn == selectedRow?.arn ? $0 : nil } }

    mutating func take(_ page: ExecutionPage) {
        self.page = page
        list.take(page.rows, matching: page.matching)
    }

    mutating func take(_ detail: ExecutionDetail?) { self.detail = detail }

    mutating func choose(_ filter: ExecutionFilter) {
        switch filter {
        case .status(let chosen): statuses = chosen
        case .machine(let arn): onlyMachine = arn
        case .all: clearFilters()
        }
        list.restart()
    }

    mutating func clearFilters() {
        (statuses, onlyMachine) = ([], machine)
        words.clear()
        list.restart()
    }

    var isFiltered: Bool { !statuses.isEmpty || onlyMachine != machine || !words.isEmpty }

    package mutating func lay(out rect: Rect) {
        layout = ExecutionsLayout(rect)
        list.lay(out: layout.table.rows - 1)
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

extension ExecutionRow: ListedRow {
    var rowID: String { arn }
}

extension ExecutionsScreen: NarrowedList {
    mutating func wordsChanged() { list.restart() }

    mutating func move(by step: Int, _ context: ScreenContext) { list.move(by: step) }
}
