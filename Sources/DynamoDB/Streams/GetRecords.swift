import AWSCore
import JSON
import Telemetry

enum GetRecords: ServiceOperation {
    static let name = "GetRecords"

    private static let mostRecords = 1000
    private static let mostBytes = 1 << 20

    private struct Page: Sendable {
        var records: [StreamRecord] = []
        var stream: TableStream
        var isAtEnd: Bool
    }

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        guard let text = input["ShardIterator"]?.string else { throw .missing("shardIterator") }
        let limit = input["Limit"]?.int ?? mostRecords
        guard (1...mostRecords).contains(limit) else {
            throw .validation(
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: Member must have value "
                    + (limit < 1 ? "greater than or equal to 1" : "less than or equal to 1000"))
        }
        let iterator = try StreamIterator(text)
        let now = tables.clock.now()
        guard now - iterator.made <= StreamIterator.life else { throw StreamIterator.expired }
        let page = try await tables.read { session throws(ServiceError) in try Self.page(iterator, limit, session) }
        let arn = page.stream.arn(call)
        var output: JSON = ["Records": .array(page.records.map { $0.json(page.stream, call) })]
        if !page.isAtEnd {
            let next = StreamIterator(
                stream: iterator.stream, after: page.records.last?.sequence ?? iterator.after, made: now)
            output["NextShardIterator"] = .string(next.text(arn))
        }
        return output
    }

    private static func page(
        _ iterator: StreamIterator, _ limit: Int, _ session: Session
    ) throws(ServiceError) -> Page {
        guard let stream = session.catalog.streams[iterator.stream] else {
            throw ServiceError("ResourceNotFoundException", "Requested resource not found: Stream not found")
        }
        guard iterator.after >= stream.trimmed else { throw StreamIterator.trimmed }
        var page = Page(stream: stream, isAtEnd: !stream.isEnabled)
        var bytes = 0
        try session.records(stream, after: iterator.after) { record in
            guard page.records.count < limit, page.records.isEmpty || bytes + record.bytes <= mostBytes else {
                page.isAtEnd = false
                return false
            }
            bytes += record.bytes
            page.records.append(record)
            return true
        }
        return page
    }
}

extension StreamRecord {
    func json(_ stream: TableStream, _ call: CallContext) -> JSON {
        var change: JSON = [
            // Whole seconds, as DynamoDB gives them.
            "ApproximateCreationDateTime": .int(Int(time.seconds)), "Keys": keys.json,
            "SequenceNumber": .string(TableStream.text(sequence)), "SizeBytes": .int(bytes),
            "StreamViewType": .string(stream.view.rawValue),
        ]
        if let new { change["NewImage"] = new.json }
        if let old { change["OldImage"] = old.json }
        var json: JSON = [
            "eventID": .string(eventID(stream)), "eventName": .string(kind.name), "eventVersion": "1.1",
            "eventSource": "aws:dynamodb", "awsRegion": .string(call.region), "dynamodb": change,
        ]
        if kind == .expire {
            json["userIdentity"] = ["PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"]
        }
        return json
    }

    /// 32 hexadecimal digits, the same whenever the record is read.
    private func eventID(_ stream: TableStream) -> String {
        let first = String(UInt64(Key.hash(Array(stream.shard.utf8))), radix: 16)
        let second = String(UInt64(sequence), radix: 16)
        return [first, second].map { String(repeating: "0", count: 16 - $0.count) + $0 }.joined()
    }
}
