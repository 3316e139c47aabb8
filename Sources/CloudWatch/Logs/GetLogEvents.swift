import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetLogEvents: ServiceOperation {
    static let name = "GetLogEvents"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        let stream = try LogsInput(input).required("logStreamName")
        let streams = try await context.streams(of: group)
        guard streams.contains(where: { $0.name == stream }) else { throw LogsContext.noStream }
        let limit = try LogsContext.limit(input, most: 10_000)
        let (place, isForward) = try place(input)
        let start: LogPageStart =
            isForward ? .oldest(after: place.map { ($0.time, $0.id) }) : .newest(before: place.map { ($0.time, $0.id) })
        let reach = await context.reach(of: [group]) { $0 == stream }
        let (lines, _) = await context.store.logSnapshot().events(
            LogFilter(), in: LogsContext.window(input, endIsIncluded: false), from: start, limit: limit, reach: reach)
        return json(isForward ? LogPages.fitting(lines).0 : LogPages.newest(lines), place, isForward)
    }

    /// Where the token is, and whether the page goes on from there towards newer lines.
    private static func place(_ input: JSON) throws(ServiceError) -> (LogToken?, isForward: Bool) {
        guard let token = input["nextToken"]?.string else { return (nil, input["startFromHead"]?.bool == true) }
        let isForward = token.hasPrefix("f")
        return (try LogToken.parse(token, isForward ? "f" : "b"), isForward)
    }

    private static func json(_ page: [LogLine], _ place: LogToken?, _ isForward: Bool) -> JSON {
        let (forward, backward) = tokens(page, place, isForward)
        let events = page.map { line -> JSON in
            let time = JSON.int(Int(line.time.milliseconds))
            return [
                "timestamp": time, "message": .string(String(decoding: line.message, as: UTF8.self)),
                "ingestionTime": time,
            ]
        }
        return [
            "events": .array(events), "nextForwardToken": .string(forward.text("f")),
            "nextBackwardToken": .string(backward.text("b")),
        ]
    }

    /// Forward means behind the last line, backward before the first one. At an end the same token comes back: that is
    /// how clients know; the other one turns round without losing the line at the end.
    private static func tokens(
        _ page: [LogLine], _ place: LogToken?, _ isForward: Bool
    ) -> (forward: LogToken, backward: LogToken) {
        if let first = page.first, let last = page.last {
            return (LogToken(time: last.time, id: last.id), LogToken(time: first.time, id: first.id))
        }
        guard let place else {
            let none = LogToken(time: Timestamp(microseconds: 0), id: 0)
            return (none, none)
        }
        if isForward { return (place, LogToken(time: place.time, id: place.id == .max ? .max : place.id + 1)) }
        return (LogToken(time: place.time, id: place.id == 0 ? 0 : place.id - 1), place)
    }
}
