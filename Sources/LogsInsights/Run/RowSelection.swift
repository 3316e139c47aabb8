/// The first rows by an order, as many as are wanted; the others are not kept.
struct RowSelection {
    struct Row {
        var keys: [Value]
        /// Where the row stands among those with equal keys.
        var place: Place
        var columns: [Value]
    }

    struct Place {
        var time: Int64
        var id: UInt64
    }

    private let plan: RowsPlan
    private let kept: Int
    private var rows: [Row] = []
    /// Rows behind this one are not wanted.
    private var last: Row?
    /// The row with these values, for `dedup`.
    private var distinct: [[UInt8]: Int] = [:]
    private var key: [UInt8] = []
    private(set) var isOverflowing = false

    static let mostDistinct = 100_000

    init(_ plan: RowsPlan, limit: Int) {
        self.plan = plan
        kept = min(plan.limit, limit)
    }

    mutating func take(_ row: RowContext, at place: Place) {
        let keys = plan.keys.map { $0.expression.value(row) }
        if let last, !precedes(keys, place, last) { return }
        guard plan.distinct.isEmpty else { return takeDistinct(row, keys, place) }
        rows.append(made(row, keys, place))
        guard rows.count / 2 >= kept else { return }
        rows = Array(sorted().prefix(kept))
        last = rows.last
    }

    private func made(_ row: RowContext, _ keys: [Value], _ place: Place) -> Row {
        Row(keys: keys.map(\.owned), place: place, columns: plan.columns.map { $0.expression.value(row).owned })
    }

    private mutating func takeDistinct(_ row: RowContext, _ keys: [Value], _ place: Place) {
        key.removeAll(keepingCapacity: true)
        var isComplete = true
        for expression in plan.distinct {
            let value = expression.value(row)
            if value.isMissing { isComplete = false }
            GroupKey.append(value, to: &key)
        }
        // Rows without a value are no doubles of each other.
        guard isComplete, let known = distinct[key] else {
            guard rows.count < Self.mostDistinct else {
                isOverflowing = true
                return
            }
            if isComplete { distinct[key] = rows.count }
            rows.append(made(row, keys, place))
            return
        }
        if precedes(keys, place, rows[known]) { rows[known] = made(row, keys, place) }
    }

    func sorted() -> [Row] {
        rows.sorted { precedes($0.keys, $0.place, $1) }.prefix(kept).map { $0 }
    }

    private func precedes(_ keys: [Value], _ place: Place, _ other: Row) -> Bool {
        for (index, key) in plan.keys.enumerated() {
            let order = Value.order(keys[index], other.keys[index])
            guard order != 0 else { continue }
            // What is missing comes last either way.
            let isReversed = key.isDescending && !keys[index].isMissing && !other.keys[index].isMissing
            return isReversed ? order > 0 : order < 0
        }
        return (place.time, place.id) > (other.place.time, other.place.id)
    }
}
