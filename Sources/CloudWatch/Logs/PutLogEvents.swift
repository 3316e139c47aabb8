import AWSCore
import JSON
import Telemetry

enum PutLogEvents: ServiceOperation {
    static let name = "PutLogEvents"

    /// Bytes of a batch, each event counted with 26 more; and of one event.
    private static let mostBytes = 1_048_576
    private static let overhead = 26
    private static let mostEvents = 10_000
    private static let longestSpan = 24 * 3_600_000
    private static let mostAhead = 2 * 3_600_000
    private static let mostBehind = 14 * 86_400_000

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        let stream = try LogsInput(input).required("logStreamName")
        let events = try checked(input["logEvents"]?.array ?? [])
        let streams = try await context.streams(of: group)
        guard streams.contains(where: { $0.name == stream }) else { throw LogsContext.noStream }
        let days = await context.groups.properties[group]?.retentionDays
        let (accepted, rejected) = parted(events, now: Int(Timestamp.now().milliseconds), retentionDays: days)
        let prefix = "/aws/lambda/"
        let function = group.hasPrefix(prefix) ? String(group.dropFirst(prefix.count)) : nil
        var batch = LogBatch(group: group, stream: stream, function: function)
        for event in events[accepted] {
            batch.append(event.message.utf8, at: Timestamp(milliseconds: Int64(event.time)))
        }
        if batch.count > 0 { context.sink.emit(TelemetryEvent(.log(batch))) }
        var output: JSON = ["nextSequenceToken": .string(SequenceToken.text)]
        if !rejected.isEmpty { output["rejectedLogEventsInfo"] = .object(rejected) }
        return output
    }

    private struct Event {
        var time: Int
        var message: String
    }

    private static func checked(_ events: [JSON]) throws(ServiceError) -> [Event] {
        guard (1...mostEvents).contains(events.count) else {
            throw LogsInput.invalid(
                "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length "
                    + (events.isEmpty ? "greater than or equal to 1" : "less than or equal to \(mostEvents)"))
        }
        var all: [Event] = []
        all.reserveCapacity(events.count)
        var bytes = 0
        for (index, event) in events.enumerated() {
            guard let time = event["timestamp"]?.int, time >= 0 else { throw missing("timestamp", index) }
            guard let message = event["message"]?.string, !message.isEmpty else { throw missing("message", index) }
            let size = message.utf8.count + overhead
            guard size <= mostBytes else {
                throw LogsInput.invalid("Log event too large: \(size) bytes exceeds limit of \(mostBytes)")
            }
            bytes += size
            guard time >= all.last?.time ?? 0 else {
                throw LogsInput.invalid(
                    "Log events in a single PutLogEvents request must be in chronological order.")
            }
            all.append(Event(time: time, message: message))
        }
        guard bytes <= mostBytes else {
            throw LogsInput.invalid("Upload too large: \(bytes) bytes exceeds limit of \(mostBytes)")
        }
        if let first = all.first, let last = all.last, last.time - first.time > longestSpan {
            throw LogsInput.invalid(
                "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.")
        }
        return all
    }

    private static func missing(_ member: String, _ index: Int) -> ServiceError {
        LogsInput.invalid(
            "1 validation error detected: Value at 'logEvents.\(index + 1).member.\(member)' failed to satisfy constraint: "
                + "Member must not be null")
    }

    /// Which events are taken, and what is told of those that are too old or too new.
    private static func parted(
        _ events: [Event], now: Int, retentionDays: Int?
    ) -> (Range<Int>, rejected: JSONObject) {
        let tooNew = events.firstIndex { $0.time > now + mostAhead } ?? events.count
        let tooOld = events.firstIndex { $0.time >= now - mostBehind } ?? events.count
        let kept = retentionDays.map { now - $0 * 86_400_000 } ?? 0
        let expired = events.firstIndex { $0.time >= kept } ?? events.count
        var rejected = JSONObject()
        if tooNew < events.count { rejected["tooNewLogEventStartIndex"] = .int(tooNew) }
        if tooOld > 0 { rejected["tooOldLogEventEndIndex"] = .int(tooOld) }
        if expired > 0 { rejected["expiredLogEventEndIndex"] = .int(expired) }
        let start = max(tooOld, expired)
        return (start..<max(start, tooNew), rejected)
    }
}
