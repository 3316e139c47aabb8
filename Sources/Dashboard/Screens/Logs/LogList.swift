import Telemetry
import TelemetryStore

/// Where a person is in the log: the lines in hand, the one under the cursor, what has to be fetched next.
struct LogList: Hashable {
    private(set) var filter = LogFilter()
    /// Only lines of this span, when one was chosen.
    private(set) var range: TimeWindow?
    private(set) var tape = LogTape()
    private(set) var rows: [LogRow] = []
    /// The newest line is shown as it comes.
    private(set) var isFollowing = true
    private(set) var options = LogOptions()
    private(set) var pending: Pending?
    /// An answer for the present filter has come.
    private(set) var isLoaded = false
    private(set) var view = LogViewport()

    enum Pending: Hashable {
        case oldest
        case around(UInt64)
        case hunt(Direction, for: Prey, from: UInt64)
    }

    enum Direction: Hashable { case older, newer }
    /// What is looked for.
    enum Prey: Hashable { case error, match }

    init(filter: LogFilter = LogFilter()) { self.filter = filter }

    var cursor: Int { view.cursor }
    var top: Int { view.top }

    var selected: LogRow? { rows.indices.contains(cursor) ? rows[cursor] : nil }

    /// The line under the cursor; of a group its first one.
    var selectedLine: LogLine? {
        switch selected {
        case .line(let place): tape.lines[place]
        case .group(let group): tape.index(of: group.firstID).map { tape.lines[$0] }
        case .skip, nil: nil
        }
    }

    /// The invocation of a line, or of a group's lines.
    func requestID(ofRow place: Int) -> RequestID? {
        guard rows.indices.contains(place) else { return nil }
        if case .group(let group) = rows[place] { return group.requestID }
        return line(rows[place])?.requestID
    }

    func line(_ row: LogRow) -> LogLine? {
        guard case .line(let place) = row, tape.lines.indices.contains(place) else { return nil }
        return tape.lines[place]
    }

    func id(_ row: LogRow) -> UInt64? {
        switch row {
        case .line(let place): tape.lines[place].id
        case .group(let group): group.firstID
        case .skip: nil
        }
    }
}

// MARK: - What is looked at

extension LogList {
    /// Shows what matches another filter, at the same place.
    mutating func show(_ filter: LogFilter) {
        guard filter != self.filter else { return }
        self.filter = filter
        isLoaded = false
        stay()
    }

    mutating func show(_ range: TimeWindow?) {
        guard range != self.range else { return }
        self.range = range
        isLoaded = false
        if range != nil, isFollowing { follow(false) }
        stay()
    }

    mutating func change(_ change: (inout LogOptions) -> Void) {
        let context = options.context
        change(&options)
        guard options.context == context else { return stay() }
        rebuild(keeping: selectedLine?.id)
    }

    /// Asks again around the line under the cursor.
    private mutating func stay() {
        guard !isFollowing, let id = selectedLine?.id else { return }
        pending = .around(id)
    }

    mutating func follow(_ isOn: Bool) {
        isFollowing = isOn
        if isOn {
            pending = nil
            view.moveToLast(count: rows.count)
        }
    }

    mutating func resize(height: Int, heights: [Int]) {
        view.resize(height: height, heights: heights)
        if isFollowing { view.moveToLast(count: rows.count) } else { view.reveal(count: rows.count) }
    }
}

// MARK: - What is needed, and what came

extension LogList {
    /// The lines to fetch now; `nil` when those in hand are enough.
    ///
    /// - Parameter hasNews: matching lines have come since the ones in hand.
    func query(hasNews: Bool) -> LogQuery? {
        if let pending { return query(pending) }
        if isFollowing { return query(.newest) }
        guard let first = tape.first, let last = tape.last else { return query(.newest) }
        let margin = max(view.height, 50)
        if tape.hasBefore, min(top, cursor) < margin { return query(.before(first.id)) }
        if tape.hasAfter || hasNews, max(top + view.height, cursor) > rows.count - margin {
            return query(.after(last.id))
        }
        return nil
    }

    private func query(_ pending: Pending) -> LogQuery {
        switch pending {
        case .oldest: query(LogQuery.Anchor.oldest)
        case .around(let id): query(LogQuery.Anchor.around(id))
        case .hunt(let direction, let prey, let id):
            LogQuery(
                filter: prey == .error ? filter.narrowed("level>=error") : filter,
                window: range,
                anchor: direction == .older ? .before(id) : .after(id),
                limit: 1
            )
        }
    }

    private func query(_ anchor: LogQuery.Anchor) -> LogQuery {
        LogQuery(
            filter: filter, window: range, anchor: anchor, limit: max(200, min(view.height * 4, 1000)),
            context: options.context)
    }

