import AWSCore
import JSON
import Telemetry

/// What the two transactions have in common.
enum Transaction {
    private static let mostItems = 100

    static func items(_ input: JSON) throws(ServiceError) -> [JSON] {
        try list(input, "TransactItems", "transactItems")
    }

    static func list(_ input: JSON, _ member: String, _ shown: String) throws(ServiceError) -> [JSON] {
        guard let items = input[member]?.array else { throw .missing(shown) }
        guard (1...mostItems).contains(items.count) else {
            throw .validation(
                "1 validation error detected: Value '[\(items.count) items]' at '\(shown)' failed to satisfy constraint: "
                    + "Member must have length \(items.isEmpty ? "greater than or equal to 1" : "less than or equal to 100")"
            )
        }
        return items
    }

    static let twice = ServiceError.validation(
        "Transaction request cannot include multiple operations on one item")

    /// Does all of them, or nothing.
    ///
    /// - Parameter named: the error of a write, as its caller names it.
    /// - Throws: `TransactionCanceledException` with a reason for each write, when one of them cannot be done.
    static func run(
        _ writes: [ItemWrite], _ session: Session, named: (Int, ServiceError) -> ServiceError = { $1 }
    ) throws(ServiceError) -> [ItemWrite.Outcome] {
        var plans: [(table: Table, plan: ItemWrite.Plan)] = []
        var problems: [ServiceError?] = []
        var seen: [String: Set<Key>] = [:]
        for (number, write) in writes.enumerated() {
            let table = try session.table(write.tableName)
            if let key = write.key(table.schema), !seen[write.tableName, default: []].insert(key).inserted {
                throw twice
            }
            do throws(ServiceError) {
                plans.append((table, try write.plan(table, session)))
                problems.append(nil)
            } catch {
                guard error.status < 500 else { throw error }
                problems.append(named(number, error))
            }
        }
        guard plans.count == writes.count else { throw cancelled(problems) }
        for (table, plan) in plans { try session.apply(plan, table) }
        return zip(writes, plans).map { write, planned in write.outcome(planned.plan, planned.table) }
    }

    static func cancelled(_ problems: [ServiceError?]) -> ServiceError {
        let codes = problems.map { problem in
            switch problem?.code {
            case nil: "None"
            case "ValidationException": "ValidationError"
            case "ConditionalCheckFailedException": "ConditionalCheckFailed"
            case "DuplicateItemException": "DuplicateItem"
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

/// By which a transaction that is sent again is known.
struct TransactionToken: Sendable {
    let name: String
    let digest: Int

    /// - Returns: `nil` when the request has none.
    init?(_ input: JSON, _ member: String) throws(ServiceError) {
        guard let name = input["ClientRequestToken"]?.string else { return nil }
        guard (1...36).contains(name.utf8.count) else {
            throw .validation(
                "1 validation error detected: Value '\(name)' at 'clientRequestToken' failed to satisfy constraint: Member must "
                    + "have length \(name.isEmpty ? "greater than or equal to 1" : "less than or equal to 36")")
        }
        self.name = name
        digest = Key.hash(input[member]?.bytes ?? [])
    }
}

extension Session {
    /// Whether what the token stands for must be done.
    ///
    /// - Throws: `IdempotentParameterMismatchException` when it stood for something else.
    func isNew(_ token: TransactionToken?) throws(ServiceError) -> Bool {
        guard let token else { return true }
        var known: Int?
        let limit = Int((now - Self.tokenLife).microseconds)
        try each("SELECT digest FROM token WHERE name = ? AND time >= ?", [.text(token.name), .int(limit)]) {
            row throws(ServiceError) in
            known = row.int(0)
            return false
        }
        guard let known else { return true }
        guard known == token.digest else {
            throw ServiceError(
                "IdempotentParameterMismatchException",
                "One or more parameters have changed in a new request using the same ClientRequestToken")
        }
        return false
    }

    func remember(_ token: TransactionToken?) throws(ServiceError) {
        guard let token else { return }
        try run(
            "INSERT OR REPLACE INTO token (name, digest, time) VALUES (?, ?, ?)",
            [.text(token.name), .int(token.digest), .int(Int(now.microseconds))])
        expires()
    }
}
