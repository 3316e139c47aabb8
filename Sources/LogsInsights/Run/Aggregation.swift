/// Rows by groups.
struct Aggregation {
    private let plan: GroupsPlan
    private var places: [[UInt8]: Int] = [:]
    private var groups: [[Value]] = []
    /// Those of a group stand side by side.
    private var accumulators: [Accumulator] = []
    private var key: [UInt8] = []
    private(set) var isOverflowing = false

    static let mostGroups = 100_000

    init(_ plan: GroupsPlan) { self.plan = plan }

    mutating func take(_ row: RowContext, at time: Int64) {
        guard let group = group(row) else { return }
        let start = group * plan.gathered.count
        for (index, gathered) in plan.gathered.enumerated() {
            accumulators[start + index].add(gathered, row, at: time)
        }
    }

    private mutating func group(_ row: RowContext) -> Int? {
        key.removeAll(keepingCapacity: true)
        for group in plan.groups { GroupKey.append(group.expression.value(row), to: &key) }
        if let known = places[key] { return known }
        guard groups.count < Self.mostGroups else {
            isOverflowing = true
            return nil
        }
        places[key] = groups.count
        groups.append(plan.groups.map { $0.expression.value(row).owned })
        accumulators += Array(repeating: Accumulator(), count: plan.gathered.count)
        return groups.count - 1
    }

    /// The rows that came of it; where groups are spans of time, the newest first.
    mutating func rows(_ context: RowContext) -> [[Value]] {
        var rows: [[Value]] = []
        for (index, group) in groups.enumerated() {
            let start = index * plan.gathered.count
            let values = zip(plan.aggregates, plan.sources).map { accumulators[start + $1].result($0) }
            context.look(at: group + values)
            rows.append(group + plan.results.map { $0.expression.value(context).owned })
        }
        let time = plan.groups.indices.first { index in
            groups.contains { if case .time = $0[index] { true } else { false } }
        }
        guard let time else { return rows }
        return rows.sorted { Value.order($0[time], $1[time]) > 0 }
    }
}
