import AWSCore
import JSON

enum CreateRoute: RESTOperation {
    static let name = "CreateRoute"
    static let method = "POST"
    static let path = "/v2/apis/{apiId}/routes"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let input = try request.json()
        let route = API.Route(
            id: Identifier.new(7), key: try RouteKey(Answer.required(input, "routeKey")),
            target: input["target"]?.string, operationName: input["operationName"]?.string)
        try await apis.change(parameters["apiId"]) { api throws(ServiceError) in
            guard !api.routes.contains(where: { $0.key == route.key }) else {
                throw ServiceError(
                    "ConflictException", "Route with key \(route.key.text) already exists for this API", status: 409)
            }
            guard route.target == nil || api.integration(of: route) != nil else {
                throw ServiceError("BadRequestException", "Invalid integration identifier specified")
            }
            api.routes.append(route)
        }
        return Answer.created(route.json)
    }
}

enum GetRoutes: RESTOperation {
    static let name = "GetRoutes"
    static let method = "GET"
    static let path = "/v2/apis/{apiId}/routes"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        try Answer.page(try await apis.find(parameters["apiId"]).routes.map(\.json), request)
    }
}

enum GetRoute: RESTOperation {
    static let name = "GetRoute"
    static let method = "GET"
    static let path = "/v2/apis/{apiId}/routes/{routeId}"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        let api = try await apis.find(parameters["apiId"])
        guard let route = api.routes.first(where: { $0.id == parameters["routeId"] }) else {
            throw .noRoute(parameters)
        }
        return Answer.ok(route.json)
    }
}

enum DeleteRoute: RESTOperation {
    static let name = "DeleteRoute"
    static let method = "DELETE"
    static let path = "/v2/apis/{apiId}/routes/{routeId}"

    static func run(
        _ request: ServiceRequest, parameters: [String: String], in apis: APIs
    ) async throws(ServiceError) -> ServiceResponse {
        try await apis.change(parameters["apiId"]) { api throws(ServiceError) in
            let count = api.routes.count
            api.routes.removeAll { $0.id == parameters["routeId"] }
            guard api.routes.count < count else { throw .noRoute(parameters) }
        }
        return Answer.nothing
    }
}

extension ServiceError {
    fileprivate static func noRoute(_ parameters: [String: String]) -> ServiceError {
        ServiceError(
            "NotFoundException",
            "Unable to find Route by ID \(parameters["routeId"] ?? "") within \(parameters["apiId"] ?? "")",
            status: 404)
    }
}
