import AWSCore
import JSON

enum CreateIntegration: RESTOperation {
    static let name = "CreateIntegration"
    static let method = "POST"
    static let path = "/v2/apis/{apiId}/integrations"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let type = try Answer.required(input, "integrationType")
        guard type == "AWS_PROXY" else {
            throw ServiceError(
                "BadRequestException", "Only integrations of type AWS_PROXY are served here, not \(type)")
        }
        let version = try Answer.required(input, "payloadFormatVersion")
        guard version == "2.0" else {
            throw ServiceError("BadRequestException", "Only payloadFormatVersion 2.0 is served here, not \(version)")
        }
        let timeout = input["timeoutInMillis"]?.int ?? 30_000
        guard (50...30_000).contains(timeout) else {
            throw ServiceError("BadRequestException", "timeoutInMillis is 50 to 30000, not \(timeout)")
        }
        let integration = API.Integration(
            id: Identifier.new(7), type: type, uri: try Answer.required(input, "integrationUri"),
            payloadFormatVersion: version, timeoutMilliseconds: timeout, description: input["description"]?.string)
        try await apis.change(parameters["apiId"]) { $0.integrations.append(integration) }
        return Answer.created(integration.json)
    }
}

enum GetIntegrations: RESTOperation {
    static let name = "GetIntegrations"
    static let method = "GET"
    static let path = "/v2/apis/{apiId}/integrations"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        try Answer.page(try await apis.find(parameters["apiId"]).integrations.map(\.json), request)
    }
}

enum GetIntegration: RESTOperation {
    static let name = "GetIntegration"
    static let method = "GET"
    static let path = "/v2/apis/{apiId}/integrations/{integrationId}"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let id = parameters["integrationId"] ?? ""
        guard let found = try await apis.find(parameters["apiId"]).integrations.first(where: { $0.id == id }) else {
            throw ServiceError("NotFoundException", "Unable to find Integration by ID \(id)", status: 404)
        }
        return Answer.ok(found.json)
    }
}
