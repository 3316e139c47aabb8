import AWSCore
import JSON

enum UpdateItem: ServiceOperation {
    static let name = "UpdateItem"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let write = try ItemWrite(.update, input)
        let returns = try write.request.returnValues(["NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"])
        let outcome = try await write.run(tables, call)
        return write.output(outcome, attributes: write.attributes(returns, outcome.plan))
    }
}

extension ItemWrite {
    /// What an update gives back.
    func attributes(_ returns: String, _ plan: Plan) -> Item? {
        guard case .update(let update) = action else { return nil }
        switch returns {
        case "ALL_OLD": return plan.old
        case "ALL_NEW": return plan.new
        case "UPDATED_OLD": return Self.updated(plan.old, update)
        case "UPDATED_NEW": return Self.updated(plan.new, update)
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
