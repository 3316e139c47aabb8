import AWSCore
import JSON

enum ExecuteTransaction: ServiceOperation {
    static let name = "ExecuteTransaction"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let request = try OperationInput(input)
        let list = try Transaction.list(input, "TransactStatements", "transactStatements")
        var statements: [PartiQLStatement] = []
        var requests: [OperationInput] = []
        for json in list {
            statements.append(try PartiQLParser.statement(json))
            requests.append(try OperationInput(json))
        }
        guard Set(statements.map(\.isRead)).count == 1 else {
            throw .validation("Transaction statements must be either all reads or all writes")
        }
        let token = try TransactionToken(input, "TransactStatements")
        let (all, inputs) = (statements, requests)
        guard !statements[0].isRead else {
            let items = try await tables.read { session throws(ServiceError) in try Self.items(all, session) }
            return output(statements, items, request, call)
        }
        let outcomes = try await tables.write { session throws(ServiceError) in
            guard try session.isNew(token) else { return [ItemWrite.Outcome]() }
            var writes: [ItemWrite] = []
            for (statement, input) in zip(all, inputs) {
                writes.append(try statement.write(try session.table(statement.table), input))
            }
            let outcomes = try Transaction.run(writes, session) { all[$0].problem($1) }
            try session.remember(token)
            return outcomes
        }
        var report = WriteReport()
        for (statement, outcome) in zip(statements, outcomes) {
            report.add(statement.table, outcome, isTransaction: true)
        }
        report.meter(call, items: statements.count)
        var output: JSON = ["Responses": .array(statements.map { _ in [:] })]
        report.tell(&output, request, kind: .write)
        return output
    }

    private static func items(
        _ statements: [PartiQLStatement], _ session: Session
    ) throws(ServiceError) -> [Item?] {
        var items: [Item?] = []
        for case .select(let select) in statements {
            items.append(try select.item(session, PartiQLStatement.noKey))
        }
        return items
    }

    private static func output(
        _ statements: [PartiQLStatement], _ items: [Item?], _ request: OperationInput, _ call: CallContext
    ) -> JSON {
        var responses: [JSON] = []
        var names: [String] = []
        var capacities: [String: Capacity] = [:]
        for case (.select(let select), let item) in zip(statements, items) {
            responses.append(item.map { ["Item": select.shown($0)] } ?? [:])
            let capacity = Capacity(table: 2 * Capacity.read(item?.size ?? 0, isConsistent: true))
            call.meter?.read(capacity, items: 1)
            if capacities[select.table] == nil { names.append(select.table) }
            capacities[select.table, default: Capacity()].add(capacity)
        }
        var output: JSON = ["Responses": .array(responses)]
        let consumed = names.compactMap { request.consumed(capacities[$0] ?? Capacity(), $0, kind: .read) }
        if !consumed.isEmpty { output["ConsumedCapacity"] = .array(consumed) }
        return output
    }
}
