import AWSCore
import JSON
import Telemetry

enum CreateStage: RESTOperation {
    static let name = "CreateStage"
    static let method = "POST"
    static let path = "/v2/apis/{apiId}/stages"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let stage = API.Stage(
            name: try Answer.required(input, "stageName"), isAutoDeploy: input["autoDeploy"]?.bool ?? false,
            variables: input["stageVariables"]?.stringMap ?? [:], description: input["description"]?.string,
            created: Timestamp.now().milliseconds)
        try await apis.change(parameters["apiId"]) { api throws(ServiceError) in
            guard !api.stages.contains(where: { $0.name == stage.name }) else {
                throw ServiceError("ConflictException", "Stage already exists", status: 409)
            }
            api.stages.append(stage)
        }
        return Answer.created(stage.json)
    }
}

enum GetStages: RESTOperation {
    static let name = "GetStages"
    static let method = "GET"
    static let path = "/v2/apis/{apiId}/stages"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        try Answer.page(try await apis.find(parameters["apiId"]).stages.map(\.json), request)
    }
}

enum GetStage: RESTOperation {
    static let name = "GetStage"
    static let method = "GET"
    static let path = "/v2/apis/{apiId}/stages/{stageName}"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let name = parameters["stageName"] ?? ""
        guard let found = try await apis.find(parameters["apiId"]).stages.first(where: { $0.name == name }) else {
            throw ServiceError("NotFoundException", "Unable to find Stage by name \(name)", status: 404)
        }
        return Answer.ok(found.json)
    }
}

enum CreateDeployment: RESTOperation {
    static let name = "CreateDeployment"
    static let method = "POST"
    static let path = "/v2/apis/{apiId}/deployments"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let deployment = API.Deployment(
            id: Identifier.new(6), description: input["description"]?.string, created: Timestamp.now().milliseconds)
        try await apis.change(parameters["apiId"]) { api throws(ServiceError) in
            guard !api.routes.isEmpty else {
                throw ServiceError("BadRequestException", "At least one route is required before deploying the Api.")
            }
            api.deployments.append(deployment)
        }
        return Answer.created(deployment.json)
    }
}
