import AWSCore
import JSON

enum BatchWriteItem: ServiceOperation {
    static let name = "BatchWriteItem"

    private static let mostRequests = 25

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let request = try OperationInput(input)
        let writes = try writes(input)
        let outcomes = try await tables.write { session throws(ServiceError) in
            var plans: [(table: Table, plan: ItemWrite.Plan)] = []
            var seen: [String: Set<Key>] = [:]
            for write in writes {
                let table = try session.table(write.tableName)
                let plan = try write.plan(table, session)
                guard seen[write.tableName, default: []].insert(plan.key).inserted else {
                    throw .validation("Provided list of item keys contains duplicates")
                }
                plans.append((table, plan))
            }
            for (table, plan) in plans { try session.apply(plan, table) }
            return zip(writes, plans).map { write, planned in write.outcome(planned.plan, planned.table) }
        }
        var report = WriteReport()
        for (write, outcome) in zip(writes, outcomes) { report.add(write.tableName, outcome) }
        report.meter(call, items: writes.count)
        var output: JSON = ["UnprocessedItems": [:]]
        report.tell(&output, request)
        return output
    }

    private static func writes(_ input: JSON) throws(ServiceError) -> [ItemWrite] {
        guard let requests = input["RequestItems"]?.object else { throw .missing("requestItems") }
        guard !requests.isEmpty else {
            throw .validation(
                "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length "
                    + "greater than or equal to 1")
        }
        var writes: [ItemWrite] = []
        for (name, list) in requests {
            let list = list.array ?? []
            guard (1...mostRequests).contains(list.count) else {
                throw .validation(
                    "1 validation error detected: Value '{\(name)=[\(list.count) requests]}' at 'requestItems' failed to satisfy "
                        + "constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member "
                        + "must have length greater than or equal to 1]")
            }
            let table = try Tables.name(name)
            for json in list { writes.append(try write(json, table)) }
        }
        guard writes.count <= mostRequests else {
            throw .validation("Too many items requested for the BatchWriteItem call")
        }
        return writes
    }

    private static func write(_ json: JSON, _ table: String) throws(ServiceError) -> ItemWrite {
        switch (json["PutRequest"], json["DeleteRequest"]) {
        case (let put?, nil): return try ItemWrite(.put, put, table: table)
        case (nil, let delete?): return try ItemWrite(.delete, delete, table: table)
        case (nil, nil), (_?, _?):
            throw .validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
            )
        }
    }
}

/// What several writes consumed, by table in the order they came.
struct WriteReport {
    private var names: [String] = []
    private var capacities: [String: Capacity] = [:]
    private var collections: [String: [JSON]] = [:]

    mutating func add(_ name: String, _ outcome: ItemWrite.Outcome, isTransaction: Bool = false) {
        if capacities[name] == nil { names.append(name) }
        capacities[name, default: Capacity()].add(isTransaction ? outcome.capacity.doubled : outcome.capacity)
        guard let collection = outcome.collection, collections[name]?.contains(collection) != true else { return }
        collections[name, default: []].append(collection)
    }

    func meter(_ call: CallContext, items: Int) {
        guard let meter = call.meter else { return }
        var all = Capacity()
        for capacity in capacities.values { all.table += capacity.total }
        meter.wrote(all, items: items)
    }

    func tell(_ output: inout JSON, _ request: OperationInput, kind: Capacity.Kind? = nil) {
        let consumed = names.compactMap { request.consumed(capacities[$0] ?? Capacity(), $0, kind: kind) }
        if !consumed.isEmpty { output["ConsumedCapacity"] = .array(consumed) }
        guard request.wantsCollectionMetrics, !collections.isEmpty else { return }
        var metrics = JSONObject()
        for name in names { metrics[name] = collections[name].map(JSON.array) }
        output["ItemCollectionMetrics"] = .object(metrics)
    }
}
