import Telemetry
import TelemetryStore
package import Terminal

/// Is anything wrong, and where: a row a function, and the selected one's latency and latest invocations below.
package struct FunctionsScreen: Sendable {
    private(set) var overview: Overview?
    private(set) var detail: FunctionDetail?
    /// The names that are shown, in order.
    private(set) var order: [String] = []
    /// The function that is selected, wherever it stands.
    private(set) var selected: String?
    /// Until the person chooses, the selection is the first row: the one with the most errors.
    private(set) var hasChosen = false
    private(set) var sort = FunctionColumn.errors
    private(set) var isDescending = true
    var filter = TextField("", placeholder: "name or glob*")
    var isFiltering = false
    var focus = FunctionsPane.functions
    var showsHeatmap = true
    var latest = ListCursor()
    /// The pane in focus has the whole screen.
    private(set) var isZoomed = false
    private(set) var first = 0
    private(set) var layout = FunctionsLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))
    /// When the rows were put in order, and when the person last moved among them, by the time of the data.
    private var sortedAt: Timestamp?
    private var movedAt: Timestamp?

    init() {}

    var summaries: [String: FunctionSummary] {
        Dictionary((overview?.functions ?? []).map { ($0.function.name, $0) }) { first, _ in first }
    }

    var cursor: ListCursor {
        ListCursor(index: selected.flatMap { order.firstIndex(of: $0) } ?? 0, first: first)
    }

    /// The selected function's data, and not what is left of another's.
    var shownDetail: FunctionDetail? {
        detail.flatMap { $0.summary.function.name == selected ? $0 : nil }
    }

    mutating func take(_ answer: Overview) {
        overview = answer
        let names = Set(answer.functions.map(\.function.name))
        let isKnown = names.isSubset(of: order) || !filter.isEmpty
        let end = answer.window.end
        let isDue = sortedAt.map { end - $0 >= .seconds(1) } ?? true
        let isMoving = movedAt.map { end - $0 < .milliseconds(1500) && end >= $0 } ?? false
        if !isKnown || (isDue && !isMoving) { arrange() }
        order.removeAll { !names.contains($0) }
        settle()
    }

    mutating func take(_ answer: FunctionDetail?) {
        detail = answer
        latest.clamp(count: answer?.latest.count ?? 0)
    }

    /// Puts the rows in order; the selection stays on its function.
    mutating func arrange() {
        let shown = (overview?.functions ?? []).filter { matches($0.function.name) }
        order = shown.sorted { sort.isBefore($0, $1, descending: isDescending) }.map(\.function.name)
        sortedAt = overview?.window.end
        settle()
    }

    private mutating func settle() {
        if !hasChosen || !order.contains(selected ?? "") { choose(order.first) }
        first = cursor.window(visible: max(layout.table.rows - 1, 0), count: order.count).first
    }

    private mutating func choose(_ name: String?) {
        guard selected != name else { return }
        selected = name
        latest = ListCursor()
    }

    private func matches(_ name: String) -> Bool {
        let wanted = filter.text.lowercased()
        guard !wanted.isEmpty else { return true }
        return wanted.contains("*") || wanted.contains("?")
            ? Self.globMatches(Array(wanted), Array(name.lowercased())) : name.lowercased().contains(wanted)
    }

    private static func globMatches(_ glob: [Character], _ name: [Character]) -> Bool {
        var reachable = [Bool](repeating: false, count: name.count + 1)
        reachable[0] = true
        for letter in glob {
            var next = [Bool](repeating: false, count: name.count + 1)
            if letter == "*", let start = reachable.firstIndex(of: true) {
                for place in start...name.count { next[place] = true }
            } else {
                for place in name.indices where reachable[place] && (letter == "?" || letter == name[place]) {
                    next[place + 1] = true
                }
            }
            reachable = next
        }
        return reachable.last ?? false
    }
}

extension FunctionsScreen {
    mutating func select(_ name: String, at time: Timestamp) {
        hasChosen = true
        movedAt = time
        choose(name)
        settle()
    }

    mutating func move(by step: Int, at time: Timestamp) {
        guard focus == .functions else { return latest.move(by: step, count: detail?.latest.count ?? 0) }
        var cursor = cursor
        cursor.move(by: step, count: order.count)
        guard order.indices.contains(cursor.index) else { return }
        select(order[cursor.index], at: time)
    }

    mutating func sort(by column: FunctionColumn) {
        isDescending = column == sort ? !isDescending : column != .name
        sort = column
        arrange()
    }

    mutating func reverse() { sort(by: sort) }

    mutating func sortByNext() {
        let place = FunctionColumn.sortable.firstIndex(of: sort) ?? -1
        sort(by: FunctionColumn.sortable[(place + 1) % FunctionColumn.sortable.count])
    }

    mutating func clearFilter() {
        filter = TextField("", placeholder: filter.placeholder)
        isFiltering = false
        arrange()
    }

    package mutating func lay(out rect: Rect) {
        layout = FunctionsLayout(
            rect, functions: overview?.functions.count ?? 0, zoomed: isZoomed ? focus : nil)
        settle()
    }

    mutating func zoom() { isZoomed.toggle() }

    mutating func showOnlySelected() {
        guard let selected else { return }
        filter = TextField(selected, placeholder: filter.placeholder)
        arrange()
    }
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
        guard rect.rows >= 18 else {
            tableFrame = rect
            return
        }
        let parts = rect.splitRows(
            .fixed(rect.rows < 30 ? min(wanted, 9) : wanted), .share(3, atLeast: 8),
            .share(2, atLeast: rect.rows < 24 ? 0 : 5))
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
