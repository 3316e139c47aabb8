import AWSCore
import JSON

enum PutItem: ServiceOperation {
    static let name = "PutItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        var request = try OperationInput(input)
        let condition = try request.condition()
        try request.names.checkAllUsed()
        let returns = try request.returnValues(["NONE", "ALL_OLD"])
        guard let json = input["Item"] else {
            throw .validation(
                "1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null"
            )
        }
        let item = try Item(json)
        let old = try database.write(name) { table throws(ServiceError) in
            if condition != nil { try request.check(condition, table.storage[try table.schema.key(ofItem: item)]) }
            return try table.put(item)
        }
        var output = JSONObject()
        if returns == "ALL_OLD", let old { output["Attributes"] = old.json }
        if let capacity = request.capacity(name, OperationInput.writeUnits(max(item.size, old?.size ?? 0))) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }
}

enum DeleteItem: ServiceOperation {
    static let name = "DeleteItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        var request = try OperationInput(input)
        let condition = try request.condition()
        try request.names.checkAllUsed()
        let returns = try request.returnValues(["NONE", "ALL_OLD"])
        let old = try database.write(name) { table throws(ServiceError) in
            let (key, _) = try table.schema.key(ofRequest: input["Key"])
            try request.check(condition, table.storage[key])
            return table.remove(key)
        }
        var output = JSONObject()
        if returns == "ALL_OLD", let old { output["Attributes"] = old.json }
        if let capacity = request.capacity(name, OperationInput.writeUnits(old?.size ?? 0)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }
}

enum GetItem: ServiceOperation {
    static let name = "GetItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        var request = try OperationInput(input)
        let paths = try request.projection()
        try request.names.checkAllUsed()
        let item = try database.read(name) { table throws(ServiceError) in
            table.storage[try table.schema.key(ofRequest: input["Key"]).0]
        }
        var output = JSONObject()
        if let item { output["Item"] = OperationInput.projected(item, paths).json }
        if let capacity = request.capacity(name, request.readUnits(item?.size ?? 0)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }
}
