import AWSCore
import JSON
import Telemetry

/// What the optimized integrations tell of the answer's HTTP headers.
enum SDKMetadata {
    /// - Parameters:
    ///   - connection: how the service writes the header's name.
    ///   - more: headers of that service.
    static func members(
        status: Int, requestID: String, contentType: String, length: Int, at time: Timestamp,
        connection: String = "connection", more: [(String, String)] = []
    ) -> [(String, JSON)] {
        let headers =
            more + [
                (connection, "keep-alive"), ("Content-Length", String(length)), ("Date", date(time)),
                ("Content-Type", contentType), ("x-amzn-RequestId", requestID),
            ]
        let metadata: JSON = [
            "AllHttpHeaders": .object(JSONObject(headers.map { ($0.0, .array([.string($0.1)])) })),
            "HttpHeaders": .object(JSONObject(headers.map { ($0.0, .string($0.1)) })),
            "HttpStatusCode": .int(status),
        ]
        return [
            ("SdkHttpMetadata", metadata), ("SdkResponseMetadata", ["RequestId": .string(requestID)]),
        ]
    }

    /// `Sat, 31 Jan 2026 12:04:31 GMT`
    static func date(_ time: Timestamp) -> String {
        let days = time.seconds / 86_400
        let (year, month, day) = ISOTime.civil(days)
        let clock = ISOTime.text(milliseconds: time.milliseconds).dropFirst(11).prefix(8)
        let weekday = weekdays[Int((days % 7 + 11) % 7)]
        let name = months[Int(month - 1) % 12]
        return "\(weekday), \(ISOTime.padded(day, 2)) \(name) \(ISOTime.padded(year, 4)) \(clock) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
