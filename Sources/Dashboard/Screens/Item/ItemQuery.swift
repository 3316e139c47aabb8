package import JSON

/// Which items of a table are looked at.
package struct ItemQuery: Hashable, Sendable {
    /// `nil` for the table itself.
    var index: String?
    /// The partition key's value; empty for all.
    var partition = ""
    /// A condition on the sort key: `2026-*`, `> 10`, `10..20`.
    var sort = ""
    var filter = ""
    /// Of one partition, the greatest sort key first: with times as keys the newest.
    var isDescending = true

    static let pageCount = 100

    package init(
        index: String? = nil, partition: String = "", sort: String = "", filter: String = "", isDescending: Bool = true
    ) {
        self.index = index
        self.partition = partition
        self.sort = sort
        self.filter = filter
        self.isDescending = isDescending
    }

    package func keys(_ schema: TableSchema) -> TableSchema.Index {
        schema.indexes.first { $0.name == index } ?? schema.table
    }

    /// A `Query` where the partition key is given, else a `Scan`.
    ///
    /// - Parameter start: the key that the page begins behind.
    package func call(_ schema: TableSchema, after start: JSON?) throws(ConditionProblem) -> EndpointCall {
        let keys = keys(schema)
        var filter = FilterExpression()
        try filter.and(self.filter)
        let filterText = filter.text
        var conditions: [String] = []
        if !partition.isEmpty {
            let value = filter.value(try Self.value(partition, keys.partition))
            conditions.append("\(filter.name(keys.partition.name)) = \(value)")
        }
        if let key = keys.sort, !sort.isEmpty { conditions.append(try Self.condition(sort, key, &filter)) }
        var input: JSON = ["TableName": .string(schema.name), "Limit": .int(Self.pageCount)]
        if let index { input["IndexName"] = .string(index) }
        // A scan has no key conditions: one on the sort key filters.
        let joined = conditions.joined(separator: " AND ")
        if !partition.isEmpty {
            input["KeyConditionExpression"] = .string(joined)
            input["ScanIndexForward"] = .bool(!isDescending)
            if !filterText.isEmpty { input["FilterExpression"] = .string(filterText) }
        } else {
            let all = [filterText.isEmpty ? "" : "(\(filterText))", joined].filter { !$0.isEmpty }
            if !all.isEmpty { input["FilterExpression"] = .string(all.joined(separator: " AND ")) }
        }
        if !filter.names.isEmpty { input["ExpressionAttributeNames"] = .object(filter.names) }
        if !filter.values.isEmpty { input["ExpressionAttributeValues"] = .object(filter.values) }
        if let start { input["ExclusiveStartKey"] = start }
        return EndpointCall(
            service: "dynamodb", operation: partition.isEmpty ? "Scan" : "Query", input: input, isObserving: true)
    }

    private static func value(_ text: String, _ key: TableSchema.Key) throws(ConditionProblem) -> JSON {
        let text = text.trimmed
        guard key.type == "N" else { return .object(JSONObject([(key.type, .string(text))])) }
        guard (try? JSON(parsing: text))?.number != nil else {
            throw ConditionProblem(text: "\(key.name) is a number; \(text) is none")
        }
        return ["N": .string(text)]
    }

    private static func condition(
        _ text: String, _ key: TableSchema.Key, _ filter: inout FilterExpression
    ) throws(ConditionProblem) -> String {
        let text = text.trimmed
        let name = filter.name(key.name)
        for sign in ["<=", ">=", "<", ">", "="] where text.hasPrefix(sign) {
            return "\(name) \(sign) \(filter.value(try value(String(text.dropFirst(sign.count)), key)))"
        }
        if let dots = text.firstRange(of: "..") {
            let low = filter.value(try value(String(text[..<dots.lowerBound]), key))
            let high = filter.value(try value(String(text[dots.upperBound...]), key))
            return "\(name) BETWEEN \(low) AND \(high)"
        }
        if text.hasSuffix("*") {
            guard key.type != "N" else {
                throw ConditionProblem(text: "\(key.name) is a number, which begins with nothing; write 10..20 or > 10")
            }
            return "begins_with(\(name), \(filter.value(try value(String(text.dropLast()), key))))"
        }
        return "\(name) = \(filter.value(try value(text, key)))"
    }
}

extension String {
    fileprivate var trimmed: String {
        var rest = drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }
}

extension JSONObject {
    init(_ members: [(String, JSON)]) {
        self.init()
        for (name, value) in members { self[name] = value }
    }
}
