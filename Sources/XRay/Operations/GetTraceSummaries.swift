import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetTraceSummaries: RESTOperation {
    static let name = "GetTraceSummaries"
    static let method = "POST"
    static let path = "/TraceSummaries"

    private static let pageCount = 100
    /// How many traces one call looks at.
    private static let mostLookedAt = 10_000
    /// X-Ray's limit for the span of time.
    private static let longest = Microseconds.seconds(24 * 3600)

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try Input(request)
        let (start, end) = (try input.time("StartTime"), try input.time("EndTime"))
        guard start < end else { throw .invalidRequest("StartTime must be before EndTime") }
        guard end - start <= longest else { throw .invalidRequest("Time range cannot be longer than 24 hours") }
        let filter = try FilterExpression(input.json["FilterExpression"]?.string ?? "")
        let offset = try input.offset()
        let store = await context.current()
        var found: [JSON] = []
        var place = offset
        while place - offset < mostLookedAt {
            let page = await store.traces(
                TraceQuery(window: TimeWindow(start: start, end: end), offset: place, limit: pageCount))
            for row in page.rows where found.count < pageCount {
                place += 1
                if filter.matches(row) { found.append(summary(row)) }
            }
            if found.count >= pageCount || place >= page.matching || page.rows.isEmpty {
                return answer(found, place - offset, next: place < page.matching ? place : nil)
            }
        }
        return answer(found, place - offset, next: place)
    }

    private static func answer(_ found: [JSON], _ count: Int, next: Int?) -> ServiceResponse {
        var body: JSON = [
            "TraceSummaries": .array(found), "ApproximateTime": .seconds(.now()), "TracesProcessedCount": .int(count),
        ]
        if let next { body["NextToken"] = .string(String(next)) }
        return ServiceResponse(body)
    }

    private static func summary(_ row: TraceRow) -> JSON {
        var http = JSONObject()
        if let path = row.path { http["HttpURL"] = .string(path) }
        if let status = row.httpStatus { http["HttpStatus"] = .int(status) }
        if let method = row.method { http["HttpMethod"] = .string(method) }
        if let address = row.clientIP, !address.isEmpty { http["ClientIp"] = .string(address) }
        var annotations = JSONObject()
        for annotation in row.annotations {
            let known = annotations[annotation.name]?.array ?? []
            annotations[annotation.name] = .array(known + [["AnnotationValue": value(annotation.value)]])
        }
        return [
            "Id": .string(row.id), "StartTime": .seconds(row.start), "Duration": .seconds(row.duration),
            "ResponseTime": .seconds(row.responseTime), "HasFault": .bool(row.worst == .fault),
            "HasError": .bool(row.worst == .error || row.worst == .throttled),
            "HasThrottle": .bool(row.worst == .throttled), "IsPartial": .bool(row.isRunning),
            "Http": .object(http), "Annotations": .object(annotations), "Users": [],
            "ServiceIds": .array(row.services.map { ["Name": .string($0), "Names": [.string($0)]] }),
            "EntryPoint": [
                "Name": .string(row.services.first ?? row.name), "Names": [.string(row.services.first ?? row.name)],
            ],
            "Revision": 1,
        ]
    }

    private static func value(_ value: JSON) -> JSON {
        if let text = value.string { return ["StringValue": .string(text)] }
        if let isTrue = value.bool { return ["BooleanValue": .bool(isTrue)] }
        return ["NumberValue": value]
    }
}
