import AWSCore
import JSON
import LogsInsights
import Telemetry
import TelemetryStore

enum GetQueryResults: ServiceOperation {
    static let name = "GetQueryResults"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        let entry = try await context.queries.entry(fields.required("queryId", most: 256))
        let most = try fields.number("maxItems", 0...InsightsQuery.defaultLimit).flatMap { $0 == 0 ? nil : $0 }
        let start = try start(fields.optional("nextToken", most: 1024), entry.result.rows.count)
        let rows = entry.result.rows[start...].prefix(most ?? .max)
        var output: JSON = [
            "queryLanguage": "CWLI", "results": .array(rows.map { json($0, entry.result.columns) }),
            "statistics": statistics(entry), "status": .string(entry.status),
        ]
        if rows.endIndex < entry.result.rows.count { output["nextToken"] = .string("r/\(rows.endIndex)") }
        return output
    }

    private static func start(_ token: String?, _ count: Int) throws(ServiceError) -> Int {
        guard let token else { return 0 }
        guard token.hasPrefix("r/"), let start = Int(token.dropFirst(2)), (0...count).contains(start) else {
            throw LogsInput.invalid("The specified nextToken is invalid.")
        }
        return start
    }

    /// Fields that a row lacks are left out.
    private static func json(_ row: InsightsResult.Row, _ columns: [String]) -> JSON {
        var fields: [JSON] = []
        for (name, value) in zip(columns, row.values) {
            if let value { fields.append(["field": .string(name), "value": .string(value)]) }
        }
        if let pointer = row.pointer { fields.append(["field": "@ptr", "value": .string(pointer)]) }
        return .array(fields)
    }

    private static func statistics(_ entry: InsightsQueries.Entry) -> JSON {
        [
            "recordsMatched": .double(Double(entry.result.recordsMatched)),
            "recordsScanned": .double(Double(entry.progress.lines)), "estimatedRecordsSkipped": 0.0,
            "bytesScanned": .double(Double(entry.progress.bytes)), "estimatedBytesSkipped": 0.0,
            "logGroupsScanned": .double(Double(entry.groups.count)),
        ]
    }
}

enum StopQuery: ServiceOperation {
    static let name = "StopQuery"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        try await context.queries.stop(LogsInput(input).required("queryId", most: 256))
        return ["success": true]
    }
}

enum DescribeQueries: ServiceOperation {
    static let name = "DescribeQueries"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let fields = LogsInput(input)
        let group = input["logGroupName"] == nil ? nil : try LogsContext.group(input)
        if let group { try await context.require(group) }
        let status = try fields.choice(
            "status", ["Scheduled", "Running", "Complete", "Failed", "Cancelled", "Timeout", "Unknown"])
        let most = try fields.number("maxResults", 1...1000) ?? 50
        let all = await context.queries.all.filter { entry in
            if let group, !entry.groups.contains(group) { return false }
            return status == nil || status == entry.status
        }
        let token = try fields.optional("nextToken")
        let rest = token.map { token in all.drop { $0.id != token }.dropFirst() } ?? all[...]
        let page = rest.prefix(most)
        var output: JSON = ["queries": .array(page.map(json))]
        if rest.count > page.count, let last = page.last { output["nextToken"] = .string(last.id) }
        return output
    }

    private static func json(_ entry: InsightsQueries.Entry) -> JSON {
        let end = entry.ended ?? .now()
        return [
            "queryLanguage": "CWLI", "queryId": .string(entry.id), "queryString": .string(entry.source),
            "status": .string(entry.status), "createTime": .int(Int(entry.created.milliseconds)),
            "logGroupName": .string(entry.groups.first ?? ""),
            "queryDuration": .int(Int((end - entry.created).count / 1000)),
            "bytesScanned": .double(Double(entry.progress.bytes)),
        ]
    }
}

enum GetLogRecord: ServiceOperation {
    static let name = "GetLogRecord"

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let pointer = try LogsInput(input).required("logRecordPointer", most: 1024)
        guard let id = LogPointer.id(pointer) else {
            throw LogsInput.invalid("The specified log record pointer is invalid.")
        }
        guard let line = await context.store.logSnapshot().line(id) else {
            throw ServiceError("ResourceNotFoundException", "The specified log record does not exist.")
        }
        let key = StreamKey(group: line.group, stream: line.stream, function: line.function)
        guard await context.reach(of: [line.group])(key).map({ id >= $0.firstID && line.time >= $0.earliest }) == true
        else {
            throw ServiceError("ResourceNotFoundException", "The specified log record does not exist.")
        }
        var record = JSONObject()
        for (name, value) in line.fields(account: call.account) { record[name] = .string(value) }
        return ["logRecord": .object(record)]
    }
}

enum GetLogGroupFields: ServiceOperation {
    static let name = "GetLogGroupFields"

    private static let mostLines = 1000
    private static let quarterHour: Int64 = 900

    static func run(_ input: JSON, call: CallContext, in context: LogsContext) async throws(ServiceError) -> JSON {
        let group = try LogsContext.group(input)
        try await context.require(group)
        // Eight minutes before and after the time, or the last quarter of an hour.
        var window = TimeWindow(last: .seconds(quarterHour), until: .now() + .seconds(1))
        if let time = try LogsInput(input).number("time", 0...Int.max) {
            let middle = Timestamp(milliseconds: Int64(min(time, 4_000_000_000)) * 1000)
            window = TimeWindow(start: middle - .seconds(480), end: middle + .seconds(480))
        }
        await context.flush()
        let (lines, _) = await context.store.logSnapshot().events(
            LogFilter(), in: window, from: .newest(before: nil), limit: mostLines,
            reach: await context.reach(of: [group]))
        var counts: [String: Int] = [:]
        for line in lines {
            for name in Set(line.fields(account: call.account).map(\.name)) { counts[name, default: 0] += 1 }
        }
        counts["@ptr"] = nil
        let fields = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count -> JSON in
            ["name": .string(name), "percent": .int((count * 100 + lines.count / 2) / max(lines.count, 1))]
        }
        return ["logGroupFields": .array(fields)]
    }
}

extension LogLine {
    fileprivate func fields(account: String) -> [(name: String, value: String)] {
        message.withUnsafeBufferPointer { bytes in
            LineFields.all(
                LogLineView(
                    message: bytes, time: time, id: id, group: group, stream: stream, requestID: requestID),
                account: account)
        }
    }
}
