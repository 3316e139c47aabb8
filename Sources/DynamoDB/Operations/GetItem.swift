import AWSCore
import JSON

/// Which item to read, and what of it.
struct ItemRead: Sendable {
    let tableName: String
    let request: OperationInput
    let key: Item
    let paths: Projection?

    /// - Throws: `ValidationException`.
    init(_ json: JSON) throws(ServiceError) {
        tableName = try Tables.name(json)
        var request = try OperationInput(json)
        paths = try request.projection()
        try request.names.checkAllUsed()
        self.request = request
        guard let source = json["Key"] else { throw .missing("key") }
        key = try Item(source)
    }

    func shown(_ item: Item) -> JSON { (paths?.of(item) ?? item).json }
}

enum GetItem: ServiceOperation {
    static let name = "GetItem"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let read = try ItemRead(input)
        let item = try await tables.read { session throws(ServiceError) in
            let table = try session.table(read.tableName)
            return try session.item(try table.schema.key(ofRequest: read.key), table)
        }
        var output = JSONObject()
        if let item { output["Item"] = read.shown(item) }
        let capacity = Capacity(table: Capacity.read(item?.size ?? 0, isConsistent: read.request.isConsistent))
        call.meter?.read(capacity, items: item == nil ? 0 : 1, key: read.key.values.first)
        if let capacity = read.request.consumed(capacity, read.tableName) { output["ConsumedCapacity"] = capacity }
        return .object(output)
    }
}
