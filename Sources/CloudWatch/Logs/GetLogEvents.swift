import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetLogEvents: ServiceOperation {
    static let name = "GetLogEvents"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        guard let stream = input["logStreamName"]?.string else { throw LogsContext.noStream }
        guard let streams = await context.streams()[group] else { throw LogsContext.noGroup }
        guard streams.contains(where: { $0.name == stream }) else { throw LogsContext.noStream }
        let limit = try LogsContext.limit(input, most: 10_000)
        let token = input["nextToken"]?.string
        let forward = token?.hasPrefix("f") == true ? try LogToken.parse(token, "f") : nil
        let backward = token?.hasPrefix("b") == true ? try LogToken.parse(token, "b") : nil
        guard token == nil || forward != nil || backward != nil else {
            throw ServiceError("InvalidParameterException", "The specified nextToken is invalid.")
        }
        let isForward = forward != nil || (token == nil && input["startFromHead"]?.bool == true)
        let (all, _) = await context.store.logSnapshot().ordered(
            LogFilter(), in: LogsContext.window(input, endIsIncluded: false),
            after: forward.map { ($0.time, $0.id) }, limit: isForward ? limit : .max
        ) { $0.group == group && $0.stream == stream }
        var lines = all
        if let backward {
            lines = lines.filter { ($0.time.microseconds, $0.id) < (backward.time.microseconds, backward.id) }
        }
        if !isForward { lines = Array(lines.suffix(limit)) }
        return json(lines, at: forward ?? backward)
    }

    /// At an end the same token comes back: that is how clients know.
    private static func json(_ lines: [LogLine], at place: LogToken?) -> JSON {
        let (page, _) = LogPages.fitting(lines)
        let none = place ?? LogToken(time: Timestamp(microseconds: 0), id: 0)
        let first = page.first.map { LogToken(time: $0.time, id: $0.id) } ?? none
        let last = page.last.map { LogToken(time: $0.time, id: $0.id) } ?? none
        let events = page.map { line -> JSON in
            let time = JSON.int(Int(line.time.milliseconds))
            return [
                "timestamp": time, "message": .string(String(decoding: line.message, as: UTF8.self)),
                "ingestionTime": time,
            ]
        }
        return [
            "events": .array(events), "nextForwardToken": .string(last.text("f")),
            "nextBackwardToken": .string(first.text("b")),
        ]
    }
}
