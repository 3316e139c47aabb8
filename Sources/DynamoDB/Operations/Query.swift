import AWSCore
import JSON

enum Query: ServiceOperation {
    static let name = "Query"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        var request = try OperationInput(input)
        guard let condition = try request.condition("KeyConditionExpression") else {
            throw .validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
        }
        let filter = try request.condition("FilterExpression")
        let paths = try request.projection()
        try request.names.checkAllUsed()
        let settled = request
        let (page, key) = try await tables.read { session throws(ServiceError) in
            let table = try session.table(name)
            let index = try Reading.index(input, table)
            let schema = index?.schema ?? table.schema
            let range = try KeyRange(condition, schema)
            if let name = filter?.roots.first(where: schema.has) {
                throw .validation(
                    "\(settled.isLegacy ? "QueryFilter" : "Filter Expression") can only contain non-primary key attributes: "
                        + "Primary key attribute: \(name)")
            }
            let place = try ReadingPlace(input, table, index)
            if let place, !range.includes(place.index) {
                throw .validation(
                    "The provided starting key is outside query boundaries based on provided conditions")
            }
            var reading = try Reading(request: settled, table: table, index: index, filter: filter, paths: paths)
            let isForward = input["ScanIndexForward"]?.bool != false
            try session.query(table, index, range, after: place, isForward: isForward) { reading.take($0) }
            return (reading.page, range.value)
        }
        call.meter?.read(page.capacity, items: page.scanned, index: page.index, key: key)
        return page.output(settled, name)
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
