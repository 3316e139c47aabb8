import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum FilterLogEvents: ServiceOperation {
    static let name = "FilterLogEvents"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        try await context.require(group)
        let fields = LogsInput(input)
        let names = fields.texts("logStreamNames").map(Set.init)
        let prefix = try fields.optional("logStreamNamePrefix")
        guard names == nil || prefix == nil else {
            throw LogsInput.invalid("LogStreamNamePrefix and LogStreamNames may not both be specified.")
        }
        let limit = try LogsContext.limit(input, most: 10_000)
        let after = try LogToken.parse(fields.optional("nextToken", most: 512), "f")
        let filter = try LogsContext.filter(fields.optional("filterPattern", most: 1024, least: 0) ?? "")
        await context.flush()
        let reach = await context.reach(of: [group]) { stream in
            (names?.contains(stream) ?? true) && (prefix.map { stream.hasPrefix($0) } ?? true)
        }
        let (lines, hasMore) = await context.store.logSnapshot().events(
            filter,
            in: LogsContext.window(input, endIsIncluded: true),
            from: .oldest(after: after.map { ($0.time, $0.id) }),
            limit: limit,
            reach: reach)
        let (page, isCut) = LogPages.fitting(lines)
        var output: JSON = ["events": .array(page.map(json)), "searchedLogStreams": []]
        if hasMore || isCut, let last = page.last {
            output["nextToken"] = .string(LogToken(time: last.time, id: last.id).text("f"))
        }
        return output
    }

    private static func json(_ line: LogLine) -> JSON {
        let time = JSON.int(Int(line.time.milliseconds))
        return [
            "logStreamName": .string(line.stream), "timestamp": time,
            "message": .string(String(decoding: line.message, as: UTF8.self)), "ingestionTime": time,
            "eventId": .string(String(line.id)),
        ]
    }
}
