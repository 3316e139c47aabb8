import AWSCore
import JSON

enum Query: ServiceOperation {
    static let name = "Query"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        var request = try OperationInput(input)
        guard let condition = try request.condition("KeyConditionExpression") else {
            throw .validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
        }
        let filter = try request.condition("FilterExpression")
        let paths = try request.projection()
        try request.names.checkAllUsed()
        let table = try database.table(name)
        let index = try Reading.index(input, table)
        let schema = index?.schema ?? table.schema
        let range = try KeyRange(condition, schema)
        if filter != nil { try checkFilter(request, schema) }
        var items = candidates(table, index, range)
        if input["ScanIndexForward"]?.bool == false { items.reverse() }
        if let start = input["ExclusiveStartKey"] {
            items = try Reading.rest(
                of: items, after: start, table, schema, isForward: input["ScanIndexForward"]?.bool != false)
        }
        var reading = try Reading(request: request, table: table, index: index, filter: filter, paths: paths)
        for item in items where !reading.take(item) { break }
        return reading.output
    }

    /// The items that the key condition names, by sort key.
    private static func candidates(_ table: Table, _ index: Table.Index?, _ range: KeyRange) -> [Item] {
        guard let index else {
            return table.storage.partition(range.partition).filter { range.holds($0.sort) }.map(\.item)
        }
        var found: [(sort: [UInt8], key: Key, item: Item)] = []
        table.storage.scan(after: nil, segment: 0, of: 1) { key, item in
            guard index.schema.names.allSatisfy({ item[$0] != nil }) else { return true }
            guard item[index.schema.partition.name]?.keyBytes == range.partition else { return true }
            let sort = index.schema.sort.flatMap { item[$0.name]?.keyBytes } ?? []
            if range.holds(sort) { found.append((sort, key, item)) }
            return true
        }
        found.sort { left, right in
            left.sort != right.sort
                ? left.sort.lexicographicallyPrecedes(right.sort)
                : (left.key.partition + left.key.sort).lexicographicallyPrecedes(right.key.partition + right.key.sort)
        }
        return found.map(\.item)
    }

    private static func checkFilter(_ request: OperationInput, _ schema: KeySchema) throws(ServiceError) {
        var copy = try OperationInput(request.json)
        guard let filter = try copy.condition("FilterExpression") else { return }
        if let name = filter.roots.first(where: { schema.names.contains($0) }) {
            throw .validation(
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: \(name)")
        }
    }
}

extension Condition {
    /// The attributes that the condition looks at.
    var roots: [String] {
        switch self {
        case .compare(_, let left, let right): left.roots + right.roots
        case .between(let value, let low, let high): value.roots + low.roots + high.roots
        case .isIn(let value, let choices): value.roots + choices.flatMap(\.roots)
        case .exists(let path), .notExists(let path), .hasType(let path, _): [path.root]
        case .beginsWith(let left, let right), .contains(let left, let right): left.roots + right.roots
        case .and(let left, let right), .or(let left, let right): left.roots + right.roots
        case .not(let inner): inner.roots
        }
    }
}

extension Operand {
    fileprivate var roots: [String] {
        switch self {
        case .path(let path), .size(let path): [path.root]
        default: []
        }
    }
}
