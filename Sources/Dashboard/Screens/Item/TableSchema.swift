package import JSON

/// The keys of a table and its indexes, from its description.
package struct TableSchema: Hashable, Sendable {
    package var name: String
    package var table: Index
    package var indexes: [Index]

    package struct Index: Hashable, Sendable {
        /// `nil` for the table itself.
        package var name: String?
        var partition: Key
        var sort: Key?
        /// `ALL`, `KEYS_ONLY`, `INCLUDE`
        var projection: String

        /// `user (S), created (N)`
        var keyText: String { ([partition] + (sort.map { [$0] } ?? [])).map(\.text).joined(separator: ", ") }
    }

    struct Key: Hashable, Sendable {
        var name: String
        /// `S`, `N` or `B`
        var type: String

        var text: String { "\(name) (\(type))" }
    }

    /// - Parameter description: as `DescribeTable` gives it, with or without the member around it.
    /// - Returns: `nil` when it names no partition key.
    package init?(_ description: JSON) {
        var types: [String: String] = [:]
        for attribute in description.tableMember("AttributeDefinitions")?.array ?? [] {
            guard let name = attribute["AttributeName"]?.string else { continue }
            types[name] = attribute["AttributeType"]?.string
        }
        func index(_ json: JSON?, name: String?, projection: String) -> Index? {
            func key(_ kind: String) -> Key? {
                let element = json?.array?.first { $0["KeyType"]?.string == kind }
                return element?["AttributeName"]?.string.map { Key(name: $0, type: types[$0] ?? "S") }
            }
            return key("HASH").map { Index(name: name, partition: $0, sort: key("RANGE"), projection: projection) }
        }
        guard let table = index(description.tableMember("KeySchema"), name: nil, projection: "ALL") else { return nil }
        self.table = table
        name = description.tableMember("TableName")?.string ?? ""
        let kinds = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"]
        indexes = kinds.flatMap { description.tableMember($0)?.array ?? [] }.compactMap { json in
            index(
                json["KeySchema"], name: json["IndexName"]?.string ?? "",
                projection: json["Projection"]?["ProjectionType"]?.string ?? "ALL")
        }
    }

    /// The key of an item, as the operations take it.
    func key(of item: JSONObject) -> JSONObject? {
        var key = JSONObject()
        for part in [table.partition] + (table.sort.map { [$0] } ?? []) {
            guard let value = item[part.name] else { return nil }
            key[part.name] = value
        }
        return key
    }
}

extension JSON {
    /// A member of a table's description, with or without the `Table` around it.
    func tableMember(_ name: String) -> JSON? { self["Table"]?[name] ?? self[name] }
}
