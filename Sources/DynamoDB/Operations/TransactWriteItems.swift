import AWSCore
import JSON

enum TransactWriteItems: ServiceOperation {
    static let name = "TransactWriteItems"

    private static let kinds: [(String, ItemWrite.Kind)] = [
        ("ConditionCheck", .check), ("Put", .put), ("Delete", .delete), ("Update", .update),
    ]

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        var writes: [ItemWrite] = []
        for item in try Transaction.items(input) { writes.append(try write(item)) }
        try database.together { tables throws(ServiceError) in
            for (table, plan) in try plans(writes, tables) { _ = tables[table]?.apply(plan) }
        }
        return [:]
    }

    private static func write(_ item: JSON) throws(ServiceError) -> ItemWrite {
        let given = kinds.compactMap { name, kind in item[name].map { (kind, $0) } }
        guard given.count == 1, let (kind, json) = given.first else {
            throw .validation("TransactItems can only contain one of Check, Put, Update or Delete")
        }
        return try ItemWrite(kind, json)
    }

    /// - Throws: `TransactionCanceledException` with a reason for each write, when one of them cannot be done.
    private static func plans(
        _ writes: [ItemWrite], _ tables: [String: Table]
    ) throws(ServiceError) -> [(String, ItemWrite.Plan)] {
        var plans: [(String, ItemWrite.Plan)] = []
        var problems: [ServiceError?] = []
        var seen: [String: Set<Key>] = [:]
        for write in writes {
            guard let table = tables[write.tableName] else { throw Database.notFound }
            if let key = write.key(table.schema), !seen[write.tableName, default: []].insert(key).inserted {
                throw .validation("Transaction request cannot include multiple operations on one item")
            }
            do throws(ServiceError) {
                plans.append((write.tableName, try write.plan(table)))
                problems.append(nil)
            } catch {
                problems.append(error)
            }
        }
        guard plans.count == writes.count else { throw Transaction.cancelled(problems) }
        return plans
    }
}

enum TransactGetItems: ServiceOperation {
    static let name = "TransactGetItems"

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        var reads: [ItemRead] = []
        for item in try Transaction.items(input) {
            guard let get = item["Get"] else { throw .missing("transactItems.1.member.get") }
            reads.append(try ItemRead(get))
        }
        return try database.together { tables throws(ServiceError) in
            var responses: [JSON] = []
            var problems: [ServiceError?] = []
            for read in reads {
                guard let table = tables[read.tableName] else { throw Database.notFound }
                do throws(ServiceError) {
                    let item = table.storage[try table.schema.key(ofRequest: read.key)]
                    responses.append(item.map { ["Item": (read.paths?.of($0) ?? $0).json] } ?? [:])
                    problems.append(nil)
                } catch {
                    problems.append(error)
                }
            }
            guard responses.count == reads.count else { throw Transaction.cancelled(problems) }
            return ["Responses": .array(responses)]
        }
    }
}

/// What the two transactions have in common.
enum Transaction {
    private static let mostItems = 100

    static func items(_ input: JSON) throws(ServiceError) -> [JSON] {
        guard let items = input["TransactItems"]?.array else { throw .missing("transactItems") }
        guard (1...mostItems).contains(items.count) else {
            throw .validation(
                "1 validation error detected: Value '[\(items.count) items]' at 'transactItems' failed to satisfy constraint: "
                    + "Member must have length \(items.isEmpty ? "greater than or equal to 1" : "less than or equal to 100")"
            )
        }
        return items
    }

    static func cancelled(_ problems: [ServiceError?]) -> ServiceError {
        let codes = problems.map { problem in
            switch problem?.code {
            case nil: "None"
            case "ValidationException": "ValidationError"
            case "ConditionalCheckFailedException": "ConditionalCheckFailed"
            case let other?: other
            }
        }
        var details = JSONObject()
        details["CancellationReasons"] = .array(
            zip(codes, problems).map { code, problem in
                var reason: JSON = ["Code": .string(code)]
                if let problem { reason["Message"] = .string(problem.message) }
                if let item = problem?.details["Item"] { reason["Item"] = item }
                return reason
            })
        return ServiceError(
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + "[\(codes.joined(separator: ", "))]", details: details)
    }
}

extension ItemWrite {
    /// The key of the item; `nil` when it does not suit the table.
    fileprivate func key(_ schema: KeySchema) -> Key? {
        if case .put(let item) = action { return try? schema.key(ofItem: item) }
        return try? schema.key(ofRequest: keyItem)
    }
}
