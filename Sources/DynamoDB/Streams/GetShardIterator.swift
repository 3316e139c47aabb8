import AWSCore
import JSON
import Telemetry

enum GetShardIterator: ServiceOperation {
    static let name = "GetShardIterator"

    private static let types = ["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"]

    static func run(_ input: JSON, call: CallContext, in tables: Tables) async throws(ServiceError) -> JSON {
        guard let shard = input["ShardId"]?.string else { throw .missing("shardId") }
        guard let type = input["ShardIteratorType"]?.string else { throw .missing("shardIteratorType") }
        try OperationInput.check(type, "shardIteratorType", types)
        let number = try sequence(input, type)
        let now = tables.clock.now()
        return try await tables.read { session throws(ServiceError) in
            let stream = try session.stream(input, call)
            guard shard == stream.shard else {
                throw ServiceError(
                    "ResourceNotFoundException",
                    "Requested resource not found: Shard: \(shard) in Stream: \(stream.arn(call)) not found")
            }
            let after: Int
            switch (type, number) {
            case ("LATEST", _): after = max(session.catalog.lastSequence, stream.trimmed)
            case ("AT_SEQUENCE_NUMBER", let number?): after = number - 1
            case ("AFTER_SEQUENCE_NUMBER", let number?): after = number
            default: after = stream.trimmed
            }
            guard after >= stream.trimmed else { throw StreamIterator.trimmed }
            let iterator = StreamIterator(stream: stream.id, after: after, made: now)
            return ["ShardIterator": .string(iterator.text(stream.arn(call)))]
        }
    }

    private static func sequence(_ input: JSON, _ type: String) throws(ServiceError) -> Int? {
        guard type == "AT_SEQUENCE_NUMBER" || type == "AFTER_SEQUENCE_NUMBER" else {
            guard input["SequenceNumber"] == nil else {
                throw .validation("SequenceNumber must not be specified when ShardIteratorType is \(type)")
            }
            return nil
        }
        guard let text = input["SequenceNumber"]?.string else {
            throw .validation("SequenceNumber must be specified when ShardIteratorType is \(type)")
        }
        guard let number = TableStream.sequence(text) else { throw .validation("Invalid SequenceNumber: \(text)") }
        return number
    }
}

/// Where a reader of a stream stands.
struct StreamIterator: Sendable {
    let stream: Int
    /// The reader has seen all records up to this one.
    let after: Int
    let made: Timestamp

    static let life = Microseconds.seconds(15 * 60)

    static let trimmed = ServiceError(
        "TrimmedDataAccessException",
        "The operation attempted to read past the oldest stream record in a shard")
    static let expired = ServiceError("ExpiredIteratorException", "The shard iterator has expired.")

    init(stream: Int, after: Int, made: Timestamp) {
        self.stream = stream
        self.after = after
        self.made = made
    }

    func text(_ arn: String) -> String {
        let inner = "\(stream),\(after),\(made.microseconds)"
        return "\(arn)|1|\(Base64.encoded(Array(inner.utf8)))"
    }

    /// - Throws: `ValidationException` for a text that no iterator has.
    init(_ text: String) throws(ServiceError) {
        let parts = text.split(separator: "|")
        guard parts.count == 3, let inner = Base64.decoded(String(parts[2])) else { throw Self.invalid }
        let numbers = String(decoding: inner, as: UTF8.self).split(separator: ",").compactMap { Int($0) }
        guard numbers.count == 3 else { throw Self.invalid }
        self.init(stream: numbers[0], after: numbers[1], made: Timestamp(microseconds: Int64(numbers[2])))
    }

    private static let invalid = ServiceError.validation("Invalid ShardIterator")
}
