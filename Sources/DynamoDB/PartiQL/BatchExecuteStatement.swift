import AWSCore
import JSON

enum BatchExecuteStatement: ServiceOperation {
    static let name = "BatchExecuteStatement"

    private static let mostStatements = 25

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let request = try OperationInput(input)
        guard let list = input["Statements"]?.array else { throw .missing("statements") }
        guard (1...mostStatements).contains(list.count) else {
            throw .validation(
                "1 validation error detected: Value at 'statements' failed to satisfy constraint: Member must have length "
                    + (list.isEmpty ? "greater than or equal to 1" : "less than or equal to \(mostStatements)"))
        }
        let parsed = list.map { json in Result { () throws(ServiceError) in try parse(json) } }
        let kinds = Set(parsed.compactMap { try? $0.get().statement.isRead })
        guard kinds.count < 2 else {
            throw .validation("Batch statements must be either all reads or all writes")
        }
        // Each statement is on its own: one that fails does not keep the others from being done.
        let answers = try await tables.write { session in
            parsed.map { statement in
                Result { () throws(ServiceError) in try answer(try statement.get(), session) }
            }
        }
        return output(answers, parsed, request, call)
    }

    private struct Parsed: Sendable {
        var statement: PartiQLStatement
        var request: OperationInput
    }

    private struct Answer: Sendable {
        var item: JSON?
        var capacity: Capacity
    }

    private static func parse(_ json: JSON) throws(ServiceError) -> Parsed {
        let statement = try PartiQLParser.statement(json)
        if case .exists = statement { throw .malformed("EXISTS stands in transactions only") }
        return Parsed(statement: statement, request: try OperationInput(json))
    }

    private static func answer(_ parsed: Parsed, _ session: Session) throws(ServiceError) -> Answer {
        guard case .select(let select) = parsed.statement else {
            let written = try parsed.statement.write(session, parsed.request)
            return Answer(item: written.item?.json, capacity: written.outcome.capacity)
        }
        let item = try select.item(
            session,
            .validation(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause."))
        return Answer(
            item: item.map(select.shown),
            capacity: Capacity(
                table: Capacity.read(item?.size ?? 0, isConsistent: parsed.request.isConsistent)))
    }

    private static func output(
        _ answers: [Result<Answer, ServiceError>], _ parsed: [Result<Parsed, ServiceError>], _ request: OperationInput,
        _ call: CallContext
    ) -> JSON {
        var responses: [JSON] = []
        var consumed: [JSON] = []
        for (answer, parsed) in zip(answers, parsed) {
            var response: JSON = [:]
            let statement = try? parsed.get().statement
            if let statement { response["TableName"] = .string(statement.table) }
            switch answer {
            case .success(let answer):
                if let item = answer.item { response["Item"] = item }
                if statement?.isRead == true {
                    call.meter?.read(answer.capacity, items: 1)
                } else {
                    call.meter?.wrote(answer.capacity, items: 1)
                }
                if let table = statement?.table, let capacity = request.consumed(answer.capacity, table) {
                    consumed.append(capacity)
                }
            case .failure(let error):
                var problem: JSON = ["Code": .string(code(error)), "Message": .string(error.message)]
                if let item = error.details["Item"] { problem["Item"] = item }
                response["Error"] = problem
            }
            responses.append(response)
        }
        var output: JSON = ["Responses": .array(responses)]
        if !consumed.isEmpty { output["ConsumedCapacity"] = .array(consumed) }
        return output
    }

    private static func code(_ error: ServiceError) -> String {
        switch error.code {
        case "ConditionalCheckFailedException": "ConditionalCheckFailed"
        case "DuplicateItemException": "DuplicateItem"
        case "ResourceNotFoundException": "ResourceNotFound"
        case "InternalServerError": "InternalServerError"
        default: "ValidationError"
        }
    }
}
