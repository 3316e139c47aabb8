import AWSCore

/// What a condition says of keys: which item, or which partitions.
enum PartiQLKeys {
    /// The conditions that must all hold.
    static func parts(_ condition: Condition?) -> [Condition] {
        switch condition {
        case nil: []
        case .and(let left, let right)?: parts(left) + parts(right)
        case let condition?: [condition]
        }
    }

    /// The key's attributes, and what else the condition says.
    ///
    /// - Returns: `nil` when one of them is not set equal to a value.
    static func key(_ condition: Condition?, _ schema: KeySchema) -> (key: Item, rest: Condition?)? {
        var key = Item()
        var rest: Condition?
        for part in parts(condition) {
            if let (name, value) = equality(part), schema.has(name), key[name] == nil {
                key[name] = value
            } else {
                rest = rest.map { .and($0, part) } ?? part
            }
        }
        guard key.count == schema.names.count else { return nil }
        return (key, rest)
    }

    private static func equality(_ condition: Condition) -> (String, AttributeValue)? {
        guard case .compare(.equal, .path(let path), .value(let value)) = condition, path.steps.isEmpty else {
            return nil
        }
        return (path.root, value)
    }

    /// The values of the partition key that items must have; `nil` when they may have any.
    static func partitions(_ condition: Condition?, _ name: String) -> [AttributeValue]? {
        for part in parts(condition) {
            if let values = values(part, name) {
                var seen: Set<[UInt8]> = []
                return values.filter { seen.insert($0.keyBytes).inserted }
            }
        }
        return nil
    }

    private static func values(_ condition: Condition, _ name: String) -> [AttributeValue]? {
        if let (root, value) = equality(condition) { return root == name ? [value] : nil }
        switch condition {
        case .isIn(.path(let path), let choices) where path.root == name && path.steps.isEmpty:
            let values = choices.compactMap { choice -> AttributeValue? in
                if case .value(let value) = choice { value } else { nil }
            }
            return values.count == choices.count ? values : nil
        case .or(let left, let right):
            guard let first = values(left, name), let second = values(right, name) else { return nil }
            return first + second
        default: return nil
        }
    }

    /// The key condition of one partition, with what is said of the sort key.
    static func range(_ value: AttributeValue, _ condition: Condition?, _ schema: KeySchema) throws(ServiceError)
        -> KeyRange
    {
        let equal = Condition.compare(.equal, .path(DocumentPath(root: schema.partition.name)), .value(value))
        guard let sort = schema.sort, let part = parts(condition).first(where: { isRange($0, sort) }) else {
            return try KeyRange(equal, schema)
        }
        return try KeyRange(.and(equal, part), schema)
    }

    private static func isRange(_ condition: Condition, _ sort: KeySchema.Attribute) -> Bool {
        switch condition {
        case .compare(let comparison, .path(let path), .value(let value)):
            comparison != .notEqual && path == DocumentPath(root: sort.name) && value.kind == sort.kind
        case .between(.path(let path), .value(let low), .value(let high)):
            path == DocumentPath(root: sort.name) && low.kind == sort.kind && high.kind == sort.kind
        case .beginsWith(.path(let path), .value(let value)):
            path == DocumentPath(root: sort.name) && value.kind == sort.kind && sort.kind != "N"
        default: false
        }
    }
}
