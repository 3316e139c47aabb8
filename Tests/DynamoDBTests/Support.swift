import AWSCore
import JSON

@testable import DynamoDB

extension DynamoDBService {
    /// An operation's output, or the error that it throws.
    func call(_ operation: String, _ input: JSON) async throws(ServiceError) -> JSON {
        try await call(operation, input, context: CallContext())
    }

    /// `code: message` of the error; empty when there is none.
    func problem(_ operation: String, _ input: JSON) async -> String {
        do throws(ServiceError) {
            _ = try await call(operation, input)
            return ""
        } catch {
            return "\(error.code): \(error.message)"
        }
    }

    /// A service with the table `table`: partition key `p` (S), sort key `s` (N), and the index `byColor`.
    static func withTable() async throws -> DynamoDBService {
        let service = try DynamoDBService()
        _ = try await service.call(
            "CreateTable",
            [
                "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [
                    ["AttributeName": "p", "AttributeType": "S"], ["AttributeName": "s", "AttributeType": "N"],
                    ["AttributeName": "color", "AttributeType": "S"],
                ],
                "KeySchema": [
                    ["AttributeName": "p", "KeyType": "HASH"], ["AttributeName": "s", "KeyType": "RANGE"],
                ],
                "GlobalSecondaryIndexes": [
                    [
                        "IndexName": "byColor", "KeySchema": [["AttributeName": "color", "KeyType": "HASH"]],
                        "Projection": ["ProjectionType": "KEYS_ONLY"],
                    ]
                ],
            ])
        return service
    }

    func put(_ item: JSON) async throws { _ = try await call("PutItem", ["TableName": "table", "Item": item]) }
}

extension JSON {
    static func text(_ value: String) -> JSON { ["S": .string(value)] }
    static func count(_ value: Int) -> JSON { ["N": .string(String(value))] }

    /// An item from JSON text.
    init(_ text: String) throws { try self.init(parsing: Array(text.utf8)) }
}
