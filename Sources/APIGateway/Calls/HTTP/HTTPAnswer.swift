import AWSCore
import JSON
import Telemetry

/// Answers of HTTP APIs: the gateway's own, and what a function's answer means.
enum HTTPAnswer {
    static func message(_ status: Int, _ text: String) -> ServiceResponse {
        let body: JSON = ["message": .string(text)]
        return ServiceResponse(status: status, headers: ["Content-Type": "application/json"], body: body.bytes)
    }

    static let internalError = message(500, "Internal Server Error")
    static let notFound = message(404, "Not Found")
    static let unavailable = message(503, "Service Unavailable")
    static let forbidden = message(403, "Forbidden")
    static let unauthorized = message(401, "Unauthorized")
    static let tooMany = message(429, "Too Many Requests")
    static let tooLarge = message(413, "Request Entity Too Large")

    /// Payload format 2.0: a JSON answer without `statusCode` is the body itself, with status 200.
    ///
    /// - Parameter isVersion2: format 1.0 wants a `statusCode`.
    /// - Returns: `nil` for an answer that is none.
    static func response(_ payload: [UInt8], isVersion2: Bool) -> ServiceResponse? {
        guard let json = try? JSON(parsing: payload) else { return nil }
        guard let object = json.object, let status = object["statusCode"] else {
            guard isVersion2 else { return nil }
            let body = json.string.map { Array($0.utf8) } ?? json.bytes
            return ServiceResponse(headers: ["Content-Type": "application/json"], body: body)
        }
        guard let code = status.int ?? status.string.flatMap(Int.init), (100...599).contains(code) else { return nil }
        var headers = headers(object)
        for cookie in object["cookies"]?.array ?? [] { headers.add("Set-Cookie", cookie.string ?? cookie.text) }
        let text = object["body"].map { $0.isNull ? "" : $0.string ?? $0.text } ?? ""
        if headers["Content-Type"] == nil, !text.isEmpty { headers["Content-Type"] = "text/plain;charset=UTF-8" }
        guard object["isBase64Encoded"]?.bool == true else {
            return ServiceResponse(status: code, headers: headers, body: Array(text.utf8))
        }
        guard let bytes = Base64.decoded(text) else { return nil }
        return ServiceResponse(status: code, headers: headers, body: bytes)
    }

    /// Those with many values go before those with one.
    static func headers(_ object: JSONObject) -> HTTPHeaders {
        var headers = HTTPHeaders()
        let multiple = object["multiValueHeaders"]?.object ?? JSONObject()
        let names = Set(multiple.keys.map { $0.lowercased() })
        for (name, value) in object["headers"]?.object ?? JSONObject() where !names.contains(name.lowercased()) {
            headers[name] = value.string ?? value.text
        }
        for (name, values) in multiple {
            for value in values.array ?? [] { headers.add(name, value.string ?? value.text) }
        }
        return headers
    }
}
