package import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// AWS X-Ray, answered from the telemetry: the traces are those that everything here leaves, and what programs send of their own.
package final class XRayService: Service {
    private let context: XRayContext
    private let router = RESTRouter<XRayContext>([
        PutTraceSegments.self, PutTelemetryRecords.self, GetTraceSummaries.self, BatchGetTraces.self,
        GetServiceGraph.self, GetTraceGraph.self, GetSamplingRules.self, GetSamplingTargets.self, GetGroups.self,
    ])

    package init(context: XRayContext) { self.context = context }

    package var signingName: String { "xray" }
    /// Also without a signature: SDKs ask their daemon for sampling rules so.
    package var pathPrefixes: [String] {
        [
            "/TraceSegments", "/TelemetryRecords", "/TraceSummaries", "/Traces", "/ServiceGraph", "/TraceGraph",
            "/GetSamplingRules", "/SamplingTargets", "/Groups",
        ]
    }
    package var operationNames: [String] { router.operationNames }
    package var paths: [String: RESTPath] { router.paths }

    package func respond(to request: ServiceRequest) async -> ServiceResponse {
        guard let match = router.match(method: request.method, path: request.path) else {
            return Self.answer(Self.notImplemented(signingName, "\(request.method) \(request.path)"), "")
        }
        do throws(ServiceError) {
            var response = try await match.run(request, match.parameters, context)
            response.operation = match.operation
            response.headers["Content-Type"] = "application/json"
            return response
        } catch {
            return Self.answer(error, match.operation)
        }
    }

    private static func answer(_ error: ServiceError, _ operation: String) -> ServiceResponse {
        let body: JSON = ["Message": .string(error.message), "message": .string(error.message)]
        return ServiceResponse(
            status: error.status, headers: ["Content-Type": "application/json", "x-amzn-ErrorType": error.code],
            body: body.bytes, operation: operation, errorCode: error.code)
    }

    /// A datagram as SDKs send it to the X-Ray daemon: a line that says how it is written, then a segment.
    package func take(datagram: [UInt8]) {
        guard let end = datagram.firstIndex(of: UInt8(ascii: "\n")),
            (try? JSON(parsing: Array(datagram[..<end])))?["format"]?.string == "json"
        else { return }
        let document = datagram[(end + 1)...]
        guard let segment = try? SegmentDocument.read(String(decoding: document, as: UTF8.self)) else { return }
        context.sink.emit(TelemetryEvent(.traceSegment(segment), at: min(segment.start, .now())))
    }
}
