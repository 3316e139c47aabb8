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
        let settled = request
        return try database.read(name) { table throws(ServiceError) in
            let index = try Reading.index(input, table)
            let schema = index?.schema ?? table.schema
            let range = try KeyRange(condition, schema)
            if let name = filter?.roots.first(where: { schema.names.contains($0) }) {
                throw .validation(
                    "Filter Expression can only contain non-primary key attributes: Primary key attribute: \(name)")
            }
            let isForward = input["ScanIndexForward"]?.bool != false
            let place = try ReadingPlace(input, table, index, isForward: isForward)
            if let place, !range.includes(place.key, schema) {
                throw .validation(
                    "The provided starting key is outside query boundaries based on provided conditions")
            }
            var reading = try Reading(request: settled, table: table, index: index, filter: filter, paths: paths)
            let entries = candidates(table, index, range)
            for offset in entries.indices {
                let entry = entries[isForward ? offset : entries.count - 1 - offset]
                guard range.holds(entry.sort), place?.isBefore(entry.item) ?? true else { continue }
                guard reading.take(entry.item) else { break }
            }
            return reading.output
        }
    }

    /// The items of the partition that the key condition names, by sort key.
    private static func candidates(
        _ table: borrowing Table, _ index: Table.Index?, _ range: KeyRange
    ) -> [(sort: [UInt8], item: Item)] {
        guard let index else { return table.storage.partition(range.partition) }
        var found: [(sort: [UInt8], key: Key, item: Item)] = []
        table.storage.scan(after: nil, segment: 0, of: 1) { key, item in
            guard index.schema.names.allSatisfy({ item[$0] != nil }) else { return true }
            guard item[index.schema.partition.name]?.keyBytes == range.partition else { return true }
            let sort = index.schema.sort.flatMap { item[$0.name]?.keyBytes } ?? []
            if range.holds(sort) { found.append((sort, key, item)) }
            return true
        }
        found.sort { left, right in
            if left.sort != right.sort { return left.sort.lexicographicallyPrecedes(right.sort) }
            if left.key.partition != right.key.partition {
                return left.key.partition.lexicographicallyPrecedes(right.key.partition)
            }
            return left.key.sort.lexicographicallyPrecedes(right.key.sort)
        }
        return found.map { ($0.sort, $0.item) }
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
        case .path(let path): [path.root]
        case .size(let operand): operand.roots
        default: []
        }
    }
}
