import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum BatchGetTraces: RESTOperation {
    static let name = "BatchGetTraces"
    static let method = "POST"
    static let path = "/Traces"

    /// X-Ray's limit for one call.
    private static let mostTraces = 5

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let ids = try Input(request).strings("TraceIds", atMost: mostTraces)
        for id in ids where !SegmentDocument.isTraceID(id) { throw .invalidRequest("Invalid trace id: \(id)") }
        let store = await context.current()
        var traces: [JSON] = []
        for id in ids {
            guard let trace = await store.trace(id) else { continue }
            let writer = SegmentWriter(trace, region: request.context.region, account: request.context.account)
            let (start, end) = (trace.start ?? .now(), trace.end ?? .now())
            traces.append([
                "Id": .string(id), "Duration": .seconds(end - start), "LimitExceeded": .bool(trace.omitted > 0),
                "Segments": .array(
                    writer.segments.map { ["Id": $0["id"] ?? .null, "Document": .string($0.text)] }),
            ])
        }
        return ServiceResponse(["Traces": .array(traces), "UnprocessedTraceIds": []])
    }
}
