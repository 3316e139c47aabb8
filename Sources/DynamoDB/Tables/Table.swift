import AWSCore
import JSON
import Telemetry

/// A table: its description and its items.
struct Table: Sendable {
    let name: String
    let id = RequestID().description
    let created = Timestamp.now()
    let schema: KeySchema
    /// The definitions as they were given.
    let attributes: JSON
    let indexes: [Index]
    let billingMode: String
    let throughput: JSON?
    var storage: any TableStorage = MemoryStorage()
    private(set) var bytes = 0
    /// The attribute with the time when an item expires; it is kept, but nothing expires.
    var timeToLive: String?

    struct Index: Sendable {
        var name: String
        var schema: KeySchema
        /// `ALL`, `KEYS_ONLY` or `INCLUDE`.
        var projection: String
        var included: [String]
        var isGlobal: Bool
    }

    /// 400 KiB, names included.
    private static let largestItem = 400 * 1024

    mutating func put(_ item: Item, _ key: Key) -> Item? {
        let old = storage.put(item, key)
        bytes += item.size - (old?.size ?? 0)
        return old
    }

    /// - Throws: `ValidationException` when the item is too large or a key attribute of an index has another type.
    func check(_ item: Item, isUpdate: Bool) throws(ServiceError) {
        guard item.size <= Self.largestItem else {
            throw .validation("Item size \(isUpdate ? "to update " : "")has exceeded the maximum allowed size")
        }
        for index in indexes {
            try check(item, index, index.schema.partition, isUpdate)
            if let sort = index.schema.sort { try check(item, index, sort, isUpdate) }
        }
    }

    private func check(
        _ item: Item, _ index: Index, _ attribute: KeySchema.Attribute, _ isUpdate: Bool
    ) throws(ServiceError) {
        guard let value = item[attribute.name] else { return }
        guard value.kind == attribute.kind else {
            throw .validation(
                isUpdate
                    ? "The update expression attempted to update the secondary index key to unsupported type"
                    : "One or more parameter values were invalid: Type mismatch for Index Key \(attribute.name) Expected: "
                        + "\(attribute.kind) Actual: \(value.kind) IndexName: \(index.name)")
        }
        guard !value.keyBytes.isEmpty else {
            throw .validation(
                "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                    + "The AttributeValue for a key attribute cannot contain an empty "
                    + "\(value.kind == "S" ? "string" : "binary") value. IndexName: \(index.name), IndexKey: \(attribute.name)"
            )
        }
    }

    mutating func remove(_ key: Key) -> Item? {
        let old = storage.remove(key)
        bytes -= old?.size ?? 0
        return old
    }

    func arn(_ call: CallContext) -> String {
        ARN(service: "dynamodb", region: call.region, account: call.account, resource: "table/\(name)").description
    }

    func description(_ call: CallContext, status: String = "ACTIVE") -> JSON {
        let isOnDemand = billingMode == "PAY_PER_REQUEST"
        var json: JSON = [
            "AttributeDefinitions": attributes, "TableName": .string(name), "KeySchema": schema.json,
            "TableStatus": .string(status), "CreationDateTime": .double(Double(created.milliseconds) / 1000),
            "ProvisionedThroughput": [
                "NumberOfDecreasesToday": 0,
                "ReadCapacityUnits": isOnDemand ? 0 : throughput?["ReadCapacityUnits"] ?? 0,
                "WriteCapacityUnits": isOnDemand ? 0 : throughput?["WriteCapacityUnits"] ?? 0,
            ],
            "TableSizeBytes": .int(bytes), "ItemCount": .int(storage.itemCount), "TableArn": .string(arn(call)),
            "TableId": .string(id), "DeletionProtectionEnabled": false,
        ]
        if isOnDemand {
            json["BillingModeSummary"] = [
                "BillingMode": "PAY_PER_REQUEST",
                "LastUpdateToPayPerRequestDateTime": .double(Double(created.milliseconds) / 1000),
            ]
        }
        for isGlobal in [true, false] {
            let some = indexes.filter { $0.isGlobal == isGlobal }
            guard !some.isEmpty else { continue }
            json[isGlobal ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes"] = .array(
                some.map { describe($0, call) })
        }
        return json
    }

    private func describe(_ index: Index, _ call: CallContext) -> JSON {
        var projection: JSON = ["ProjectionType": .string(index.projection)]
        if !index.included.isEmpty { projection["NonKeyAttributes"] = .array(index.included.map(JSON.string)) }
        var count = 0
        var bytes = 0
        storage.scan(after: nil, segment: 0, of: 1) { _, item in
            guard index.schema.names.allSatisfy({ item[$0] != nil }) else { return true }
            count += 1
            bytes += item.size
            return true
        }
        var json: JSON = [
            "IndexName": .string(index.name), "KeySchema": index.schema.json, "Projection": projection,
            "ItemCount": .int(count), "IndexSizeBytes": .int(bytes),
            "IndexArn": .string("\(arn(call))/index/\(index.name)"),
        ]
        if index.isGlobal { json["IndexStatus"] = "ACTIVE" }
        return json
    }
}
