import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum FilterLogEvents: ServiceOperation {
    static let name = "FilterLogEvents"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        guard await context.streams()[group] != nil else { throw LogsContext.noGroup }
        let names = input["logStreamNames"]?.array.map { Set($0.compactMap(\.string)) }
        let prefix = input["logStreamNamePrefix"]?.string
        guard names == nil || prefix == nil else {
            throw ServiceError(
                "InvalidParameterException", "LogStreamNamePrefix and LogStreamNames may not both be specified.")
        }
        let limit = try LogsContext.limit(input, most: 10_000)
        let after = try LogToken.parse(input["nextToken"]?.string, "f")
        let pattern = try LogPattern(input["filterPattern"]?.string ?? "")
        let deleted = await context.groups.deleted
        let (lines, hasMore) = await context.store.logSnapshot().events(
            pattern.filter,
            in: LogsContext.window(input, endIsIncluded: true),
            from: .oldest(after: after.map { ($0.time, $0.id) }),
            limit: limit,
            firstID: { key in
                let isWanted =
                    key.group == group && (names?.contains(key.stream) ?? true)
                    && (prefix.map { key.stream.hasPrefix($0) } ?? true)
                return isWanted ? deleted.firstID(of: key) : nil
            },
            matching: pattern.matching)
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
