import AWSCore
import JSON

enum BatchWriteItem: ServiceOperation {
    static let name = "BatchWriteItem"

    private static let mostRequests = 25

    static func run(_ input: JSON, call: CallContext, in database: Database) async throws(ServiceError) -> JSON {
        let writes = try writes(input)
        try database.together { tables throws(ServiceError) in
            var plans: [(table: String, plan: ItemWrite.Plan)] = []
            var seen: [String: Set<Key>] = [:]
            for write in writes {
                guard let table = tables[write.tableName] else { throw Database.notFound }
                let plan = try write.plan(table)
                guard seen[write.tableName, default: []].insert(plan.key).inserted else {
                    throw .validation("Provided list of item keys contains duplicates")
                }
                plans.append((write.tableName, plan))
            }
            for (table, plan) in plans { _ = tables[table]?.apply(plan) }
        }
        return ["UnprocessedItems": [:]]
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
            let table = try Database.name(name)
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
