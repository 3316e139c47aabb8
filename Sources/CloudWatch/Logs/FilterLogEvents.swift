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
        let (lines, hasMore) = await context.store.logSnapshot().ordered(
            try filter(input["filterPattern"]?.string ?? ""),
            in: LogsContext.window(input, endIsIncluded: true),
            after: after.map { ($0.time, $0.id) },
            limit: limit
        ) { key in
            key.group == group && (names?.contains(key.stream) ?? true)
                && (prefix.map { key.stream.hasPrefix($0) } ?? true)
        }
        let (page, isCut) = LogPages.fitting(lines)
        var output: JSON = ["events": .array(page.map(json)), "searchedLogStreams": []]
        if hasMore || isCut, let last = page.last {
            output["nextToken"] = .string(LogToken(time: last.time, id: last.id).text("f"))
        }
        return output
    }

    /// - Throws: `InvalidParameterException` for a pattern that is not understood: never everything, never nothing.
    private static func filter(_ pattern: String) throws(ServiceError) -> LogFilter {
        do throws(LogFilterError) {
            return try LogFilter(parsing: pattern)
        } catch {
            throw ServiceError("InvalidParameterException", "Invalid filter pattern: \(error.message)")
        }
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

/// How much of a log goes into one answer.
enum LogPages {
    /// A page has at most 1 MB of messages.
    private static let mostBytes = 1 << 20

    /// The lines that fit into one answer, at least one, and whether some did not.
    static func fitting(_ lines: [LogLine]) -> ([LogLine], isCut: Bool) {
        var bytes = 0
        for (index, line) in lines.enumerated() {
            bytes += line.message.count + 26
            if bytes > mostBytes, index > 0 { return (Array(lines[..<index]), true) }
        }
        return (lines, false)
    }
}
