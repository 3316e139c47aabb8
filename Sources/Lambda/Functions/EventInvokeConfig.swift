import AWSCore
import JSON
import Telemetry

/// How asynchronous invocations of a function, a version or an alias are tried again, and who is told of their end.
struct EventInvokeConfig: Hashable, Sendable {
    /// 0 to 2.
    var maximumRetries: Int?
    /// 60 to 21 600 s.
    var maximumAgeSeconds: Int?
    /// ARNs.
    var onSuccess: String?
    var onFailure: String?
    var modified = Timestamp.now()

    /// - Parameter arn: with the qualifier.
    func json(_ arn: String) -> JSON {
        var json: JSON = [
            "LastModified": .double(Double(modified.milliseconds) / 1000), "FunctionArn": .string(arn),
            "DestinationConfig": [
                "OnSuccess": Self.destination(onSuccess), "OnFailure": Self.destination(onFailure),
            ],
        ]
        if let maximumRetries { json["MaximumRetryAttempts"] = .int(maximumRetries) }
        if let maximumAgeSeconds { json["MaximumEventAgeInSeconds"] = .int(maximumAgeSeconds) }
        return json
    }

    private static func destination(_ arn: String?) -> JSON {
        arn.map { ["Destination": .string($0)] } ?? .object(JSONObject())
    }

    /// Reads what ``json(_:)`` wrote.
    init(record: JSON) {
        maximumRetries = record["MaximumRetryAttempts"]?.int
        maximumAgeSeconds = record["MaximumEventAgeInSeconds"]?.int
        onSuccess = record["DestinationConfig"]?["OnSuccess"]?["Destination"]?.string
        onFailure = record["DestinationConfig"]?["OnFailure"]?["Destination"]?.string
        if let seconds = record["LastModified"]?.double, seconds.isFinite, abs(seconds) < 1e11 {
            modified = Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
        }
    }

    init() {}
}
