import Terminal

/// A row of a list that is known by something that stays the same while the list changes.
protocol ListedRow: Sendable {
    associatedtype RowID: Hashable & Sendable

    var rowID: RowID { get }
}

/// The rows of a list that is asked for a page at a time, in the order they come in; the selection stays on its row.
struct PagedRows<Row: ListedRow>: Sendable {
    /// How many rows are asked for at once.
    static var pageCount: Int { 200 }

    private(set) var rows: [Row] = []
    /// On all pages.
    private(set) var matching = 0
    /// How many rows stand on the pages before.
    private(set) var offset = 0
    /// The row that is selected, wherever it stands.
    private(set) var selected: Row.RowID?
    /// While the person is at the top the selection is the first row, whatever comes.
    let followsFirst: Bool
    private var hasChosen = false
    private var first = 0
    private var visible = 0

    init(followsFirst: Bool = true) { self.followsFirst = followsFirst }

    var cursor: ListCursor {
        ListCursor(index: selected.flatMap { id in rows.firstIndex { $0.rowID == id } } ?? 0, first: first)
    }

    var selectedRow: Row? { rows.first { $0.rowID == selected } ?? rows.first }

    /// `1 to 200 of 1,284  `; nothing when that is all.
    var pageNote: [Run] {
        guard matching > rows.count else { return [] }
        return [Run("\(offset + 1) to \(offset + rows.count) of \(Format.count(matching))  ", .dim)]
    }

    mutating func take(_ rows: [Row], matching: Int? = nil) {
        self.rows = rows
        self.matching = matching ?? rows.count
        settle()
    }

    /// - Parameter visible: how many rows there is room for.
    mutating func lay(out visible: Int) {
        self.visible = max(visible, 0)
        settle()
    }

    private mutating func settle() {
        let isGone = selected.map { id in !rows.contains { $0.rowID == id } } ?? true
        if !hasChosen || isGone { selected = rows.first?.rowID }
        first = cursor.window(visible: visible, count: rows.count).first
    }

    private mutating func turn(to offset: Int) { (self.offset, first, hasChosen) = (offset, 0, false) }

    /// To the first page: what is asked for is something else now.
    mutating func restart() { turn(to: 0) }
}

extension PagedRows {
    mutating func select(_ index: Int) {
        guard rows.indices.contains(index) else { return }
        hasChosen = !followsFirst || index > 0 || offset > 0
        selected = rows[index].rowID
        settle()
    }

    /// Leaving the page at its end leads to the next one.
    mutating func move(by step: Int) {
        var cursor = cursor
        let target = cursor.index + step
        if target >= rows.count, offset + rows.count < matching, cursor.index == rows.count - 1 {
            return turn(to: offset + Self.pageCount)
        }
        if target < 0, offset > 0, cursor.index == 0 { return turn(to: max(offset - Self.pageCount, 0)) }
        cursor.move(by: step, count: rows.count)
        select(cursor.index)
    }

    /// Does what moves in a list; the first row is that of the first page, and the last one that of this page.
    mutating func move<Command: MovingCommand>(_ command: Command, page: Int) {
        switch command {
        case .first:
            turn(to: 0)
            settle()
        case .last: move(by: max(rows.count - 1 - cursor.index, 1))
        default: if let step = command.step(page: page) { move(by: step) }
        }
    }

    /// Selects the next row of the page of which that is true, going around at the end.
    ///
    /// - Parameter isInside: whether the selection counts; otherwise the first or last one is looked for.
    /// - Returns: whether there is one.
    mutating func goToNext(forward: Bool, isInside: Bool = true, where isWanted: (Row) -> Bool) -> Bool {
        let found = rows.indices.filter { isWanted(rows[$0]) }
        let here = isInside ? cursor.index : -1
        let next = forward ? found.first { $0 > here } ?? found.first : found.last { $0 < here } ?? found.last
        guard let next else { return false }
        select(next)
        return true
    }

    /// A click on a row selects it.
    ///
    /// - Returns: whether a row was hit.
    mutating func point(at point: Point, in map: TableMap) -> Bool {
        guard let row = map.row(at: point) else { return false }
        select(row)
        return true
    }
}
