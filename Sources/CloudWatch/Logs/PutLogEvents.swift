import AWSCore
import JSON
import Telemetry

enum CreateLogGroup: ServiceOperation {
    static let name = "CreateLogGroup"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        guard await context.streams()[group] == nil, await context.groups.create(group) else {
            throw ServiceError("ResourceAlreadyExistsException", "The specified log group already exists")
        }
        return .null
    }
}

enum CreateLogStream: ServiceOperation {
    static let name = "CreateLogStream"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        guard let stream = input["logStreamName"]?.string, !stream.isEmpty else {
            throw ServiceError(
                "InvalidParameterException",
                "1 validation error detected: Value at 'logStreamName' failed to satisfy constraint: Member must not be null"
            )
        }
        guard let streams = await context.streams()[group] else { throw LogsContext.noGroup }
        guard !streams.contains(where: { $0.name == stream }), await context.groups.create(stream, in: group) else {
            throw ServiceError("ResourceAlreadyExistsException", "The specified log stream already exists")
        }
        return .null
    }
}

enum PutLogEvents: ServiceOperation {
    static let name = "PutLogEvents"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        let stream = input["logStreamName"]?.string ?? ""
        guard let streams = await context.streams()[group] else { throw LogsContext.noGroup }
        guard streams.contains(where: { $0.name == stream }) else { throw LogsContext.noStream }
        let events = input["logEvents"]?.array ?? []
        guard (1...10_000).contains(events.count) else {
            throw ServiceError(
                "InvalidParameterException",
                "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length "
                    + (events.isEmpty ? "greater than or equal to 1" : "less than or equal to 10000"))
        }
        let prefix = "/aws/lambda/"
        let function = group.hasPrefix(prefix) ? String(group.dropFirst(prefix.count)) : nil
        var batch = LogBatch(group: group, stream: stream, function: function)
        var last = Int.min
        for event in events {
            guard let time = event["timestamp"]?.int, let message = event["message"]?.string, !message.isEmpty else {
                throw ServiceError("InvalidParameterException", "Each log event needs a timestamp and a message")
            }
            guard time >= last else {
                throw ServiceError(
                    "InvalidParameterException",
                    "Log events in a single PutLogEvents request must be in chronological order.")
            }
            last = time
            let clamped = Int64(min(max(time, 0), 4_000_000_000_000))
            batch.append(message.utf8, at: Timestamp(milliseconds: clamped))
        }
        context.sink.emit(TelemetryEvent(.log(batch)))
        return ["nextSequenceToken": .string(call.requestID)]
    }
}

enum PutRetentionPolicy: ServiceOperation {
    static let name = "PutRetentionPolicy"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        guard await context.streams()[group] != nil else { throw LogsContext.noGroup }
        await context.groups.setRetention(input["retentionInDays"]?.int, of: group)
        return .null
    }
}
