import AWSCore
import JSON
import Telemetry

/// A table as CreateTable asks for it, checked.
struct TablePlan: Sendable {
    let name: String
    let stream: TableStream.View?
    private let schema: KeySchema
    private let attributes: [KeySchema.Attribute]
    private let indexes: [IndexPlan]
    private let throughput: Throughput
    private let tags: JSONObject
    private let isProtected: Bool
    private let tableClass: String?

    /// - Throws: `ValidationException` as CreateTable does.
    init(_ input: JSON) throws(ServiceError) {
        name = try Tables.name(input)
        try Tables.checkNew(name)
        attributes = try Self.attributes(input["AttributeDefinitions"])
        let types = Dictionary(attributes.map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
        schema = try KeySchema(input["KeySchema"], types: types)
        throughput = try Throughput(input)
        indexes = try Self.indexes(input, types, schema, isOnDemand: throughput.isOnDemand)
        try Self.checkUse(of: types, schema, indexes)
        stream = try Self.stream(input["StreamSpecification"])
        tags = try Tags.object(input["Tags"])
        isProtected = input["DeletionProtectionEnabled"]?.bool ?? false
        tableClass = input["TableClass"]?.string
        if let tableClass {
            try OperationInput.check(tableClass, "tableClass", ["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
        }
    }

    func table(id: Int, now: Timestamp, _ newID: () -> Int) -> Table {
        var table = Table(
            id: id, name: name, uuid: RequestID().description, created: now, schema: schema, attributes: attributes,
            billing: throughput.billing(now))
        table.indexes = indexes.map { $0.index(id: newID(), now: now, status: .active) }
        table.tags = tags
        table.isProtected = isProtected
        table.tableClass = tableClass
        return table
    }

    static func attributes(_ json: JSON?) throws(ServiceError) -> [KeySchema.Attribute] {
        var attributes: [KeySchema.Attribute] = []
        for (place, definition) in (json?.array ?? []).enumerated() {
            let kind = definition["AttributeType"]?.string ?? ""
            try OperationInput.check(
                kind, "attributeDefinitions.\(place + 1).member.attributeType", ["B", "N", "S"])
            guard let name = definition["AttributeName"]?.string, !name.isEmpty else {
                throw .missing("attributeDefinitions.\(place + 1).member.attributeName")
            }
            guard !attributes.contains(where: { $0.name == name }) else {
                throw .validation("Cannot have two attributes with the same name")
            }
            attributes.append(KeySchema.Attribute(name: name, kind: kind))
        }
        return attributes
    }

    private static func indexes(
        _ input: JSON, _ types: [String: String], _ schema: KeySchema, isOnDemand: Bool
    ) throws(ServiceError) -> [IndexPlan] {
        var plans: [IndexPlan] = []
        for (member, isGlobal) in [("GlobalSecondaryIndexes", true), ("LocalSecondaryIndexes", false)] {
            guard let list = input[member]?.array else { continue }
            guard !list.isEmpty else {
                throw .invalid("List of \(member) is empty")
            }
            guard list.count <= (isGlobal ? 20 : 5) else {
                throw .invalid(
                    isGlobal
                        ? "GlobalSecondaryIndex count exceeds the per-table limit of 20"
                        : "Number of LocalSecondaryIndexes exceeds per-table limit of 5")
            }
            for json in list {
                let plan = try IndexPlan(json, types: types, isGlobal: isGlobal, isOnDemand: isOnDemand)
                try plan.check(in: schema)
                guard !plans.contains(where: { $0.name == plan.name }) else {
                    throw .invalid("Duplicate index name: \(plan.name)")
                }
                plans.append(plan)
            }
        }
        return plans
    }

    private static func checkUse(
        of types: [String: String], _ schema: KeySchema, _ indexes: [IndexPlan]
    ) throws(ServiceError) {
        let used = Set(schema.names + indexes.flatMap(\.schema.names))
        guard used.count != types.count else { return }
        throw indexes.isEmpty
            ? .invalid(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions"
            )
            : .invalid(
                "Some AttributeDefinitions are not used. AttributeDefinitions: "
                    + "[\(types.keys.sorted().joined(separator: ", "))], keys used: [\(used.sorted().joined(separator: ", "))]"
            )
    }

    /// The view that a stream specification asks for; `nil` when it enables none.
    static func stream(_ json: JSON?) throws(ServiceError) -> TableStream.View? {
        guard let json, !json.isNull else { return nil }
        guard json["StreamEnabled"]?.bool == true else {
            guard json["StreamViewType"] == nil else {
                throw .invalid("StreamViewType cannot be specified when StreamEnabled is set to false")
            }
            return nil
        }
        guard let name = json["StreamViewType"]?.string else {
            throw .invalid("StreamViewType must be specified when StreamEnabled is set to true")
        }
        try OperationInput.check(
            name, "streamSpecification.streamViewType", ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"])
        return TableStream.View(rawValue: name)
    }
}

/// How a table or an index is paid for.
struct Throughput: Sendable {
    let isOnDemand: Bool
    let readUnits: Int
    let writeUnits: Int

    /// - Throws: `ValidationException` when mode and units do not suit each other.
    init(_ input: JSON) throws(ServiceError) {
        let mode = input["BillingMode"]?.string ?? "PROVISIONED"
        try OperationInput.check(mode, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"])
        isOnDemand = mode == "PAY_PER_REQUEST"
        guard let units = input["ProvisionedThroughput"], !units.isNull else {
            guard isOnDemand else {
                throw .invalid(
                    "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
            }
            readUnits = 0
            writeUnits = 0
            return
        }
        guard !isOnDemand else {
            throw .invalid(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
        }
        (readUnits, writeUnits) = try Self.units(units)
    }

    static func units(_ json: JSON) throws(ServiceError) -> (Int, Int) {
        let read = json["ReadCapacityUnits"]?.int ?? 0
        let write = json["WriteCapacityUnits"]?.int ?? 0
        for (value, member) in [(read, "readCapacityUnits"), (write, "writeCapacityUnits")] where value < 1 {
            throw .validation(
                "1 validation error detected: Value '\(value)' at 'provisionedThroughput.\(member)' failed to satisfy constraint: "
                    + "Member must have value greater than or equal to 1")
        }
        return (read, write)
    }

    func billing(_ now: Timestamp) -> Table.Billing {
        Table.Billing(
            isOnDemand: isOnDemand, readUnits: readUnits, writeUnits: writeUnits, onDemandSince: isOnDemand ? now : nil)
    }
}
