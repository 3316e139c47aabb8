import AWSCore
import JSON

enum TransactWriteItems: ServiceOperation {
    static let name = "TransactWriteItems"

    private static let kinds: [(String, ItemWrite.Kind)] = [
        ("ConditionCheck", .check), ("Put", .put), ("Delete", .delete), ("Update", .update),
    ]

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let request = try OperationInput(input)
        var writes: [ItemWrite] = []
        for item in try Transaction.items(input) { writes.append(try write(item)) }
        let token = try TransactionToken(input, "TransactItems")
        let all = writes
        let outcomes = try await tables.write { session throws(ServiceError) in
            guard try session.isNew(token) else { return [ItemWrite.Outcome]() }
            let outcomes = try Transaction.run(all, session)
            try session.remember(token)
            return outcomes
        }
        var report = WriteReport()
        for (write, outcome) in zip(writes, outcomes) { report.add(write.tableName, outcome, isTransaction: true) }
        report.meter(call, items: writes.count)
        var output: JSON = [:]
        report.tell(&output, request, kind: .write)
        return output
    }

    private static func write(_ item: JSON) throws(ServiceError) -> ItemWrite {
        let given = kinds.compactMap { name, kind in item[name].map { (kind, $0) } }
        guard given.count == 1, let (kind, json) = given.first else {
            throw .validation("TransactItems can only contain one of Check, Put, Update or Delete")
        }
        return try ItemWrite(kind, json)
    }
}

enum TransactGetItems: ServiceOperation {
    static let name = "TransactGetItems"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let request = try OperationInput(input)
        var reads: [ItemRead] = []
        for (place, item) in try Transaction.items(input).enumerated() {
            guard let get = item["Get"] else { throw .missing("transactItems.\(place + 1).member.get") }
            reads.append(try ItemRead(get))
        }
        let all = reads
        let items = try await tables.read { session throws(ServiceError) in try Self.items(all, session) }
        var capacities: [(name: String, capacity: Capacity)] = []
        for (read, item) in zip(reads, items) {
            let capacity = Capacity(table: 2 * Capacity.read(item?.size ?? 0, isConsistent: true))
            call.meter?.read(capacity, items: 1)
            if let place = capacities.firstIndex(where: { $0.name == read.tableName }) {
                capacities[place].capacity.add(capacity)
            } else {
                capacities.append((read.tableName, capacity))
            }
        }
        let responses = zip(reads, items).map { read, item -> JSON in
            guard let item else { return [:] }
            return ["Item": read.shown(item)]
        }
        var output: JSON = ["Responses": .array(responses)]
        let consumed = capacities.compactMap { request.consumed($0.capacity, $0.name, kind: .read) }
        if !consumed.isEmpty { output["ConsumedCapacity"] = .array(consumed) }
        return output
    }

    private static func items(_ reads: [ItemRead], _ session: Session) throws(ServiceError) -> [Item?] {
        var items: [Item?] = []
        var problems: [ServiceError?] = []
        var seen: [String: Set<Key>] = [:]
        for read in reads {
            let table = try session.table(read.tableName)
            do throws(ServiceError) {
                let key = try table.schema.key(ofRequest: read.key)
                guard seen[read.tableName, default: []].insert(key).inserted else {
                    throw Transaction.twice
                }
                items.append(try session.item(key, table))
                problems.append(nil)
            } catch {
                guard error != Transaction.twice else { throw error }
                problems.append(error)
            }
        }
        guard items.count == reads.count else { throw Transaction.cancelled(problems) }
        return items
    }
}
