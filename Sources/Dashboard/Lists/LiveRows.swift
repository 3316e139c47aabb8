import Telemetry
import Terminal

/// A column that rows can be put in order by.
protocol SortingColumn: RawRepresentable<Int>, Hashable, Sendable {
    associatedtype Row: Sendable

    /// The columns that sort, in the order that a key goes through them; the first one sorts at the beginning.
    static var sortable: [Self] { get }
    /// The greatest stand first when it is chosen.
    var startsDescending: Bool { get }

    static func name(of row: Row) -> String
    func isBefore(_ first: Row, _ second: Row, descending: Bool) -> Bool
}

/// Rows that live data change: sorted and filtered, with a selection that stays on its row, and nothing that jumps under
/// the cursor.
struct LiveRows<Column: SortingColumn>: Sendable {
    private(set) var rows: [String: Column.Row] = [:]
    /// The names that are shown, in order.
    private(set) var order: [String] = []
    /// The row that is selected, wherever it stands.
    private(set) var selected: String?
    /// Until the person chooses, the selection is the first row.
    private(set) var hasChosen = false
    private(set) var sort: Column
    private(set) var isDescending: Bool
    private(set) var words = FilterField(placeholder: "name or glob*")
    private(set) var first = 0
    private var visible = 0
    /// When the rows were put in order, and when the person last moved among them, by the time of the data.
    private var sortedAt: Timestamp?
    private var movedAt: Timestamp?
    private var takenAt: Timestamp?

    init(sortedBy column: Column) {
        sort = column
        isDescending = column.startsDescending
    }

    var filter: TextField { words.field }

    var isFiltering: Bool {
        get { words.isOpen }
        set { words.isOpen = newValue }
    }

    var cursor: ListCursor {
        ListCursor(index: selected.flatMap { order.firstIndex(of: $0) } ?? 0, first: first)
    }

    var selectedRow: Column.Row? { selected.flatMap { rows[$0] } }

    var tableSort: Table.Sort { Table.Sort(column: sort.rawValue, isDescending: isDescending) }

    /// - Parameter end: the end of the window that the rows are of.
    mutating func take(_ answer: [Column.Row], at end: Timestamp) {
        rows = Dictionary(answer.map { (Column.name(of: $0), $0) }) { first, _ in first }
        takenAt = end
        let known = Set(order)
        let isKnown = !filter.isEmpty || rows.keys.allSatisfy(known.contains)
        let isDue = sortedAt.map { end - $0 >= .seconds(1) } ?? true
        let isMoving = movedAt.map { end - $0 < .milliseconds(1500) && end >= $0 } ?? false
        if !isKnown || (isDue && !isMoving) { arrange() }
        order.removeAll { rows[$0] == nil }
        settle()
    }

    /// Puts the rows in order; the selection stays on its row.
    private mutating func arrange() {
        let shown = rows.values.filter { matches(Column.name(of: $0)) }
        order = shown.sorted { sort.isBefore($0, $1, descending: isDescending) }.map(Column.name)
        sortedAt = takenAt
        settle()
    }

    private mutating func settle() {
        if !hasChosen || !order.contains(selected ?? "") { selected = order.first }
        first = cursor.window(visible: visible, count: order.count).first
    }

    /// - Parameter visible: how many rows there is room for.
    mutating func lay(out visible: Int) {
        self.visible = max(visible, 0)
        settle()
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

extension LiveRows {
    mutating func select(_ name: String, at time: Timestamp) {
        (hasChosen, movedAt, selected) = (true, time, name)
        settle()
    }

    mutating func move(by step: Int, at time: Timestamp) {
        var cursor = cursor
        cursor.move(by: step, count: order.count)
        guard order.indices.contains(cursor.index) else { return }
        select(order[cursor.index], at: time)
    }

    /// Selects the next row of which that is true, going around at the end.
    ///
    /// - Returns: whether there is one.
    mutating func goToNext(forward: Bool, at time: Timestamp, where isWanted: (Column.Row) -> Bool) -> Bool {
        let found = order.indices.filter { rows[order[$0]].map(isWanted) ?? false }
        let here = cursor.index
        let next = forward ? found.first { $0 > here } ?? found.first : found.last { $0 < here } ?? found.last
        guard let next else { return false }
        select(order[next], at: time)
        return true
    }

    mutating func sort(by column: Column) {
        isDescending = column == sort ? !isDescending : column.startsDescending
        sort = column
        arrange()
    }

    mutating func reverse() { sort(by: sort) }

    mutating func sortByNext() {
        let place = Column.sortable.firstIndex(of: sort) ?? -1
        sort(by: Column.sortable[(place + 1) % Column.sortable.count])
    }

    mutating func clearFilter() {
        words.clear()
        arrange()
    }

    mutating func showOnlySelected() {
        guard let selected else { return }
        words.set(selected)
        arrange()
    }

    /// A key while the filter is typed.
    ///
    /// - Returns: whether it is one of the filter's.
    mutating func press(_ key: Key, at time: Timestamp) -> Bool {
        switch words.press(key) {
        case .changed, .cleared: arrange()
        case .closed: break
        case .moved(let step): move(by: step, at: time)
        case nil: return false
        }
        return true
    }

    mutating func paste(_ text: String) {
        if words.paste(text) { arrange() }
    }

    /// A click in the table: on a title it sorts, on a row it selects.
    ///
    /// - Returns: whether a row was hit.
    mutating func point(at point: Point, in map: TableMap, at time: Timestamp) -> Bool {
        if let column = map.header(at: point).flatMap(Column.init(rawValue:)) {
            if Column.sortable.contains(column) { sort(by: column) }
            return false
        }
        guard let row = map.row(at: point), order.indices.contains(row) else { return false }
        select(order[row], at: time)
        return true
    }
}
