import AWSCore
import JSON

/// A page of a Query or a Scan as it fills: at most 1 MB and `Limit` items are looked at.
struct Reading {
    private let request: OperationInput
    private let tableName: String
    private let schema: KeySchema
    private let index: Table.Index?
    private let filter: Condition?
    private let paths: Projection?
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
        request: OperationInput, table: borrowing Table, index: Table.Index?, filter: Condition?, paths: Projection?
    ) throws(ServiceError) {
        self.request = request
        tableName = table.name
        schema = table.schema
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
        _ select: String?, _ table: borrowing Table, _ index: Table.Index?, _ paths: Projection?
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
        let held = Set(table.schema.names + index.schema.names + index.included)
        let missing = paths?.roots.subtracting(held).sorted() ?? []
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
        bytes += item.size
        last = item
        guard filter?.holds(item) ?? true else { return true }
        count += 1
        if !onlyCounts { items.append((paths?.of(item) ?? visible(item)).json) }
        return true
    }

    /// What an index has of an item.
    private func visible(_ item: Item) -> Item {
        guard let index, index.projection != "ALL", request.json["Select"]?.string != "ALL_ATTRIBUTES" else {
            return item
        }
        let names = Set(schema.names + index.schema.names + index.included)
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
            var key = schema.projection(last)
            for name in index?.schema.names ?? [] { key[name] = last[name] }
            output["LastEvaluatedKey"] = key.json
        }
        if let capacity = request.capacity(tableName, request.readUnits(bytes)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }

    static func index(_ input: JSON, _ table: borrowing Table) throws(ServiceError) -> Table.Index? {
        guard let name = input["IndexName"]?.string else { return nil }
        guard let index = table.indexes.first(where: { $0.name == name }) else {
            throw .validation("The table does not have the specified index: \(name)")
        }
        guard !index.isGlobal || input["ConsistentRead"]?.bool != true else {
            throw .validation("Consistent reads are not supported on global secondary indexes")
        }
        return index
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
        let settled = request
        let (segment, segments) = try segment(input)
        return try database.read(name) { table throws(ServiceError) in
            let index = try Reading.index(input, table)
            let place = try ReadingPlace(input, table, index, isForward: true)
            let start = try place.map { place throws(ServiceError) in try table.schema.key(ofItem: place.key) }
            var reading = try Reading(request: settled, table: table, index: index, filter: filter, paths: paths)
            table.storage.scan(after: start, segment: segment, of: segments) { _, item in
                guard index?.schema.names.allSatisfy({ item[$0] != nil }) ?? true else { return true }
                return reading.take(item)
            }
            return reading.output
        }
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
