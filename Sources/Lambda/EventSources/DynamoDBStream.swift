import AWSCore
import JSON
import Telemetry

/// A table's stream, read by the operations of DynamoDB Streams.
struct DynamoDBStream: StreamSource {
    let arn: ARN
    let caller: any ServiceCaller
    let filters: [EventPattern]

    var retention: Microseconds { .seconds(86_400) }
    var batchInfoName: String { "DDBStreamBatchInfo" }

    func shards() async throws(ServiceError) -> [StreamShard] {
        var shards: [StreamShard] = []
        var last: String?
        repeat {
            var input: JSON = ["StreamArn": .string(arn.description)]
            if let last { input["ExclusiveStartShardId"] = .string(last) }
            let description = try await call("DescribeStream", input)["StreamDescription"]
            for shard in description?["Shards"]?.array ?? [] {
                guard let id = shard["ShardId"]?.string else { continue }
                shards.append(StreamShard(id: id, parent: shard["ParentShardId"]?.string))
            }
            let next = description?["LastEvaluatedShardId"]?.string
            guard next != last else { break }
            last = next
        } while last != nil
        return shards
    }

    func iterator(of shard: String, at position: StreamPosition) async throws(ServiceError) -> String {
        var input: JSON = ["StreamArn": .string(arn.description), "ShardId": .string(shard)]
        switch position {
        case .oldest: input["ShardIteratorType"] = "TRIM_HORIZON"
        case .latest: input["ShardIteratorType"] = "LATEST"
        case .after(let sequence):
            input["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER"
            input["SequenceNumber"] = .string(sequence)
        }
        guard let iterator = try await call("GetShardIterator", input)["ShardIterator"]?.string else {
            throw ServiceError("InternalServerError", "The stream gave no iterator for \(shard)", status: 500)
        }
        return iterator
    }

    func read(_ iterator: String, limit: Int) async throws(ServiceError) -> StreamPage {
        let output = try await call("GetRecords", ["ShardIterator": .string(iterator), "Limit": .int(limit)])
        var page = StreamPage(next: output["NextShardIterator"]?.string)
        for record in output["Records"]?.array ?? [] {
            guard let change = record["dynamodb"], let sequence = change["SequenceNumber"]?.string else { continue }
            let event = event(record)
            page.records.append(
                StreamRecord(
                    sequence: sequence, time: Self.time(change["ApproximateCreationDateTime"]),
                    key: change["Keys"]?.text.hashValue ?? 0, bytes: isWanted(event) ? event.bytes : []))
        }
        return page
    }

    private func call(_ operation: String, _ input: JSON) async throws(ServiceError) -> JSON {
        var context = CallContext(region: arn.region, account: arn.account)
        context.isPoll = true
        return try await caller.call("dynamodb", operation, input, context: context)
    }

    private func isWanted(_ event: JSON) -> Bool { filters.isEmpty || filters.contains { $0.matches(event) } }

    private static func time(_ seconds: JSON?) -> Timestamp {
        guard let seconds = seconds?.double, seconds.isFinite, abs(seconds) < 1e11 else { return .now() }
        return Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
    }

    /// Functions get a record with its stream, and the members of `userIdentity` in lower case.
    private func event(_ record: JSON) -> JSON {
        var event = record
        if let identity = record["userIdentity"] {
            event["userIdentity"] = [
                "principalId": identity["PrincipalId"] ?? .null, "type": identity["Type"] ?? .null,
            ]
        }
        event["eventSourceARN"] = .string(arn.description)
        return event
    }
}
