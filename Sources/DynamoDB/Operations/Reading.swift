import AWSCore
import JSON

/// A page of a Query or a Scan as it fills: at most 1 MB and `Limit` items are looked at.
struct Reading {
    private let request: OperationInput
    private let table: Table
    private let index: TableIndex?
    private let filter: Condition?
    private let paths: Projection?
    private let limit: Int
    private let onlyCounts: Bool
    private(set) var items: [Item] = []
    private var count = 0
    private var scanned = 0
    private var bytes = 0
    private var last: Item?
    private var isCut = false

    private static let mostBytes = 1 << 20

    init(
        request: OperationInput, table: Table, index: TableIndex?, filter: Condition?, paths: Projection?
    ) throws(ServiceError) {
        self.request = request
        self.table = table
        self.index = index
        self.filter = filter
        self.paths = paths
        limit = request.json["Limit"]?.int ?? .max
        guard limit >= 1 else {
            throw .validation(
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: Member must have value "
                    + "greater than or equal to 1")
        }
        let select = request.json["Select"]?.string
        onlyCounts = select == "COUNT"
        try Self.check(select, table, index, paths)
    }

    private static func check(
        _ select: String?, _ table: Table, _ index: TableIndex?, _ paths: Projection?
    ) throws(ServiceError) {
        switch select {
        case nil: break
        case "COUNT"? where paths != nil:
            throw .validation("Cannot specify the ProjectionExpression when choosing to get only the Count")
        case "ALL_ATTRIBUTES"? where paths != nil, "ALL_PROJECTED_ATTRIBUTES"? where paths != nil:
            throw .validation("Cannot specify the ProjectionExpression when choosing to get \(select ?? "")")
        case "ALL_PROJECTED_ATTRIBUTES"? where index == nil:
            throw .validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        case "SPECIFIC_ATTRIBUTES"? where paths == nil:
            throw .validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")
        case "ALL_ATTRIBUTES"?, "ALL_PROJECTED_ATTRIBUTES"?, "SPECIFIC_ATTRIBUTES"?, "COUNT"?: break
        case let other?:
            throw .validation(
                "1 validation error detected: Value '\(other)' at 'select' failed to satisfy constraint: Member must satisfy enum "
                    + "value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]")
        }
        guard let index, index.isGlobal, index.projection != "ALL" else { return }
        guard select != "ALL_ATTRIBUTES" else {
            throw .validation(
                "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary "
                    + "index \(index.name) because its projection type is not ALL")
        }
        let missing = (paths?.roots ?? []).filter { !index.holds($0, table.schema) }.sorted()
        guard missing.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Global secondary index \(index.name) does not project "
                    + "[\(missing.joined(separator: ", "))]")
        }
    }

    /// - Returns: `false` when the page is full and the item is not on it.
    mutating func take(_ item: Item) -> Bool {
        guard scanned < limit, bytes < Self.mostBytes else {
            isCut = true
            return false
        }
        scanned += 1
        bytes += (index?.projected(item, table.schema) ?? item).size
        last = item
        guard filter?.holds(item) ?? true else { return true }
        count += 1
        if !onlyCounts { items.append(paths?.of(item) ?? visible(item)) }
        return true
    }

    private func visible(_ item: Item) -> Item {
        guard let index, request.json["Select"]?.string != "ALL_ATTRIBUTES" else { return item }
        return index.projected(item, table.schema)
    }

    /// What the page says, read when it is full.
    struct Page: Sendable {
        var items: [Item]
        var count: Int
        var scanned: Int
        var last: Item?
        var capacity: Capacity
        var index: String?
        var tellsItems: Bool

        func output(_ request: OperationInput, _ tableName: String) -> JSON {
            var output = JSONObject()
            if tellsItems { output["Items"] = .array(items.map(\.json)) }
            output["Count"] = .int(count)
            output["ScannedCount"] = .int(scanned)
            if let last { output["LastEvaluatedKey"] = last.json }
            if let capacity = request.consumed(capacity, tableName) { output["ConsumedCapacity"] = capacity }
            return .object(output)
        }
    }

    var page: Page {
        // A page that ends exactly at its limit has a last key as well, as DynamoDB's do.
        var key: Item?
        if isCut || scanned == limit, let last {
            var place = table.schema.projection(last)
            for name in index?.schema.names ?? [] { place[name] = last[name] }
            key = place
        }
        let units = Capacity.read(bytes, isConsistent: request.isConsistent)
        var capacity = Capacity()
        if let index { capacity.add(index, units) } else { capacity.table = units }
        return Page(
            items: items, count: count, scanned: scanned, last: key, capacity: capacity, index: index?.name,
            tellsItems: !onlyCounts)
    }

    static func index(_ input: JSON, _ table: Table) throws(ServiceError) -> TableIndex? {
        guard let name = input["IndexName"]?.string else { return nil }
        guard let index = table.indexes.first(where: { $0.name == name }), index.status != .deleting else {
            throw .validation("The table does not have the specified index: \(name)")
        }
        guard !index.isGlobal || input["ConsistentRead"]?.bool != true else {
            throw .validation("Consistent reads are not supported on global secondary indexes")
        }
        guard index.status != .creating else {
            throw .validation("Cannot read from backfilling global secondary index: \(name)")
        }
        return index
    }
}
