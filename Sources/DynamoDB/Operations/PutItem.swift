import AWSCore
import JSON

enum PutItem: ServiceOperation {
    static let name = "PutItem"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let write = try ItemWrite(.put, input)
        let returns = try write.request.returnValues(["NONE", "ALL_OLD"])
        let outcome = try await write.run(tables, call)
        return write.output(outcome, attributes: returns == "ALL_OLD" ? outcome.plan.old : nil)
    }
}

enum DeleteItem: ServiceOperation {
    static let name = "DeleteItem"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let write = try ItemWrite(.delete, input)
        let returns = try write.request.returnValues(["NONE", "ALL_OLD"])
        let outcome = try await write.run(tables, call)
        return write.output(outcome, attributes: returns == "ALL_OLD" ? outcome.plan.old : nil)
    }
}
