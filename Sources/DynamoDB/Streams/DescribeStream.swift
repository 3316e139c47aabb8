import AWSCore
import JSON

enum DescribeStream: ServiceOperation {
    static let name = "DescribeStream"

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        let stream = try await tables.read { session throws(ServiceError) in try session.stream(input, call) }
        var range: JSON = ["StartingSequenceNumber": .string(TableStream.text(stream.start))]
        if let end = stream.end { range["EndingSequenceNumber"] = .string(TableStream.text(end)) }
        let isBehind = input["ExclusiveStartShardId"]?.string.map { $0 >= stream.shard } ?? false
        let shards: [JSON] = isBehind ? [] : [["ShardId": .string(stream.shard), "SequenceNumberRange": range]]
        return [
            "StreamDescription": [
                "StreamArn": .string(stream.arn(call)), "StreamLabel": .string(stream.label),
                "StreamStatus": stream.isEnabled ? "ENABLED" : "DISABLED",
                "StreamViewType": .string(stream.view.rawValue), "CreationRequestDateTime": .seconds(stream.created),
                "TableName": .string(stream.tableName), "KeySchema": stream.schema.json, "Shards": .array(shards),
            ]
        ]
    }
}
