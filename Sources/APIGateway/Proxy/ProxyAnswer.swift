import AWSCore
import JSON
import Telemetry

/// What a function's answer means as an HTTP response, payload format version 2.0.
enum ProxyAnswer {
    /// A JSON answer without `statusCode` is the body itself, with status 200.
    static func response(_ payload: [UInt8]) -> ServiceResponse {
        guard let json = try? JSON(parsing: payload) else { return internalError }
        guard let object = json.object, let status = object["statusCode"] else {
            let body = json.string.map { Array($0.utf8) } ?? json.bytes
            return ServiceResponse(headers: ["Content-Type": "application/json"], body: body)
        }
        guard let code = status.int ?? status.string.flatMap(Int.init), (100...599).contains(code) else {
            return internalError
        }
        var headers = HTTPHeaders()
        for (name, value) in object["headers"]?.object ?? JSONObject() {
            headers[name] = value.string ?? value.text
        }
        for (name, values) in object["multiValueHeaders"]?.object ?? JSONObject() {
            for value in values.array ?? [] { headers.add(name, value.string ?? value.text) }
        }
        for cookie in object["cookies"]?.array ?? [] { headers.add("Set-Cookie", cookie.string ?? cookie.text) }
        let text = object["body"].map { $0.isNull ? "" : $0.string ?? $0.text } ?? ""
        if headers["Content-Type"] == nil, !text.isEmpty { headers["Content-Type"] = "text/plain;charset=UTF-8" }
        guard object["isBase64Encoded"]?.bool == true else {
            return ServiceResponse(status: code, headers: headers, body: Array(text.utf8))
        }
        guard let bytes = Base64.decoded(text) else { return internalError }
        return ServiceResponse(status: code, headers: headers, body: bytes)
    }

    static func message(_ status: Int, _ text: String) -> ServiceResponse {
        let body: JSON = ["message": .string(text)]
        return ServiceResponse(status: status, headers: ["Content-Type": "application/json"], body: body.bytes)
    }

    static let internalError = message(500, "Internal Server Error")
    static let notFound = message(404, "Not Found")
    static let unavailable = message(503, "Service Unavailable")
}
