import AWSCore
import JSON
import Telemetry

enum PutTraceSegments: RESTOperation {
    static let name = "PutTraceSegments"
    static let method = "POST"
    static let path = "/TraceSegments"

    /// X-Ray's limit for one call.
    private static let mostDocuments = 50

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let documents = try Input(request).strings("TraceSegmentDocuments", atMost: mostDocuments)
        var unprocessed: [JSON] = []
        for text in documents {
            do throws(SegmentDocument.Refusal) {
                let segment = try SegmentDocument.read(text)
                context.sink.emit(TelemetryEvent(.traceSegment(segment), at: min(segment.start, .now())))
            } catch {
                var refusal: JSON = [
                    "ErrorCode": .string(error.code), "Message": .string("Invalid segment. ErrorCode: \(error.code)"),
                ]
                if let id = error.id { refusal["Id"] = .string(id) }
                unprocessed.append(refusal)
            }
        }
        return ServiceResponse(["UnprocessedTraceSegments": .array(unprocessed)])
    }
}

/// What daemons tell of themselves; it is checked and not kept.
enum PutTelemetryRecords: RESTOperation {
    static let name = "PutTelemetryRecords"
    static let method = "POST"
    static let path = "/TelemetryRecords"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in context: XRayContext
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try Input(request)
        guard let records = input.json["TelemetryRecords"]?.array else {
            throw .invalidRequest("TelemetryRecords must be a list")
        }
        for record in records where record["Timestamp"] == nil {
            throw .invalidRequest("A telemetry record needs a Timestamp")
        }
        return ServiceResponse(.object(JSONObject()))
    }
}
