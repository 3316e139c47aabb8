import AWSCore
import JSON

enum UpdateItem: ServiceOperation {
    static let name = "UpdateItem"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let write = try ItemWrite(.update, input)
        let returns = try write.request.returnValues(["NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"])
        let plan = try database.write(write.tableName) { table throws(ServiceError) in
            let plan = try write.plan(table)
            _ = table.apply(plan)
            return plan
        }
        var output = JSONObject()
        if let attributes = attributes(returns, plan, write) { output["Attributes"] = attributes.json }
        let size = max(plan.old?.size ?? 0, plan.new?.size ?? 0)
        if let capacity = write.request.capacity(write.tableName, OperationInput.writeUnits(size)) {
            output["ConsumedCapacity"] = capacity
        }
        return .object(output)
    }

    private static func attributes(_ returns: String, _ plan: ItemWrite.Plan, _ write: ItemWrite) -> Item? {
        guard case .update(let update) = write.action else { return nil }
        switch returns {
        case "ALL_OLD": return plan.old
        case "ALL_NEW": return plan.new
        case "UPDATED_OLD": return updated(plan.old, update)
        case "UPDATED_NEW": return updated(plan.new, update)
        default: return nil
        }
    }

    /// What the paths of an update lead to; `nil` when that is nothing.
    private static func updated(_ item: Item?, _ update: Update?) -> Item? {
        guard let item, let update else { return nil }
        let part = Projection(update.actions.map(\.path)).of(item)
        return part.isEmpty ? nil : part
    }
}
