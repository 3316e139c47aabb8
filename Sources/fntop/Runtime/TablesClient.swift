import AWSCore
import HTTPTransport
import JSON

/// Calls the DynamoDB API of an endpoint.
struct TablesClient {
    let endpoint: EndpointClient

    init(_ options: EndpointOptions) throws {
        endpoint = EndpointClient(try options.address())
    }

    /// - Throws: ``Failure`` with the service's error and message.
    func call(_ operation: String, _ input: JSON) async throws -> JSON {
        let headers: HTTPHeaders = [
            "Authorization": "AWS4-HMAC-SHA256 Credential=fntop/20260101/us-east-1/dynamodb/aws4_request",
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": "DynamoDB_20120810.\(operation)",
        ]
        let reply = try await endpoint.send(
            HTTPRequest(method: "POST", target: "/", headers: headers, body: input.bytes))
        let answer = try? JSON(parsing: reply.body)
        guard reply.status < 300 else {
            let code = answer?["__type"]?.string.map { $0.split(separator: "#").last.map(String.init) ?? $0 }
            let message = answer?["message"]?.string ?? answer?["Message"]?.string
            let parts = [code, message].compactMap { $0 }
            throw Failure(
                parts.isEmpty ? "\(operation): the endpoint answered \(reply.status)" : parts.joined(separator: ": "))
        }
        guard let answer else { throw Failure("\(operation): the endpoint's answer is not JSON") }
        return answer
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
