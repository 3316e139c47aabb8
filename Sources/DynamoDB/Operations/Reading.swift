import AWSCore
import JSON

/// A page of a Query or a Scan as it fills: at most 1 MB and `Limit` items are looked at.
struct Reading {
    private let request: OperationInput
    private let table: Table
    private let index: Table.Index?
    private let filter: Condition?
    private let paths: [DocumentPath]?
    private let limit: Int
    private let onlyCounts: Bool
    private var items: [JSON] = []
    private var count = 0
    private var scanned = 0
    private var bytes = 0
    private var last: Item?
    private var isCut = false

    private static let mostBytes = 1 << 20

    init(
        request: OperationInput, table: Table, index: Table.Index?, filter: Condition?, paths: [DocumentPath]?
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
        onlyCounts = request.json["Select"]?.string == "COUNT"
        guard !onlyCounts || paths == nil else {
            throw .validation("Cannot specify the ProjectionExpression when choosing to get only the Count")
        }
    }

    /// - Returns: `false` when the page is full and the item is not on it.
    mutating func take(_ item: Item) -> Bool {
        guard scanned < limit, bytes < Self.mostBytes else {
            isCut = true
            return false
        }
        scanned += 1
        bytes += item.size
        last = item
        guard filter?.holds(item) ?? true else { return true }
        count += 1
        if !onlyCounts { items.append(OperationInput.projected(visible(item), paths).json) }
        return true
    }

    /// What an index has of an item.
    private func visible(_ item: Item) -> Item {
        guard let index, index.projection != "ALL" else { return item }
        let names = Set(table.schema.names + index.schema.names + index.included)
        var copy = Item()
        for (name, value) in item where names.contains(name) { copy[name] = value }
        return copy
    }

    var output: JSON {
        var output = JSONObject()
        if !onlyCounts { output["Items"] = .array(items) }
        output["Count"] = .int(count)
        output["ScannedCount"] = .int(scanned)
        // A page that ends exactly at its limit has a last key as well, as DynamoDB's do.
        if isCut || scanned == limit, let last {
            var key = table.schema.projection(last)
            for name in index?.schema.names ?? [] { key[name] = last[name] }
            output["LastEvaluatedKey"] = key.json
        }
        if let capacity = request.capacity(table.name, request.readUnits(bytes)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }

    static func index(_ input: JSON, _ table: Table) throws(ServiceError) -> Table.Index? {
        guard let name = input["IndexName"]?.string else { return nil }
        guard let index = table.indexes.first(where: { $0.name == name }) else {
            throw .validation("The table does not have the specified index: \(name)")
        }
        guard !index.isGlobal || input["ConsistentRead"]?.bool != true else {
            throw .validation("Consistent reads are not supported on global secondary indexes")
        }
        return index
    }

    /// The items behind a start key, in the order that they come.
    static func rest(
        of items: [Item], after start: JSON, _ table: Table, _ schema: KeySchema, isForward: Bool
    ) throws(ServiceError) -> [Item] {
        let key = try Item(start)
        let order = { (item: Item) -> [[UInt8]] in
            ([schema.sort?.name].compactMap { $0 } + table.schema.names).map { item[$0]?.keyBytes ?? [] }
        }
        guard table.schema.names.allSatisfy({ key[$0] != nil }) else {
            throw .validation("The provided starting key is invalid")
        }
        let place = order(key)
        return items.filter { item in
            let other = order(item)
            for (left, right) in zip(place, other) where left != right {
                return left.lexicographicallyPrecedes(right) == isForward
            }
            return false
        }
    }
}

enum Scan: ServiceOperation {
    static let name = "Scan"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        var request = try OperationInput(input)
        let filter = try request.condition("FilterExpression")
        let paths = try request.projection()
        try request.names.checkAllUsed()
        let table = try database.table(name)
        let index = try Reading.index(input, table)
        let (segment, segments) = try segment(input)
        let start = try input["ExclusiveStartKey"].map { json throws(ServiceError) in
            try table.schema.key(ofItem: Item(json))
        }
        var reading = try Reading(request: request, table: table, index: index, filter: filter, paths: paths)
        table.storage.scan(after: start, segment: segment, of: segments) { _, item in
            guard index?.schema.names.allSatisfy({ item[$0] != nil }) ?? true else { return true }
            return reading.take(item)
        }
        return reading.output
    }

    private static func segment(_ input: JSON) throws(ServiceError) -> (Int, Int) {
        switch (input["Segment"]?.int, input["TotalSegments"]?.int) {
        case (nil, nil): return (0, 1)
        case (let segment?, let total?):
            guard (1...1_000_000).contains(total), (0..<total).contains(segment) else {
                throw .validation(
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: \(segment) is "
                        + "not less than TotalSegments: \(total)")
            }
            return (segment, total)
        case (nil, _?):
            throw .validation(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"
            )
        case (_?, nil):
            throw .validation(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is present"
            )
        }
    }
}
