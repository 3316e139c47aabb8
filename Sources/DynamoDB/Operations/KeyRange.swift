import AWSCore

/// What a key condition means: one partition, and which sort keys of it.
struct KeyRange {
    let partition: [UInt8]
    private var tests: [(Condition.Comparison, [UInt8])] = []
    private var prefix: [UInt8]?

    /// - Throws: `ValidationException` as Query does.
    init(_ condition: Condition, _ schema: KeySchema) throws(ServiceError) {
        var parts: [Condition] = []
        try Self.flatten(condition, &parts)
        var partition: [UInt8]?
        var sort: Condition?
        for part in parts {
            let name = try Self.name(part)
            if name == schema.partition.name {
                guard case .compare(.equal, _, .value(let value)) = part else {
                    throw .validation("Query key condition not supported")
                }
                partition = try Self.bytes(value, schema.partition)
            } else if name == schema.sort?.name, sort == nil {
                sort = part
            } else {
                throw .validation(
                    "Query condition missed key schema element: \(schema.sort.map(\.name) ?? schema.partition.name)")
            }
        }
        guard let partition else {
            throw .validation("Query condition missed key schema element: \(schema.partition.name)")
        }
        self.partition = partition
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
        case .or: throw .validation("Invalid operator used in KeyConditionExpression: OR")
        case .not: throw .validation("Invalid operator used in KeyConditionExpression: NOT")
        default: parts.append(condition)
        }
    }

    private static func name(_ condition: Condition) throws(ServiceError) -> String {
        switch condition {
        case .compare(_, .path(let path), _), .between(.path(let path), _, _), .beginsWith(.path(let path), _):
            guard path.steps.isEmpty else {
                throw .validation("KeyConditionExpressions cannot have conditions on nested attributes")
            }
            return path.root
        default: throw .validation("Invalid KeyConditionExpression: Syntax error; a key attribute stands on the left")
        }
    }

    private static func bytes(_ value: AttributeValue, _ attribute: KeySchema.Attribute) throws(ServiceError) -> [UInt8]
    {
        guard value.kind == attribute.kind else {
            throw .validation(
                "One or more parameter values were invalid: Condition parameter type does not match schema type")
        }
        return value.keyBytes
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
