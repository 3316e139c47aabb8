import AWSCore

/// What a key condition means: one partition, and which sort keys of it.
struct KeyRange: Sendable {
    let partition: [UInt8]
    /// The partition key's value.
    let value: AttributeValue
    private var tests: [(Condition.Comparison, [UInt8])] = []
    private var prefix: [UInt8]?

    /// - Throws: `ValidationException` as Query does.
    init(_ condition: Condition, _ schema: KeySchema) throws(ServiceError) {
        var parts: [Condition] = []
        try Self.flatten(condition, &parts)
        var named: [String: Condition] = [:]
        for part in parts {
            let name = try Self.name(part)
            guard named.updateValue(part, forKey: name) == nil else {
                throw .validation("KeyConditionExpressions must only contain one condition per key")
            }
        }
        guard let first = named.removeValue(forKey: schema.partition.name) else {
            throw .validation("Query condition missed key schema element: \(schema.partition.name)")
        }
        guard case .compare(.equal, _, .value(let value)) = first else {
            throw .validation("Query key condition not supported")
        }
        let sort = schema.sort.flatMap { named.removeValue(forKey: $0.name) }
        guard named.isEmpty else {
            throw .validation(
                "Query condition missed key schema element: \(schema.sort.map(\.name) ?? schema.partition.name)")
        }
        let partition = try Self.bytes(value, schema.partition)
        self.partition = partition
        self.value = value
        guard let sort, let attribute = schema.sort else { return }
        switch sort {
        case .compare(let comparison, _, .value(let value)) where comparison != .notEqual:
            tests = [(comparison, try Self.bytes(value, attribute))]
        case .between(_, .value(let low), .value(let high)):
            tests = [
                (.greaterOrEqual, try Self.bytes(low, attribute)), (.lessOrEqual, try Self.bytes(high, attribute)),
            ]
        case .beginsWith(_, .value(let value)): prefix = try Self.bytes(value, attribute)
        default: throw .validation("Invalid operator used in KeyConditionExpression")
        }
    }

    private static func flatten(_ condition: Condition, _ parts: inout [Condition]) throws(ServiceError) {
        switch condition {
        case .and(let left, let right):
            try flatten(left, &parts)
            try flatten(right, &parts)
        case .or: throw wrongOperator("OR")
        case .not: throw wrongOperator("NOT")
        case .isIn: throw wrongOperator("IN")
        case .exists: throw wrongOperator("attribute_exists")
        case .notExists: throw wrongOperator("attribute_not_exists")
        case .hasType: throw wrongOperator("attribute_type")
        case .contains: throw wrongOperator("contains")
        case .compare(.notEqual, _, _): throw wrongOperator("<>")
        case .compare(let comparison, .value(let value), .path(let path)):
            parts.append(.compare(comparison.flipped, .path(path), .value(value)))
        default: parts.append(condition)
        }
    }

    private static func wrongOperator(_ name: String) -> ServiceError {
        .validation("Invalid operator used in KeyConditionExpression: \(name)")
    }

    private static func name(_ condition: Condition) throws(ServiceError) -> String {
        let (name, operands): (String, [Operand]) =
            switch condition {
            case .compare(let comparison, let left, let right): (comparison.rawValue, [left, right])
            case .between(let value, let low, let high): ("BETWEEN", [value, low, high])
            case .beginsWith(let whole, let prefix): ("begins_with", [whole, prefix])
            default: ("", [])
            }
        guard !operands.contains(where: { if case .size = $0 { true } else { false } }) else {
            throw .validation("KeyConditionExpressions cannot contain nested operations")
        }
        let paths = operands.compactMap { operand in if case .path(let path) = operand { path } else { nil } }
        guard paths.count < 2 else {
            throw .validation(
                "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition")
        }
        guard let path = paths.first else {
            throw .validation("Invalid condition in KeyConditionExpression: No key attribute specified")
        }
        guard case .path? = operands.first else {
            throw .validation(
                "Invalid condition in KeyConditionExpression: \(name) operator must have the key attribute as its first operand"
            )
        }
        guard path.steps.isEmpty else {
            throw .validation("KeyConditionExpressions cannot have conditions on nested attributes")
        }
        return path.root
    }

    private static func bytes(_ value: AttributeValue, _ attribute: KeySchema.Attribute) throws(ServiceError) -> [UInt8]
    {
        guard value.kind == attribute.kind else {
            throw .validation(
                "One or more parameter values were invalid: Condition parameter type does not match schema type")
        }
        let bytes = value.keyBytes
        guard !bytes.isEmpty else {
            throw .validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                    + "\(attribute.kind == "S" ? "string" : "binary") value. Key: \(attribute.name)")
        }
        return bytes
    }

    /// Whether a key lies in the partition and among the sort keys.
    func includes(_ key: Key) -> Bool { key.partition == partition && holds(key.sort) }

    /// The sort keys from the first one up to, not including, the second one.
    var bounds: (low: [UInt8], high: [UInt8]) {
        var low: [UInt8] = prefix ?? []
        var high = prefix.map(Key.behind(prefix:)) ?? Key.beyond
        for (comparison, bytes) in tests {
            switch comparison {
            case .equal:
                low = bytes
                high = bytes + [0]
            case .less: high = bytes
            case .lessOrEqual: high = bytes + [0]
            case .greater: low = bytes + [0]
            case .greaterOrEqual: low = bytes
            case .notEqual: break
            }
        }
        return (low, high)
    }

    func holds(_ sort: [UInt8]) -> Bool {
        if let prefix, !sort.starts(with: prefix) { return false }
        return tests.allSatisfy { comparison, bytes in
            switch comparison {
            case .equal: sort == bytes
            case .less: sort.lexicographicallyPrecedes(bytes)
            case .lessOrEqual: !bytes.lexicographicallyPrecedes(sort)
            case .greater: bytes.lexicographicallyPrecedes(sort)
            case .greaterOrEqual: !sort.lexicographicallyPrecedes(bytes)
            case .notEqual: sort != bytes
            }
        }
    }
}

extension Condition.Comparison {
    /// The comparison when the operands change places.
    var flipped: Self {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}
