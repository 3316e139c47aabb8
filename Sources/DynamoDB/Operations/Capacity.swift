import AWSCore
import JSON

/// Units that an operation consumes of a table and its indexes.
struct Capacity: Sendable {
    enum Kind: String, Sendable {
        case read = "ReadCapacityUnits"
        case write = "WriteCapacityUnits"
    }

    var table = 0.0
    private(set) var indexes: [Part] = []

    struct Part: Sendable {
        var name: String
        var isGlobal: Bool
        var units: Double
    }

    var total: Double { indexes.reduce(table) { $0 + $1.units } }

    mutating func add(_ index: TableIndex, _ units: Double) {
        if let place = indexes.firstIndex(where: { $0.name == index.name }) {
            indexes[place].units += units
        } else {
            indexes.append(Part(name: index.name, isGlobal: index.isGlobal, units: units))
        }
    }

    mutating func add(_ other: Capacity) {
        table += other.table
        for part in other.indexes {
            if let place = indexes.firstIndex(where: { $0.name == part.name }) {
                indexes[place].units += part.units
            } else {
                indexes.append(part)
            }
        }
    }

    /// Transactions cost twice as much.
    var doubled: Capacity {
        var copy = self
        copy.table *= 2
        for place in copy.indexes.indices { copy.indexes[place].units *= 2 }
        return copy
    }

    /// - Parameters:
    ///   - hasIndexes: tells of the table and each index too.
    ///   - kind: names the units once more, as transactions do.
    func json(_ tableName: String, hasIndexes: Bool, kind: Kind? = nil) -> JSON {
        var json: JSON = ["TableName": .string(tableName)]
        Self.put(total, kind, &json)
        guard hasIndexes else { return json }
        json["Table"] = Self.units(table, kind)
        for isGlobal in [false, true] {
            let some = indexes.filter { $0.isGlobal == isGlobal }
            guard !some.isEmpty else { continue }
            var parts = JSONObject()
            for part in some { parts[part.name] = Self.units(part.units, kind) }
            json[isGlobal ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes"] = .object(parts)
        }
        return json
    }

    private static func units(_ units: Double, _ kind: Kind?) -> JSON {
        var json: JSON = [:]
        put(units, kind, &json)
        return json
    }

    private static func put(_ units: Double, _ kind: Kind?, _ json: inout JSON) {
        json["CapacityUnits"] = .double(units)
        if let kind { json[kind.rawValue] = .double(units) }
    }

    /// Units of a read of so many bytes: 4 KiB each, half for eventually consistent ones.
    static func read(_ bytes: Int, isConsistent: Bool) -> Double {
        let units = Double(max((bytes + 4095) / 4096, 1))
        return isConsistent ? units : units / 2
    }

    static func write(_ bytes: Int) -> Double { Double(max((bytes + 1023) / 1024, 1)) }

    /// What replacing an item by another costs: the larger of them, and of each index what changes in it.
    init(_ table: Table, _ old: Item?, _ new: Item?) {
        self.table = Self.write(max(old?.size ?? 0, new?.size ?? 0))
        for index in table.indexes where index.status != .deleting {
            let before = old.flatMap { old in index.key(old).map { ($0, index.projected(old, table.schema)) } }
            let after = new.flatMap { new in index.key(new).map { ($0, index.projected(new, table.schema)) } }
            switch (before, after) {
            case (nil, nil): break
            case (let some?, nil), (nil, let some?): add(index, Self.write(some.1.size))
            case (let before?, let after?):
                if before.0 != after.0 {
                    add(index, Self.write(before.1.size) + Self.write(after.1.size))
                } else if !AttributeValue.map(before.1).equals(.map(after.1)) {
                    add(index, Self.write(max(before.1.size, after.1.size)))
                }
            }
        }
    }

    init(table: Double = 0) { self.table = table }
}

extension UsageMeter {
    func read(_ capacity: Capacity, items: Int, index: String? = nil, key: AttributeValue? = nil) {
        note { usage in
            usage.readUnits += capacity.total
            usage.items += items
            usage.index = index ?? usage.index
            if let key { usage.partitionKey = key.shortText }
        }
    }

    func wrote(_ capacity: Capacity, items: Int, key: AttributeValue? = nil) {
        note { usage in
            usage.writeUnits += capacity.total
            usage.items += items
            if let key { usage.partitionKey = key.shortText }
        }
    }
}

extension AttributeValue {
    /// Of a key, for people.
    fileprivate var shortText: String {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        default: json[kind]?.string ?? ""
        }
    }
}
