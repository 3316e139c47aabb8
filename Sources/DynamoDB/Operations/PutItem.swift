import AWSCore
import JSON

enum PutItem: ServiceOperation {
    static let name = "PutItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let write = try ItemWrite(.put, input)
        let returns = try write.request.returnValues(["NONE", "ALL_OLD"])
        let (plan, old) = try database.write(write.tableName) { table throws(ServiceError) in
            let plan = try write.plan(table)
            return (plan, table.apply(plan))
        }
        var output = JSONObject()
        if returns == "ALL_OLD", let old { output["Attributes"] = old.json }
        let size = max(plan.new?.size ?? 0, old?.size ?? 0)
        if let capacity = write.request.capacity(write.tableName, OperationInput.writeUnits(size)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }
}

enum DeleteItem: ServiceOperation {
    static let name = "DeleteItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let write = try ItemWrite(.delete, input)
        let returns = try write.request.returnValues(["NONE", "ALL_OLD"])
        let old = try database.write(write.tableName) { table throws(ServiceError) in
            table.apply(try write.plan(table))
        }
        var output = JSONObject()
        if returns == "ALL_OLD", let old { output["Attributes"] = old.json }
        if let capacity = write.request.capacity(write.tableName, OperationInput.writeUnits(old?.size ?? 0)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }
}
