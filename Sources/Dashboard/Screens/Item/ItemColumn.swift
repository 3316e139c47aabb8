package import JSON

/// A column of the items: a key or an attribute.
package struct ItemColumn: Hashable, Sendable {
    package var name: String
    /// The types that its values have on the page: `S`, or `S N`.
    package var types: String
    var isKey: Bool

    private static let mostColumns = 40

    /// The keys first, then the attributes, the most frequent ones first.
    package static func columns(
        of items: [JSONObject], _ schema: TableSchema, _ index: TableSchema.Index
    ) -> [ItemColumn] {
        var keys: [String] = []
        for key in [index.partition, index.sort, schema.table.partition, schema.table.sort] {
            if let key, !keys.contains(key.name) { keys.append(key.name) }
        }
        var counts: [String: Int] = [:]
        var types: [String: [String]] = [:]
        for item in items {
            for (name, value) in item {
                counts[name, default: 0] += 1
                let type = Attribute.type(value)
                if types[name, default: []].contains(type) == false { types[name, default: []].append(type) }
            }
        }
        let others = counts.keys.filter { !keys.contains($0) }
            .sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
        return (keys + others.prefix(mostColumns)).map { name in
            ItemColumn(
                name: name, types: (types[name] ?? []).sorted().joined(separator: " "), isKey: keys.contains(name))
        }
    }
}
