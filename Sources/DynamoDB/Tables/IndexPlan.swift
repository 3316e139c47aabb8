import AWSCore
import JSON
import Telemetry

/// A secondary index as a request asks for it, checked.
struct IndexPlan: Sendable {
    let name: String
    let schema: KeySchema
    let isGlobal: Bool
    private let projection: String
    private let included: [String]
    private let billing: Table.Billing?

    /// - Throws: `ValidationException` as CreateTable and UpdateTable do.
    init(_ json: JSON, types: [String: String], isGlobal: Bool, isOnDemand: Bool) throws(ServiceError) {
        guard let name = json["IndexName"]?.string else { throw .missing("indexName") }
        try Tables.checkNew(name)
        self.name = name
        self.isGlobal = isGlobal
        schema = try KeySchema(json["KeySchema"], types: types)
        (projection, included) = try Self.projection(json["Projection"])
        guard isGlobal else {
            billing = nil
            return
        }
        if let units = json["ProvisionedThroughput"], !units.isNull {
            guard !isOnDemand else {
                throw .invalid(
                    "ProvisionedThroughput should not be specified for index: \(name) when BillingMode is PAY_PER_REQUEST"
                )
            }
            let (read, write) = try Throughput.units(units)
            billing = Table.Billing(isOnDemand: false, readUnits: read, writeUnits: write)
        } else {
            guard isOnDemand else {
                throw .invalid("ProvisionedThroughput must be specified for index: \(name)")
            }
            billing = Table.Billing(isOnDemand: true)
        }
    }

    private static func projection(_ json: JSON?) throws(ServiceError) -> (String, [String]) {
        guard let json else { throw .invalid("Indexes must have a projection specified") }
        guard let kind = json["ProjectionType"]?.string else { throw .invalid("Unknown ProjectionType: null") }
        try OperationInput.check(kind, "projection.projectionType", ["ALL", "INCLUDE", "KEYS_ONLY"])
        let names = (json["NonKeyAttributes"]?.array ?? []).compactMap(\.string)
        guard kind == "INCLUDE" || json["NonKeyAttributes"] == nil else {
            throw .invalid("ProjectionType is \(kind), but NonKeyAttributes is specified")
        }
        guard kind != "INCLUDE" || !names.isEmpty else {
            throw .invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
        }
        guard names.count <= 20 else {
            throw .validation(
                "1 validation error detected: Value '[\(names.joined(separator: ", "))]' at 'projection.nonKeyAttributes' failed to "
                    + "satisfy constraint: Member must have length less than or equal to 20")
        }
        return (kind, names)
    }

    /// - Throws: for a local index that does not suit its table.
    func check(in table: KeySchema) throws(ServiceError) {
        guard !isGlobal else { return }
        guard table.sort != nil else {
            throw .invalid(
                "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex")
        }
        guard schema.partition == table.partition else {
            throw .invalid(
                "Index KeySchema does not have the same leading hash key as table KeySchema for index: \(name). index hash key: "
                    + "\(schema.partition.name), table hash key: \(table.partition.name)")
        }
        guard schema.sort != nil else {
            throw .invalid("Index KeySchema does not have a range key for index: \(name)")
        }
    }

    func index(id: Int, now: Timestamp, status: TableIndex.Status) -> TableIndex {
        TableIndex(
            id: id, name: name, schema: schema, projection: projection, included: included, isGlobal: isGlobal,
            status: status, billing: billing)
    }
}
