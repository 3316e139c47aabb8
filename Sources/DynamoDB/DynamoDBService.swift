package import AWSCore
package import JSON

/// DynamoDB on this machine.
package struct DynamoDBService: JSONTargetService {
    package let context = Database()
    package let operations = OperationTable<Database>([
        CreateTable.self, DescribeTable.self, DeleteTable.self, ListTables.self, PutItem.self, GetItem.self,
        UpdateItem.self, DeleteItem.self, Query.self, Scan.self, BatchGetItem.self, BatchWriteItem.self,
        TransactGetItems.self, TransactWriteItems.self, DescribeTimeToLive.self, UpdateTimeToLive.self,
    ])

    package init() {}

    package var signingName: String { "dynamodb" }
    package var targetPrefix: String? { "DynamoDB_20120810" }
    package var contentType: String { "application/x-amz-json-1.0" }
    package var errorPrefix: String { "com.amazonaws.dynamodb.v20120810#" }

    package var hasChecksum: Bool { true }

    package func resource(of input: JSON) -> String { input["TableName"]?.string ?? "" }
}
