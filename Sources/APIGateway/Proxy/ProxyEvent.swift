import AWSCore
import JSON
import Telemetry

/// The event that a function gets of a request: payload format version 2.0.
///
/// See "Working with AWS Lambda proxy integrations for HTTP APIs" in the API Gateway Developer Guide.
struct ProxyEvent {
    let request: ServiceRequest
    let api: API
    let stage: API.Stage
    let routeKey: String
    let parameters: [String: String]
    let requestID: String
    let time: Timestamp

    var json: JSON {
        var event = JSONObject()
        event["version"] = "2.0"
        event["routeKey"] = .string(routeKey)
        event["rawPath"] = .string(PercentEncoding.decoded(request.path))
        event["rawQueryString"] = .string(request.rawQuery)
        let cookies = request.headers.all("Cookie").flatMap { $0.split(separator: ";").map { Self.trimmed($0) } }
        if !cookies.isEmpty { event["cookies"] = .array(cookies.map(JSON.string)) }
        event["headers"] = headers
        event["queryStringParameters"] = query
        event["requestContext"] = context
        event["stageVariables"] = .strings(stage.variables)
        event["pathParameters"] = .strings(parameters)
        let body = request.body.isEmpty ? nil : ProxyBody.encoded(request)
        if let body { event["body"] = .string(body.text) }
        event["isBase64Encoded"] = .bool(body?.isBase64 ?? false)
        return .object(event)
    }

    /// Names in lower case; several values of one name joined with commas.
    private var headers: JSON {
        var object = JSONObject()
        for field in request.headers.fields where field.name.lowercased() != "cookie" {
            let name = field.name.lowercased()
            object[name] = .string(object[name]?.string.map { "\($0),\(field.value)" } ?? field.value)
        }
        if object["x-amzn-trace-id"] == nil { object["x-amzn-trace-id"] = .string(request.context.traceHeader) }
        return .object(object)
    }

    private var query: JSON? {
        guard !request.query.isEmpty else { return nil }
        var object = JSONObject()
        for (name, value) in request.query {
            object[name] = .string(object[name]?.string.map { "\($0),\(value)" } ?? value)
        }
        return .object(object)
    }

    /// The host that the client named, without the port.
    private var domain: String {
        let host = (request.headers["Host"] ?? "").lowercased()
        guard let colon = host.lastIndex(of: ":"), host[colon...].dropFirst().allSatisfy(\.isNumber) else {
            return host
        }
        return String(host[..<colon])
    }

    private var context: JSON {
        .known([
            ("accountId", .string(request.context.account)), ("apiId", .string(api.id)),
            ("domainName", .string(domain)), ("domainPrefix", .string(api.id)),
            (
                "http",
                [
                    "method": .string(request.method), "path": .string(PercentEncoding.decoded(request.path)),
                    "protocol": "HTTP/1.1", "sourceIp": .string(request.context.sourceIP),
                    "userAgent": .string(request.headers["User-Agent"] ?? ""),
                ]
            ),
            ("requestId", .string(requestID)), ("routeKey", .string(routeKey)), ("stage", .string(stage.name)),
            ("time", .string(Self.clf(time))), ("timeEpoch", .int(Int(time.milliseconds))),
        ])
    }

    /// `31/Jan/2026:12:04:31 +0000`
    private static func clf(_ time: Timestamp) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let iso = ISOTime.text(milliseconds: time.milliseconds)
        let parts = iso.split(whereSeparator: { "-TZ".contains($0) })
        guard parts.count == 4, let month = Int(parts[1]) else { return iso }
        return "\(parts[2])/\(months[month - 1])/\(parts[0]):\(parts[3]) +0000"
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " })
    }
}
