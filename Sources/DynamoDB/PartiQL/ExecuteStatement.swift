import AWSCore
import JSON

enum ExecuteStatement: ServiceOperation {
    static let name = "ExecuteStatement"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let statement = try PartiQLParser.statement(input)
        let request = try OperationInput(input)
        switch statement {
        case .select(let select): return try await read(select, request, call, tables)
        case .exists: throw .malformed("EXISTS stands in transactions only")
        case .insert, .update, .delete: break
        }
        let written = try await tables.write { session throws(ServiceError) in try statement.write(session, request) }
        call.meter?.wrote(written.outcome.capacity, items: 1)
        var output: JSON = ["Items": .array(written.item.map { [$0.json] } ?? [])]
        if let capacity = request.consumed(written.outcome.capacity, statement.table) {
            output["ConsumedCapacity"] = capacity
        }
        return output
    }

    private static func read(
        _ select: PartiQLStatement.Select, _ request: OperationInput, _ call: CallContext, _ tables: Tables
    ) async throws(ServiceError) -> JSON {
        let start = try PartiQLPlace(request.json)
        let found = try await tables.read { session throws(ServiceError) in
            try select.page(session, request, from: start)
        }
        call.meter?.read(found.page.capacity, items: found.page.scanned, index: select.index)
        var output: JSON = ["Items": .array(found.page.items.map(select.shown))]
        if let next = found.next {
            output["NextToken"] = .string(next.text)
            output["LastEvaluatedKey"] = next.key
        }
        if let capacity = request.consumed(found.page.capacity, select.table) { output["ConsumedCapacity"] = capacity }
        return output
    }
}
