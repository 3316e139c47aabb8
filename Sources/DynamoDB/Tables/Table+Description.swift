import AWSCore
import JSON
import Telemetry

extension Table {
    func arn(_ call: CallContext) -> String {
        ARN(service: "dynamodb", region: call.region, account: call.account, resource: "table/\(name)").description
    }

    /// As `DescribeTable` gives it.
    ///
    /// - Parameter stream: the stream that was enabled last.
    func description(_ call: CallContext, stream: TableStream?, status: String = "ACTIVE") -> JSON {
        let arn = arn(call)
        var json: JSON = [
            "AttributeDefinitions": .array(attributes.map(\.json)), "TableName": .string(name),
            "KeySchema": schema.json, "TableStatus": .string(status), "CreationDateTime": .seconds(created),
            "ProvisionedThroughput": billing.description, "TableSizeBytes": .int(counts.bytes),
            "ItemCount": .int(counts.items), "TableArn": .string(arn), "TableId": .string(uuid),
            "DeletionProtectionEnabled": .bool(isProtected),
        ]
        if let since = billing.onDemandSince {
            json["BillingModeSummary"] = [
                "BillingMode": billing.isOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED",
                "LastUpdateToPayPerRequestDateTime": .seconds(since),
            ]
        }
        for isGlobal in [true, false] {
            let some = indexes.filter { $0.isGlobal == isGlobal }
            guard !some.isEmpty else { continue }
            json[isGlobal ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes"] = .array(
                some.map { $0.description(arn, billing) })
        }
        if let stream {
            if stream.isEnabled {
                json["StreamSpecification"] = ["StreamEnabled": true, "StreamViewType": .string(stream.view.rawValue)]
            }
            json["LatestStreamLabel"] = .string(stream.label)
            json["LatestStreamArn"] = .string(stream.arn(call))
        }
        if let tableClass { json["TableClassSummary"] = ["TableClass": .string(tableClass)] }
        if let encryption { json["SSEDescription"] = encryption }
        return json
    }

    /// What the telemetry tells of it.
    func fact(_ call: CallContext, stream: TableStream?) -> TableDescription {
        TableDescription(
            name: name, arn: arn(call), status: "ACTIVE", items: counts.items, bytes: counts.bytes,
            indexes: indexes.map { index in
                TableDescription.Index(
                    name: index.name, isGlobal: index.isGlobal, status: index.status.rawValue,
                    items: index.counts.items, bytes: index.counts.bytes)
            },
            streamARN: stream.flatMap { $0.isEnabled ? $0.arn(call) : nil },
            description: description(call, stream: stream))
    }
}

extension Table.Billing {
    fileprivate var description: JSON {
        var json: JSON = [
            "NumberOfDecreasesToday": 0, "ReadCapacityUnits": .int(readUnits), "WriteCapacityUnits": .int(writeUnits),
        ]
        if let increased { json["LastIncreaseDateTime"] = .seconds(increased) }
        if let decreased { json["LastDecreaseDateTime"] = .seconds(decreased) }
        return json
    }
}

extension TableIndex {
    fileprivate func description(_ tableARN: String, _ tableBilling: Table.Billing) -> JSON {
        var projection: JSON = ["ProjectionType": .string(self.projection)]
        if !included.isEmpty { projection["NonKeyAttributes"] = .array(included.map(JSON.string)) }
        var json: JSON = [
            "IndexName": .string(name), "KeySchema": schema.json, "Projection": projection,
            "ItemCount": .int(counts.items), "IndexSizeBytes": .int(counts.bytes),
            "IndexArn": .string("\(tableARN)/index/\(name)"),
        ]
        guard isGlobal else { return json }
        json["IndexStatus"] = .string(status.rawValue)
        if status == .creating { json["Backfilling"] = true }
        json["ProvisionedThroughput"] = (billing ?? Table.Billing(isOnDemand: true)).description
        return json
    }
}

extension JSON {
    /// Seconds since 1970, with milliseconds.
    static func seconds(_ time: Timestamp) -> JSON { .double(Double(time.milliseconds) / 1000) }
}
