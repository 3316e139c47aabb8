import AWSCore
import JSON
import Telemetry

/// What a destination is told of an invocation: how it ended, the event, and the answer.
///
/// - SeeAlso: AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations".
struct InvocationRecord {
    enum Condition: String {
        case success = "Success"
        case retriesExhausted = "RetriesExhausted"
        case eventAgeExceeded = "EventAgeExceeded"
        /// Nothing may run: the function's reserved concurrency is 0.
        case zeroReservedConcurrency = "ZeroReservedConcurrency"
    }

    var id: RequestID
    /// With the qualifier.
    var functionARN: String
    var condition: Condition
    /// How often the function ran.
    var count: Int
    var event: [UInt8]
    /// What the last run gave; `nil` when there was none.
    var result: (outcome: InvocationOutcome, version: String)?
    var time: Timestamp

    var json: JSON {
        var json: JSON = [
            "version": "1.0", "timestamp": .string(time.iso8601),
            "requestContext": [
                "requestId": .string(id.description), "functionArn": .string(functionARN),
                "condition": .string(condition.rawValue), "approximateInvokeCount": .int(count),
            ],
            "requestPayload": Self.payload(event),
        ]
        if let (outcome, version) = result {
            var context: JSON = ["statusCode": 200, "executedVersion": .string(version)]
            if outcome.isError { context["functionError"] = "Unhandled" }
            json["responseContext"] = context
            json["responsePayload"] = Self.payload(outcome.payload)
        }
        return json
    }

    private static func payload(_ bytes: [UInt8]) -> JSON {
        guard !bytes.isEmpty else { return .object(JSONObject()) }
        return (try? JSON(parsing: bytes)) ?? .string(String(decoding: bytes, as: UTF8.self))
    }
}
