import Terminal

/// The question about items while it is written.
struct ItemForm: Sendable {
    enum Field: Int, Hashable, Sendable, CaseIterable {
        case index, partition, sort, order, filter
    }

    enum Answer: Hashable {
        case stays, closes, runs
    }

    let schema: TableSchema
    private(set) var index: String?
    private(set) var isDescending: Bool
    private(set) var fields: [Field: TextField]
    private(set) var focus = Field.partition

    init(_ query: ItemQuery, _ schema: TableSchema) {
        self.schema = schema
        index = query.index
        isDescending = query.isDescending
        fields = [
            .partition: TextField(query.partition, placeholder: "any: a scan through all"),
            .sort: TextField(query.sort, placeholder: "any; 2026-*, > 10, 10..20"),
            .filter: TextField(query.filter, placeholder: "none; total > 10 and status = \"paid\""),
        ]
    }

    var query: ItemQuery {
        ItemQuery(
            index: index, partition: fields[.partition]?.text ?? "",
            sort: shown.contains(.sort) ? fields[.sort]?.text ?? "" : "",
            filter: fields[.filter]?.text ?? "", isDescending: isDescending)
    }

    private var keys: TableSchema.Index { ItemQuery(index: index).keys(schema) }

    /// What there is to fill in: indexes may be none, and sort keys too.
    var shown: [Field] {
        let hasSort = keys.sort != nil
        return Field.allCases.filter { field in
            switch field {
            case .index: !schema.indexes.isEmpty
            case .sort, .order: hasSort
            case .partition, .filter: true
            }
        }
    }

    func label(_ field: Field) -> String {
        switch field {
        case .index: "index"
        case .partition: keys.partition.text
        case .sort: keys.sort?.text ?? ""
        case .order: "order"
        case .filter: "filter"
        }
    }

    /// What stands in a field that is chosen and not typed.
    func choice(_ field: Field) -> String? {
        switch field {
        case .index: index ?? "the table itself"
        case .order: isDescending ? "greatest key first" : "smallest key first"
        case .partition, .sort, .filter: nil
        }
    }

    mutating func press(_ key: Key) -> Answer {
        switch key {
        case .escape: return .closes
        case .enter, .control("s"): return .runs
        case .tab, .down: move(by: 1)
        case .backTab, .up: move(by: -1)
        case .left where choice(focus) != nil: choose(by: -1)
        case .right where choice(focus) != nil, .character(" ") where choice(focus) != nil: choose(by: 1)
        default: fields[focus]?.press(key)
        }
        return .stays
    }

    mutating func paste(_ text: String) { fields[focus]?.paste(text) }

    private mutating func move(by step: Int) {
        let all = shown
        let place = all.firstIndex(of: focus) ?? 0
        focus = all[(place + step + all.count) % all.count]
    }

    private mutating func choose(by step: Int) {
        guard focus == .index else {
            isDescending.toggle()
            return
        }
        let all = [nil] + schema.indexes.map(\.name)
        let place = all.firstIndex(of: index) ?? 0
        index = all[(place + step + all.count) % all.count]
    }
}
