import AWSCore
import JSON
import LogsInsights
import Telemetry
import TelemetryStore

enum StartQuery: ServiceOperation {
    static let name = "StartQuery"

    private static let mostGroups = 50

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        if let language = try fields.choice("queryLanguage", ["CWLI", "SQL", "PPL"]), language != "CWLI" {
            throw LogsInput.invalid("The query language \(language) is not served here; CWLI is.")
        }
        let window = try window(fields)
        let limit = try fields.number("limit", 1...InsightsQuery.defaultLimit) ?? InsightsQuery.defaultLimit
        let query = try query(fields.optional("queryString", most: InsightsQuery.longest, least: 0) ?? "")
        let groups = try groups(fields)
        for group in groups {
            do throws(ServiceError) {
                try await context.require(group)
            } catch {
                throw ServiceError(
                    error.code,
                    "Log group '\(group)' does not exist for account ID '\(call.account)' (Service: AWSLogs)")
            }
        }
        await context.flush()
        let reach = await context.reach(of: Set(groups))
        let snapshot = await context.store.logSnapshot()
        let account = call.account
        let id = try await context.queries.start(query, groups: groups) { queries, id in
            let result = await InsightsScan.run(
                query, snapshot, window, reach: reach, account: account, limit: limit
            ) { await queries.report($0, of: id) }
            await queries.finish(id, result)
        }
        return ["queryId": .string(id)]
    }

    private static func groups(_ input: LogsInput) throws(ServiceError) -> [String] {
        let given = [
            try input.optional("logGroupName", most: 2048).map { [$0] }, input.texts("logGroupNames"),
            input.texts("logGroupIdentifiers"),
        ].compactMap { $0 }
        guard given.count == 1, let names = given.first, !names.isEmpty else {
            throw LogsInput.invalid(
                given.count > 1
                    ? "Only one of logGroupName, logGroupNames and logGroupIdentifiers can be specified"
                    : "At least one log group must be specified: logGroupName, logGroupNames or logGroupIdentifiers")
        }
        guard names.count <= mostGroups else {
            throw LogsInput.invalid("A query can have at most \(mostGroups) log groups")
        }
        var seen: Set<String> = []
        return names.map { LogsContext.group(identifier: $0) }.filter { seen.insert($0).inserted }
    }

    /// Seconds since 1970; the last one is included.
    private static func window(_ input: LogsInput) throws(ServiceError) -> TimeWindow {
        guard let start = try input.number("startTime", 0...Int.max) else { throw LogsInput.missing("startTime") }
        guard let end = try input.number("endTime", 0...Int.max) else { throw LogsInput.missing("endTime") }
        guard start <= end else {
            throw LogsInput.invalid("The start time of the query is after its end time")
        }
        return TimeWindow(start: time(start), end: time(end) + .seconds(1))
    }

    /// Some clients send milliseconds, and are understood.
    private static func time(_ value: Int) -> Timestamp {
        let most = 4_000_000_000_000
        return Timestamp(milliseconds: Int64(value > 100_000_000_000 ? min(value, most) : value * 1000))
    }

    static func query(_ source: String) throws(ServiceError) -> InsightsQuery {
        do throws(InsightsError) {
            return try InsightsQuery(parsing: source)
        } catch {
            var details = JSONObject()
            details["queryCompileError"] = [
                "location": [
                    "startCharOffset": .int(error.range.lowerBound), "endCharOffset": .int(error.range.upperBound),
                ],
                "message": .string(error.message),
            ]
            throw ServiceError("MalformedQueryException", error.message, details: details)
        }
    }
}
