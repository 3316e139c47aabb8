package import AWSCore
package import JSON

/// DynamoDB and its streams on this machine.
package struct DynamoDBService: JSONTargetService {
    package let context: Tables
    package let operations = OperationTable<Tables>([
        CreateTable.self, DescribeTable.self, UpdateTable.self, DeleteTable.self, ListTables.self,
        PutItem.self, GetItem.self, UpdateItem.self, DeleteItem.self, Query.self, Scan.self,
        BatchGetItem.self, BatchWriteItem.self, TransactGetItems.self, TransactWriteItems.self,
        ExecuteStatement.self, BatchExecuteStatement.self, ExecuteTransaction.self,
        DescribeTimeToLive.self, UpdateTimeToLive.self, TagResource.self, UntagResource.self, ListTagsOfResource.self,
        DescribeLimits.self, DescribeEndpoints.self, DescribeContinuousBackups.self,
        ListStreams.self, DescribeStream.self, GetShardIterator.self, GetRecords.self,
    ])

    /// - Throws: when the file of the settings cannot be used.
    package init(_ settings: DynamoDBSettings = DynamoDBSettings()) throws {
        context = try Tables(settings)
    }

    package var signingName: String { "dynamodb" }
    package var targetPrefixes: [String] { ["DynamoDB_20120810", "DynamoDBStreams_20120810"] }
    package var contentType: String { "application/x-amz-json-1.0" }
    package var errorPrefix: String { "com.amazonaws.dynamodb.v20120810#" }

    package var hasChecksum: Bool { true }

    package func resource(of input: JSON) -> String {
        input["TableName"]?.string ?? input["StreamArn"]?.string.flatMap(Self.table(ofStream:)) ?? ""
    }

    private static func table(ofStream arn: String) -> String? {
        ARN(arn)?.resource.split(separator: "/").dropFirst().first.map(String.init)
    }
}
