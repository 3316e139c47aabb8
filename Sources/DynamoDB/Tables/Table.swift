import JSON
import Telemetry

/// A table as it is now, without its items.
struct Table: Sendable {
    let id: Int
    let name: String
    /// A UUID in lower case.
    let uuid: String
    let created: Timestamp
    let schema: KeySchema
    /// The attribute definitions in the order they were given.
    var attributes: [KeySchema.Attribute]
    var indexes: [TableIndex] = []
    var billing: Billing
    var isProtected = false
    var tableClass: String?
    var encryption: JSON?
    /// The stream that was enabled last; see ``Catalog/streams``.
    var stream: Int?
    var timeToLive: TimeToLive?
    /// Keys and their values.
    var tags = JSONObject()
    /// Of the items; see also ``TableIndex/counts``.
    var counts = Counts()

    struct TimeToLive: Sendable {
        var attribute: String
        /// Under this id the items are in the order of their expiry.
        var index: Int
        var isFilled = false
    }

    struct Billing: Hashable, Sendable {
        var isOnDemand: Bool
        var readUnits = 0
        var writeUnits = 0
        var onDemandSince: Timestamp?
        var increased: Timestamp?
        var decreased: Timestamp?
    }

    var hasLocalIndexes: Bool { indexes.contains { !$0.isGlobal } }

    /// Forgets the definitions of attributes that are in no key any more.
    mutating func dropSpareAttributes() {
        attributes.removeAll { attribute in
            !schema.has(attribute.name) && !indexes.contains { $0.schema.has(attribute.name) }
        }
    }

    /// All ids that rows of the table stand under.
    var ids: [Int] { [id] + indexes.map(\.id) + (timeToLive.map { [$0.index] } ?? []) }

    /// When an item expires, as bytes that sort; `nil` when it never does.
    func expiry(_ item: Item) -> [UInt8]? {
        guard let timeToLive, case .number(let number)? = item[timeToLive.attribute] else { return nil }
        return number.orderingBytes
    }
}

/// How many items, and their bytes as DynamoDB counts them.
struct Counts: Hashable, Sendable {
    var items = 0
    var bytes = 0
}

/// A secondary index.
struct TableIndex: Sendable {
    let id: Int
    let name: String
    let schema: KeySchema
    /// `ALL`, `KEYS_ONLY` or `INCLUDE`.
    let projection: String
    let included: [String]
    let isGlobal: Bool
    var status = Status.active
    var billing: Table.Billing?
    var counts = Counts()

    enum Status: String, Sendable {
        case creating = "CREATING"
        case active = "ACTIVE"
        case deleting = "DELETING"
        case updating = "UPDATING"
    }

    /// Where an item stands in the index; `nil` when it has not all of the key's attributes.
    func key(_ item: Item) -> Key? {
        guard let partition = part(schema.partition, item) else { return nil }
        guard let sort = schema.sort else { return Key(partition: partition, sort: []) }
        return part(sort, item).map { Key(partition: partition, sort: $0) }
    }

    private func part(_ attribute: KeySchema.Attribute, _ item: Item) -> [UInt8]? {
        guard let value = item[attribute.name], value.kind == attribute.kind else { return nil }
        let bytes = value.keyBytes
        return bytes.isEmpty ? nil : bytes
    }

    /// What the index has of an item.
    func projected(_ item: Item, _ table: KeySchema) -> Item {
        guard projection != "ALL" else { return item }
        var part = Item(capacity: 8)
        for (name, value) in item where holds(name, table) { part.append(name, value) }
        return part
    }

    func holds(_ name: String, _ table: KeySchema) -> Bool {
        projection == "ALL" || schema.has(name) || table.has(name) || included.contains(name)
    }
}
