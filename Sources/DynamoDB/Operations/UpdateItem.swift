import AWSCore
import JSON

enum UpdateItem: ServiceOperation {
    static let name = "UpdateItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let name = try Database.name(input)
        var request = try OperationInput(input)
        let update = try request.update()
        let condition = try request.condition()
        try request.names.checkAllUsed()
        let returns = try request.returnValues(["NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"])
        let (old, new) = try database.write(name) { table throws(ServiceError) in
            try change(&table, input["Key"], update, request, condition)
        }
        var output = JSONObject()
        if let attributes = attributes(returns, old, new, update) { output["Attributes"] = attributes.json }
        let size = max(old?.size ?? 0, new.size)
        if let capacity = request.capacity(name, OperationInput.writeUnits(size)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }

    static func change(
        _ table: inout Table, _ keyJSON: JSON?, _ update: Update?, _ request: OperationInput, _ condition: Condition?
    ) throws(ServiceError) -> (old: Item?, new: Item) {
        let (key, keyItem) = try table.schema.key(ofRequest: keyJSON)
        for action in update?.actions ?? [] where table.schema.names.contains(action.path.root) {
            throw .validation(
                "One or more parameter values were invalid: Cannot update attribute \(action.path.root). This attribute is part "
                    + "of the key")
        }
        let old = table.storage[key]
        try request.check(condition, old)
        let new = try update?.applied(to: old ?? keyItem) ?? old ?? keyItem
        _ = try table.put(new)
        return (old, new)
    }

    private static func attributes(_ returns: String, _ old: Item?, _ new: Item, _ update: Update?) -> Item? {
        let roots = Set(update?.actions.map(\.path.root) ?? [])
        func updated(_ item: Item) -> Item? {
            var result = Item()
            for (name, value) in item where roots.contains(name) { result[name] = value }
            return result.isEmpty ? nil : result
        }
        switch returns {
        case "ALL_OLD": return old
        case "ALL_NEW": return new
        case "UPDATED_OLD": return old.flatMap(updated)
        case "UPDATED_NEW": return updated(new)
        default: return nil
        }
    }
}
