import AWSCore
import JSON
import Synchronization
import Telemetry

/// The stream of a table, and a queue, as the services' operations show them.
final class FakeStream: ServiceCaller {
    struct Shard: Sendable {
        var id: String
        var parent: String?
        var records: [JSON] = []
        var isClosed = false
    }

    private struct State {
        var shards: [Shard]
        var nextSequence = 100
        var messages: [JSON] = []
        /// Errors that the next calls of an operation give.
        var failures: [String: [ServiceError]] = [:]
        var polls = 0
        var unmarked = 0
    }

    static let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000"
    static let queue = "arn:aws:sqs:us-east-1:000000000000:lost"
    let hasQueues: Bool
    private let state: Mutex<State>

    init(_ shards: [Shard] = [Shard(id: "shard-1")], hasQueues: Bool = true) {
        state = Mutex(State(shards: shards))
        self.hasQueues = hasQueues
    }

    var messages: [JSON] { state.withLock { $0.messages } }
    /// Calls that were not marked as polls.
    var unmarked: Int { state.withLock { $0.unmarked } }

    func fail(_ operation: String, _ errors: ServiceError...) {
        state.withLock { $0.failures[operation, default: []] += errors }
    }

    func close(_ shard: String) {
        state.withLock { state in
            for place in state.shards.indices where state.shards[place].id == shard {
                state.shards[place].isClosed = true
            }
        }
    }

    func add(_ shard: Shard) { state.withLock { $0.shards.append(shard) } }

    /// - Returns: the sequence number of the record.
    @discardableResult
    func put(_ key: String, at time: Timestamp, shard: String = "shard-1", event: String = "INSERT") -> String {
        state.withLock { state in
            let sequence = String(state.nextSequence)
            state.nextSequence += 1
            let record: JSON = [
                "eventID": .string("id-\(sequence)"), "eventName": .string(event), "eventVersion": "1.1",
                "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
                "dynamodb": [
                    "ApproximateCreationDateTime": .int(Int(time.seconds)), "Keys": ["id": ["S": .string(key)]],
                    "NewImage": ["id": ["S": .string(key)]], "SequenceNumber": .string(sequence), "SizeBytes": 10,
                    "StreamViewType": "NEW_IMAGE",
                ],
            ]
            for place in state.shards.indices where state.shards[place].id == shard {
                state.shards[place].records.append(record)
            }
            return sequence
        }
    }

    func call(
        _ service: String, _ operation: String, _ input: JSON, context: CallContext
    ) async throws(ServiceError) -> JSON {
        let failure = state.withLock { state -> ServiceError? in
            if service == "dynamodb", !context.isPoll { state.unmarked += 1 }
            guard state.failures[operation]?.isEmpty == false else { return nil }
            return state.failures[operation]?.removeFirst()
        }
        if let failure { throw failure }
        switch operation {
        case "DescribeStream": return describe()
        case "GetShardIterator": return try iterator(input)
        case "GetRecords": return try records(input)
        case "GetQueueUrl" where hasQueues: return ["QueueUrl": "http://queue/lost"]
        case "SendMessage" where hasQueues:
            state.withLock { $0.messages.append(input) }
            return ["MessageId": "1"]
        default: throw ServiceError("NotImplemented", "fntop does not serve \(operation) of \(service)", status: 501)
        }
    }

    private func describe() -> JSON {
        let shards = state.withLock { $0.shards }
        return [
            "StreamDescription": [
                "Shards": .array(
                    shards.map { shard in
                        var json: JSON = ["ShardId": .string(shard.id)]
                        json["ParentShardId"] = shard.parent.map { .string($0) }
                        return json
                    })
            ]
        ]
    }

    /// Iterators are a shard and a place in it.
    private func iterator(_ input: JSON) throws(ServiceError) -> JSON {
        let id = input["ShardId"]?.string ?? ""
        let records = state.withLock { $0.shards.first { $0.id == id }?.records } ?? []
        let place: Int
        switch input["ShardIteratorType"]?.string {
        case "LATEST": place = records.count
        case "AFTER_SEQUENCE_NUMBER":
            let sequence = input["SequenceNumber"]
            place = (records.firstIndex { $0["dynamodb"]?["SequenceNumber"] == sequence } ?? -1) + 1
        default: place = 0
        }
        return ["ShardIterator": .string("\(id) \(place)")]
    }

    private func records(_ input: JSON) throws(ServiceError) -> JSON {
        let parts = (input["ShardIterator"]?.string ?? "").split(separator: " ")
        guard parts.count == 2, let place = Int(parts[1]), let limit = input["Limit"]?.int, (1...1000).contains(limit)
        else { throw ServiceError("ValidationException", "not an iterator") }
        let shard = state.withLock { $0.shards.first { $0.id == parts[0] } } ?? Shard(id: "")
        let page = shard.records[place...].prefix(limit)
        let end = place + page.count
        var output: JSON = ["Records": .array(Array(page))]
        if !shard.isClosed || end < shard.records.count { output["NextShardIterator"] = .string("\(shard.id) \(end)") }
        return output
    }
}

/// A function that does what a test says, and remembers what it was given.
final class FakeFunction: FunctionInvoker {
    typealias Body = @Sendable (_ records: [String], _ call: Int) throws(ServiceError) -> String

    private struct State {
        var events: [JSON] = []
        var triggers: [String] = []
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let body: Body

    /// - Parameter body: gives the answer; one that begins with `!` is an error.
    init(_ body: @escaping Body = { _, _ in "null" }) { self.body = body }

    /// The sequence numbers of each batch.
    var batches: [[String]] { state.withLock { $0.events.map(Self.sequences) } }
    var events: [JSON] { state.withLock { $0.events } }
    var triggers: [String] { state.withLock { $0.triggers } }

    private static func sequences(_ event: JSON) -> [String] {
        (event["Records"]?.array ?? []).compactMap { $0["dynamodb"]?["SequenceNumber"]?.string }
    }

    /// Returns when it was called so often.
    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard state.events.count < count else { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    func invoke(_ function: String, _ invocation: FunctionInvocation) async throws(ServiceError) -> FunctionResult {
        let event = (try? JSON(parsing: invocation.payload)) ?? .null
        let (call, met) = state.withLock { state in
            state.events.append(event)
            state.triggers.append(invocation.trigger)
            let count = state.events.count
            let met = state.waiting.filter { $0.count <= count }
            state.waiting.removeAll { $0.count <= count }
            return (count, met)
        }
        for one in met { one.continuation.resume() }
        let answer = try body(Self.sequences(event), call)
        let isError = answer.hasPrefix("!")
        return FunctionResult(
            payload: Array((isError ? #"{"errorType": "ValueError", "errorMessage": "bad"}"# : answer).utf8),
            functionError: isError ? "Unhandled" : nil, requestID: RequestID().description, executedVersion: "$LATEST")
    }
}
