import AWSCore
import JSON

/// The `corsConfiguration` of an HTTP API.
///
/// See "Configuring CORS for HTTP APIs" in the API Gateway Developer Guide: the API answers preflights itself, and what
/// an integration says about CORS is replaced.
struct CORS: Sendable {
    let json: JSON
    private let origins: [String]
    private let methods: [String]
    private let headers: [String]
    private let exposed: [String]
    private let maxAge: Int?
    private let allowsCredentials: Bool

    /// - Throws: `BadRequestException` when credentials are allowed to everybody.
    init(_ json: JSON) throws(ServiceError) {
        self.json = json
        origins = Self.texts(json["allowOrigins"])
        methods = Self.texts(json["allowMethods"])
        headers = Self.texts(json["allowHeaders"])
        exposed = Self.texts(json["exposeHeaders"])
        maxAge = json["maxAge"]?.int
        allowsCredentials = json["allowCredentials"]?.bool ?? false
        guard !allowsCredentials || !origins.contains("*") else {
            throw ServiceError(
                "BadRequestException", "allowCredentials is not supported when allowOrigins is configured as *")
        }
        guard (-1...86_400).contains(maxAge ?? 0) else {
            throw ServiceError("BadRequestException", "maxAge is -1 to 86400")
        }
    }

    private static func texts(_ json: JSON?) -> [String] { (json?.array ?? []).compactMap(\.string) }

    static func isPreflight(_ request: ServiceRequest) -> Bool {
        request.method == "OPTIONS" && request.headers["Origin"] != nil
            && request.headers["Access-Control-Request-Method"] != nil
    }

    /// The answer to a preflight; without any permission for an origin that is not allowed.
    func preflight(_ request: ServiceRequest) -> ServiceResponse {
        var response = ServiceResponse(status: 204)
        guard let origin = allowed(request.headers["Origin"]) else { return response }
        response.headers["access-control-allow-origin"] = origin
        set("access-control-allow-methods", methods, &response)
        set("access-control-allow-headers", headers, &response)
        if let maxAge { response.headers["access-control-max-age"] = String(maxAge) }
        if allowsCredentials { response.headers["access-control-allow-credentials"] = "true" }
        return response
    }

    /// Replaces what the integration said.
    func apply(to response: inout ServiceResponse, for request: ServiceRequest) {
        for field in response.headers.fields where field.name.lowercased().hasPrefix("access-control-") {
            response.headers[field.name] = nil
        }
        guard let origin = allowed(request.headers["Origin"]) else { return }
        response.headers["access-control-allow-origin"] = origin
        if origin != "*" { response.headers.add("vary", "origin") }
        set("access-control-expose-headers", exposed, &response)
        if allowsCredentials { response.headers["access-control-allow-credentials"] = "true" }
    }

    private func set(_ name: String, _ values: [String], _ response: inout ServiceResponse) {
        if !values.isEmpty { response.headers[name] = values.joined(separator: ",") }
    }

    /// What `Access-Control-Allow-Origin` says to that origin: `*`, the origin itself, or nothing.
    private func allowed(_ origin: String?) -> String? {
        guard let origin else { return nil }
        if origins.contains("*") { return "*" }
        let isAllowed = origins.contains { allowed in
            allowed == origin || (allowed.hasSuffix("://*") && origin.hasPrefix(allowed.dropLast()))
        }
        return isAllowed ? origin : nil
    }
}
