import AWSCore
import JSON

/// The attributes that tell items apart, with their types.
struct KeySchema: Hashable, Sendable {
    struct Attribute: Hashable, Sendable {
        var name: String
        /// `S`, `N` or `B`
        var kind: String
    }

    var partition: Attribute
    var sort: Attribute?

    var attributes: [Attribute] { [partition] + (sort.map { [$0] } ?? []) }
    var names: [String] { [partition.name] + (sort.map { [$0.name] } ?? []) }

    func has(_ name: String) -> Bool { name == partition.name || name == sort?.name }

    /// - Parameter types: the table's attribute definitions.
    /// - Throws: `ValidationException` as CreateTable does.
    init(_ json: JSON?, types: [String: String]) throws(ServiceError) {
        let elements = json?.array ?? []
        guard (1...2).contains(elements.count) else {
            throw .validation(
                "1 validation error detected: Value '\(elements.count)' at 'keySchema' failed to satisfy constraint: Member must "
                    + "have length \(elements.isEmpty ? "greater than or equal to 1" : "less than or equal to 2")")
        }
        var parts: [Attribute] = []
        for (index, element) in elements.enumerated() {
            let name = element["AttributeName"]?.string ?? ""
            guard element["KeyType"]?.string == (index == 0 ? "HASH" : "RANGE") else {
                throw .validation(
                    index == 0
                        ? "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
                        : "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
            }
            guard let kind = types[name] else {
                throw .validation(
                    "One or more parameter values were invalid: Some index key attributes are not defined in "
                        + "AttributeDefinitions. Keys: [\(name)], AttributeDefinitions: [\(types.keys.sorted().joined(separator: ", "))]"
                )
            }
            parts.append(Attribute(name: name, kind: kind))
        }
        guard parts.count < 2 || parts[0].name != parts[1].name else {
            throw .validation("Both the Hash Key and the Range Key element in the KeySchema have the same name")
        }
        partition = parts[0]
        sort = parts.count > 1 ? parts[1] : nil
    }

    /// The key of an item that is being written.
    ///
    /// - Throws: `ValidationException` when a part is missing, of another type, or empty.
    func key(ofItem item: Item) throws(ServiceError) -> Key {
        let partition = try part(self.partition, item)
        guard let sort else { return Key(partition: partition, sort: []) }
        return Key(partition: partition, sort: try part(sort, item))
    }

    private func part(_ attribute: Attribute, _ item: Item) throws(ServiceError) -> [UInt8] {
        guard let value = item[attribute.name] else {
            throw .validation(
                "One or more parameter values were invalid: Missing the key \(attribute.name) in the item")
        }
        guard value.kind == attribute.kind else {
            throw .validation(
                "One or more parameter values were invalid: Type mismatch for key \(attribute.name) expected: "
                    + "\(attribute.kind) actual: \(value.kind)")
        }
        return try bytes(value, attribute)
    }

    /// The key that a request names: exactly the key's attributes.
    func key(ofRequest item: Item) throws(ServiceError) -> Key {
        guard isKey(item) else { throw .validation("The provided key element does not match the schema") }
        return try key(ofItem: item)
    }

    /// Whether these are the attributes of the key, of their types, and no others.
    private func isKey(_ item: Item) -> Bool {
        guard item.count == (sort == nil ? 1 : 2), item[partition.name]?.kind == partition.kind else { return false }
        return sort.map { item[$0.name]?.kind == $0.kind } ?? true
    }

    private func bytes(_ value: AttributeValue, _ attribute: Attribute) throws(ServiceError) -> [UInt8] {
        let bytes = value.keyBytes
        let limit = attribute == partition ? 2048 : 1024
        guard !bytes.isEmpty else {
            throw .validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                    + "\(attribute.kind == "S" ? "string" : "binary") value. Key: \(attribute.name)")
        }
        guard bytes.count <= limit || attribute.kind == "N" else {
            throw .validation(
                "One or more parameter values were invalid: "
                    + (limit == 2048
                        ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
                        : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"))
        }
        return bytes
    }

    /// The key's attributes of an item.
    func projection(_ item: Item) -> Item {
        var key = Item(capacity: 2)
        for name in names { key[name] = item[name] }
        return key
    }

    var json: JSON {
        var elements: [JSON] = [["AttributeName": .string(partition.name), "KeyType": "HASH"]]
        if let sort { elements.append(["AttributeName": .string(sort.name), "KeyType": "RANGE"]) }
        return .array(elements)
    }
}

/// A key as bytes that sort as the values do.
struct Key: Hashable, Sendable {
    var partition: [UInt8]
    /// Empty in a table without a sort key.
    var sort: [UInt8]

    var hash: Int { Self.hash(partition) }

    /// Where a partition stands in a scan: never negative.
    static func hash(_ partition: [UInt8]) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in partition { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // FNV's upper bits are weak for short keys: mix them.
        hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return Int((hash ^ (hash >> 29)) >> 1)
    }

    /// Beyond all sort keys, which have at most 1,024 bytes.
    static let beyond = [UInt8](repeating: 0xFF, count: 1025)

    /// The first key behind all that begin with these bytes.
    static func behind(prefix: [UInt8]) -> [UInt8] {
        guard let place = prefix.lastIndex(where: { $0 < 0xFF }) else { return beyond }
        return prefix[..<place] + [prefix[place] + 1]
    }
}

extension AttributeValue {
    var keyBytes: [UInt8] {
        switch self {
        case .string(let text): Array(text.utf8)
        case .number(let number): number.orderingBytes
        case .binary(let bytes): bytes
        default: []
        }
    }
}
