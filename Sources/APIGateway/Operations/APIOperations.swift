import AWSCore
import JSON
import Telemetry

/// What operations on HTTP APIs have in common.
enum Answer {
    static func created(_ json: JSON) -> ServiceResponse { ServiceResponse(status: 201, body: json.bytes) }
    static func ok(_ json: JSON) -> ServiceResponse { ServiceResponse(body: json.bytes) }
    static let nothing = ServiceResponse(status: 204)

    /// A page of a list with `nextToken`, as `maxResults` asks.
    static func page(_ items: [JSON], _ request: ServiceRequest) throws(ServiceError) -> ServiceResponse {
        let start = try number(request.query("nextToken"), "nextToken") ?? 0
        let limit = try number(request.query("maxResults"), "maxResults") ?? 500
        let page = items.dropFirst(start).prefix(max(limit, 1))
        var body: JSON = ["items": .array(Array(page))]
        if start + page.count < items.count { body["nextToken"] = .string(String(start + page.count)) }
        return ok(body)
    }

    private static func number(_ text: String?, _ name: String) throws(ServiceError) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw ServiceError("BadRequestException", "Invalid value for \(name): \(text)")
        }
        return number
    }

    static func required(_ json: JSON, _ name: String) throws(ServiceError) -> String {
        guard let value = json[name]?.string, !value.isEmpty else {
            throw ServiceError("BadRequestException", "Missing required parameter: \(name)")
        }
        return value
    }

    static func port(_ request: ServiceRequest) -> String {
        guard let port = request.context.endpoint.split(separator: ":").last, Int(port) != nil else { return "" }
        return ":\(port)"
    }
}

enum CreateAPI: RESTOperation {
    static let name = "CreateApi"
    static let method = "POST"
    static let path = "/v2/apis"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        guard try Answer.required(input, "protocolType") == "HTTP" else {
            throw ServiceError("BadRequestException", "Only APIs of protocolType HTTP are served here")
        }
        var cors: CORS?
        if let configuration = input["corsConfiguration"], configuration.object != nil {
            cors = try CORS(configuration)
        }
        var api = API(
            id: Identifier.new(10), name: try Answer.required(input, "name"), description: input["description"]?.string,
            created: Timestamp.now().milliseconds, tags: input["tags"]?.stringMap ?? [:],
            cors: cors)
        try quickCreate(&api, input)
        try await apis.add(api)
        return Answer.created(api.json(port: Answer.port(request)))
    }

    /// `target` makes an integration, a route (`$default` or `routeKey`) and a stage in one go.
    private static func quickCreate(_ api: inout API, _ input: JSON) throws(ServiceError) {
        guard let target = input["target"]?.string else { return }
        guard target.hasPrefix("arn:") else {
            throw ServiceError(
                "BadRequestException", "Only functions are served here as the target of an API, not \(target)")
        }
        let integration = API.Integration(
            id: Identifier.new(7), type: "AWS_PROXY", uri: target, payloadFormatVersion: "2.0",
            timeoutMilliseconds: 30_000)
        let key = try RouteKey(input["routeKey"]?.string ?? "$default")
        api.integrations = [integration]
        api.routes = [API.Route(id: Identifier.new(7), key: key, target: "integrations/\(integration.id)")]
        api.stages = [API.Stage(name: "$default", isAutoDeploy: true, variables: [:], created: api.created)]
    }
}

enum GetAPIs: RESTOperation {
    static let name = "GetApis"
    static let method = "GET"
    static let path = "/v2/apis"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let all = await apis.all.values.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
        return try Answer.page(all.map { $0.json(port: Answer.port(request)) }, request)
    }
}

enum GetAPI: RESTOperation {
    static let name = "GetApi"
    static let method = "GET"
    static let path = "/v2/apis/{apiId}"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        Answer.ok(try await apis.find(parameters["apiId"]).json(port: Answer.port(request)))
    }
}

enum DeleteAPI: RESTOperation {
    static let name = "DeleteApi"
    static let method = "DELETE"
    static let path = "/v2/apis/{apiId}"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        try await apis.remove(parameters["apiId"])
        return Answer.nothing
    }
}