    /// - Returns: what to tell the person, when what was looked for is not there.
    mutating func take(_ page: LogPage, for query: LogQuery) -> String? {
        if case .hunt(let direction, let prey, _) = pending, query.limit == 1 {
            return take(found: page.lines.first?.id, direction, prey)
        }
        guard query.filter == filter, query.context == options.context, query.window == range else { return nil }
        switch query.anchor {
        case .newest where isFollowing || tape.isEmpty: take(page, cursorAt: isFollowing ? nil : page.lines.last?.id)
        case .newest: return nil
        case .oldest: take(page, cursorAt: page.lines.first?.id)
        case .around(let id): take(page, cursorAt: id)
        case .before(let id) where tape.first?.id == id: extend { $0.prepend(page) }
        case .after(let id) where tape.last?.id == id: extend { $0.append(page) }
        case .before, .after: return nil
        }
        isLoaded = true
        return nil
    }

    /// Shows exactly these lines: those of one invocation.
    mutating func show(_ page: LogPage) {
        let id = selectedLine?.id
        tape.replace(with: page)
        isLoaded = true
        rebuild(keeping: id)
    }

    private mutating func take(_ page: LogPage, cursorAt id: UInt64?) {
        tape.replace(with: page)
        pending = nil
        isLoaded = true
        rebuild(keeping: isFollowing ? tape.last?.id : id)
    }

    private mutating func extend(_ change: (inout LogTape) -> Void) {
        let id = selectedLine?.id
        change(&tape)
        rebuild(keeping: id)
    }

    private mutating func take(found id: UInt64?, _ direction: Direction, _ prey: Prey) -> String? {
        pending = nil
        guard let id else {
            let name = prey == .error ? "error" : "match"
            return direction == .older ? "no older \(name)" : "no newer \(name)"
        }
        isFollowing = false
        pending = .around(id)
        return nil
    }

    private mutating func rebuild(keeping id: UInt64?) {
        rows = LogRow.rows(of: tape, isGrouped: options.isGrouped)
        view.renew(cursorAt: id.flatMap(row(nearest:)) ?? cursor, count: rows.count)
        if isFollowing { view.moveToLast(count: rows.count) }
    }

    /// The row of the line that is nearest to the id.
    private func row(nearest id: UInt64) -> Int? {
        guard let place = tape.index(nearest: id) else { return nil }
        return rows.firstIndex(of: .line(place))
    }
}

// MARK: - Moving

extension LogList {
    mutating func move(by count: Int) {
        guard !rows.isEmpty else { return }
        if count > 0, cursor == rows.count - 1, !tape.hasAfter { return follow(true) }
        isFollowing = false
        let row = min(max(cursor + count, 0), rows.count - 1)
        view.move(to: rows[row] == .skip ? row + (count < 0 ? -1 : 1) : row, count: rows.count)
    }

    /// Moves without following the newest line, whatever is reached.
    mutating func step(by count: Int) {
        select(row: min(max(cursor + count, 0), max(rows.count - 1, 0)))
    }

    mutating func scroll(by count: Int) {
        guard !rows.isEmpty else { return }
        if count > 0, top >= view.lastTop(count: rows.count), !tape.hasAfter { return follow(true) }
        isFollowing = false
        view.scroll(by: count, count: rows.count)
    }

    mutating func moveToOldest() {
        isFollowing = false
        if tape.hasBefore {
            pending = .oldest
        } else {
            view.move(to: 0, count: rows.count)
        }
    }

    mutating func select(row: Int) {
        guard rows.indices.contains(row), rows[row] != .skip else { return }
        isFollowing = false
        view.move(to: row, count: rows.count)
    }

    mutating func select(id: UInt64) {
        isFollowing = false
        if let place = tape.index(of: id), let row = rows.firstIndex(of: .line(place)) {
            select(row: row)
        } else {
            pending = .around(id)
        }
    }

    mutating func centre() { view.centre(count: rows.count) }

    /// The next error or match; where none is in hand the whole store is looked through.
    mutating func hunt(_ direction: Direction, for prey: Prey) {
        let places =
            direction == .newer ? Array(rows.indices.dropFirst(cursor + 1)) : rows.indices.prefix(cursor).reversed()
        if let row = places.first(where: { isPrey(rows[$0], prey) }) { return select(row: row) }
        guard let id = selectedLine?.id else { return }
        let edge = direction == .older ? tape.first?.id : tape.last?.id
        pending = .hunt(direction, for: prey, from: edge ?? id)
    }

    private func isPrey(_ row: LogRow, _ prey: Prey) -> Bool {
        guard let line = line(row) else { return false }
        return prey == .error ? line.level >= .error : !tape.contextIDs.contains(line.id)
    }
}
