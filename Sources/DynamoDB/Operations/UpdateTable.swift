import AWSCore
import JSON
import Telemetry

enum UpdateTable: ServiceOperation {
    static let name = "UpdateTable"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let name = try Tables.name(input)
        let attributes = try TablePlan.attributes(input["AttributeDefinitions"])
        if let member = ["ReplicaUpdates", "GlobalTableWitnessUpdates"].first(where: { input[$0] != nil }) {
            throw ServiceError("NotImplemented", "fntop does not serve \(member) of UpdateTable", status: 501)
        }
        guard Self.members.contains(where: { input[$0] != nil }) else {
            throw .validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or "
                    + "SSESpecification or ReplicaUpdates is required")
        }
        return try await tables.write { session throws(ServiceError) in
            var table = try session.namedTable(name)
            try change(&table, input, session.now)
            try changeIndexes(&table, input["GlobalSecondaryIndexUpdates"]?.array ?? [], attributes, session)
            try changeStream(&table, input["StreamSpecification"], session)
            try session.save(table)
            session.needsFilling()
            return [
                "TableDescription": table.description(call, stream: session.stream(table), status: "UPDATING")
            ]
        }
    }

    private static let members = [
        "ProvisionedThroughput", "BillingMode", "StreamSpecification", "GlobalSecondaryIndexUpdates",
        "SSESpecification",
        "DeletionProtectionEnabled", "TableClass", "OnDemandThroughput", "WarmThroughput",
    ]

    private static func change(_ table: inout Table, _ input: JSON, _ now: Timestamp) throws(ServiceError) {
        if let isProtected = input["DeletionProtectionEnabled"]?.bool { table.isProtected = isProtected }
        if let tableClass = input["TableClass"]?.string {
            try OperationInput.check(tableClass, "tableClass", ["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
            table.tableClass = tableClass
        }
        try changeBilling(&table.billing, input, now)
        guard input["BillingMode"] != nil else { return }
        for place in table.indexes.indices where table.indexes[place].isGlobal {
            guard table.indexes[place].billing?.isOnDemand != table.billing.isOnDemand else { continue }
            table.indexes[place].billing = table.billing
            table.indexes[place].billing?.onDemandSince = nil
        }
    }

    private static func changeBilling(
        _ billing: inout Table.Billing, _ input: JSON, _ now: Timestamp
    ) throws(ServiceError) {
        let mode = input["BillingMode"]?.string ?? (billing.isOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED")
        guard input["BillingMode"] != nil || input["ProvisionedThroughput"] != nil else { return }
        var wish = input
        wish["BillingMode"] = .string(mode)
        if mode == "PROVISIONED", !billing.isOnDemand, wish["ProvisionedThroughput"] == nil { return }
        let throughput = try Throughput(wish)
        guard !throughput.isOnDemand else {
            if !billing.isOnDemand { billing.onDemandSince = now }
            billing.isOnDemand = true
            billing.readUnits = 0
            billing.writeUnits = 0
            return
        }
        guard
            billing.isOnDemand || billing.readUnits != throughput.readUnits
                || billing.writeUnits != throughput.writeUnits
        else {
            throw .validation(
                "The provisioned throughput for the table will not change. The requested value equals the current value. Current "
                    + "ReadCapacityUnits provisioned for the table: \(billing.readUnits). Requested ReadCapacityUnits: "
                    + "\(throughput.readUnits). Current WriteCapacityUnits provisioned for the table: \(billing.writeUnits). "
                    + "Requested WriteCapacityUnits: \(throughput.writeUnits). Refer to the Amazon DynamoDB Developer Guide for "
                    + "current limits and how to request higher limits.")
        }
        if throughput.readUnits > billing.readUnits || throughput.writeUnits > billing.writeUnits {
            billing.increased = now
        }
        if throughput.readUnits < billing.readUnits || throughput.writeUnits < billing.writeUnits {
            billing.decreased = now
        }
        billing.isOnDemand = false
        billing.readUnits = throughput.readUnits
        billing.writeUnits = throughput.writeUnits
    }

    private static func changeIndexes(
        _ table: inout Table, _ updates: [JSON], _ attributes: [KeySchema.Attribute], _ session: Session
    ) throws(ServiceError) {
        let changes = updates.filter { $0["Create"] != nil || $0["Delete"] != nil }
        guard changes.count <= 1 else {
            throw ServiceError(
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")
        }
        for update in updates {
            if let wish = update["Create"] {
                try create(wish, &table, attributes, session)
            } else if let name = update["Delete"]?["IndexName"]?.string {
                let place = try place(of: name, table)
                guard table.indexes[place].status != .creating, table.indexes[place].status != .deleting else {
                    throw ServiceError(
                        "ResourceInUseException",
                        "Attempt to change a resource which is still in use: Index is being "
                            + "\(table.indexes[place].status == .creating ? "created" : "deleted"): \(name)")
                }
                table.indexes[place].status = .deleting
            } else if let wish = update["Update"], let name = wish["IndexName"]?.string {
                let place = try place(of: name, table)
                var billing = table.indexes[place].billing ?? Table.Billing(isOnDemand: table.billing.isOnDemand)
                try changeBilling(&billing, wish, session.now)
                table.indexes[place].billing = billing
                table.indexes[place].status = .updating
            } else {
                throw .invalid(
                    "One of GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Update, "
                        + "GlobalSecondaryIndexUpdate.Delete must be specified")
            }
        }
    }

    private static func place(of name: String, _ table: Table) throws(ServiceError) -> Int {
        guard let place = table.indexes.firstIndex(where: { $0.name == name && $0.isGlobal }) else {
            throw ServiceError("ResourceNotFoundException", "Requested resource not found: Index: \(name) not found")
        }
        return place
    }

    private static func create(
        _ wish: JSON, _ table: inout Table, _ attributes: [KeySchema.Attribute], _ session: Session
    ) throws(ServiceError) {
        for attribute in attributes {
            guard let known = table.attributes.first(where: { $0.name == attribute.name }) else {
                table.attributes.append(attribute)
                continue
            }
            guard known == attribute else {
                throw .invalid(
                    "Attribute type of \(attribute.name) cannot be changed from \(known.kind) to \(attribute.kind)")
            }
        }
        let types = Dictionary(table.attributes.map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
        let plan = try IndexPlan(wish, types: types, isGlobal: true, isOnDemand: table.billing.isOnDemand)
        guard !table.indexes.contains(where: { $0.name == plan.name }) else {
            throw .validation("Attempting to create an index which already exists")
        }
        guard table.indexes.filter(\.isGlobal).count < 20 else {
            throw .invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20")
        }
        table.indexes.append(plan.index(id: session.catalog.newID(), now: session.now, status: .creating))
        table.dropSpareAttributes()
    }

    private static func changeStream(
        _ table: inout Table, _ wish: JSON?, _ session: Session
    ) throws(ServiceError) {
        guard let wish else { return }
        let isEnabled = session.stream(table)?.isEnabled ?? false
        guard let view = try TablePlan.stream(wish) else {
            guard isEnabled else {
                throw .validation("Table already has a disabled stream: TableName: \(table.name)")
            }
            return try session.disableStream(of: table)
        }
        guard !isEnabled else {
            throw .validation("Table already has an enabled stream: TableName: \(table.name)")
        }
        try session.enableStream(view, on: &table)
    }
}
