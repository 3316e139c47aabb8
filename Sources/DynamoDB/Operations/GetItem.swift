import AWSCore
import JSON

/// Which item to read, and what of it.
struct ItemRead {
    let tableName: String
    let request: OperationInput
    let key: Item
    let paths: Projection?

    /// - Throws: `ValidationException`.
    init(_ json: JSON) throws(ServiceError) {
        tableName = try Database.name(json)
        var request = try OperationInput(json)
        paths = try request.projection()
        try request.names.checkAllUsed()
        self.request = request
        guard let source = json["Key"] else { throw .missing("key") }
        key = try Item(source)
    }
}

enum GetItem: ServiceOperation {
    static let name = "GetItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let read = try ItemRead(input)
        let item = try database.read(read.tableName) { table throws(ServiceError) in
            table.storage[try table.schema.key(ofRequest: read.key)]
        }
        var output = JSONObject()
        if let item { output["Item"] = (read.paths?.of(item) ?? item).json }
        if let capacity = read.request.capacity(read.tableName, read.request.readUnits(item?.size ?? 0)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }
}
