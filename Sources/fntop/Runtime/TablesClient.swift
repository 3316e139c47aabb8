import JSON

/// Calls the DynamoDB API of an endpoint.
struct TablesClient {
    let endpoint: EndpointClient

    init(_ options: EndpointOptions) throws {
        endpoint = EndpointClient(try options.address())
    }

    /// - Throws: ``Failure`` with the service's error and message.
    func call(_ operation: String, _ input: JSON) async throws -> JSON {
        try await endpoint.call(.dynamodb, operation, input)
    }

    /// As `DescribeTable` gives it.
    func describe(_ table: String) async throws -> JSON {
        try await call("DescribeTable", ["TableName": .string(table)])["Table"] ?? .null
    }

    /// All items, a page at a time.
    func scan(_ table: String, _ visit: ([JSON]) throws -> Void) async throws {
        var input: JSON = ["TableName": .string(table)]
        while true {
            let page = try await call("Scan", input)
            try visit(page["Items"]?.array ?? [])
            guard let last = page["LastEvaluatedKey"] else { return }
            input["ExclusiveStartKey"] = last
        }
    }

    /// Writes items until none is left over.
    func put(_ items: [JSON], into table: String) async throws {
        var requests: JSON? = .array(items.map { ["PutRequest": ["Item": $0]] })
        while let rest = requests, rest.array?.isEmpty == false {
            var input = JSONObject()
            input[table] = rest
            let answer = try await call("BatchWriteItem", ["RequestItems": .object(input)])
            requests = answer["UnprocessedItems"]?[table]
        }
    }
}
