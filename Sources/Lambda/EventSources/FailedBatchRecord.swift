import AWSCore
import JSON
import Telemetry

/// What a destination is told of a batch that was given up; the records themselves stay in the stream.
///
/// - SeeAlso: AWS Lambda Developer Guide, "Retaining discarded records for a DynamoDB event source".
struct FailedBatchRecord {
    var id: RequestID
    var functionARN: String
    var condition: String
    /// How often the function was given these records.
    var count: Int
    /// What the last run gave; `nil` when there was none.
    var result: FunctionResult?
    /// As ``StreamSource/batchInfoName``.
    var infoName: String
    var shard: String
    var stream: String
    var first: StreamRecord
    var last: StreamRecord
    var size: Int
    var time: Timestamp

    var json: JSON {
        var json: JSON = [
            "requestContext": [
                "requestId": .string(id.description), "functionArn": .string(functionARN),
                "condition": .string(condition), "approximateInvokeCount": .int(count),
            ]
        ]
        if let result {
            var context: JSON = ["statusCode": 200, "executedVersion": .string(result.executedVersion)]
            context["functionError"] = result.functionError.map { .string($0) }
            json["responseContext"] = context
        }
        json["version"] = "1.0"
        json["timestamp"] = .string(time.iso8601)
        json[infoName] = [
            "shardId": .string(shard), "startSequenceNumber": .string(first.sequence),
            "endSequenceNumber": .string(last.sequence),
            "approximateArrivalOfFirstRecord": .string(ISOTime.text(milliseconds: first.time.milliseconds)),
            "approximateArrivalOfLastRecord": .string(ISOTime.text(milliseconds: last.time.milliseconds)),
            "batchSize": .int(size), "streamArn": .string(stream),
        ]
        return json
    }
}
