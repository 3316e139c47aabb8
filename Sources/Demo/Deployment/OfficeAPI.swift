import JSON

/// The office's REST API: `GET /orders`, behind an authorizer.
enum OfficeAPI {
    static let stage = "v1"

    /// - Returns: its host name.
    static func create(on endpoint: any EndpointCaller) async throws -> String {
        let api = try await call(endpoint, "POST", "/restapis", ["name": "office"])
        let id = try text(api, "id", of: "CreateRestApi")
        let resources = try await call(endpoint, "GET", "/restapis/\(id)/resources", nil)
        let list = resources["_embedded"]?["item"]?.array ?? resources["item"]?.array ?? []
        guard let root = list.first?["id"]?.string ?? api["rootResourceId"]?.string else {
            throw DeploymentError(description: "GetResources gave no root resource")
        }
        let authorizer = try await call(
            endpoint, "POST", "/restapis/\(id)/authorizers",
            [
                "name": "staff", "type": "TOKEN", "authorizerUri": .string(invocation(of: "admit-staff")),
                "identitySource": "method.request.header.Authorization", "authorizerResultTtlInSeconds": 5,
            ])
        let resource = try await call(endpoint, "POST", "/restapis/\(id)/resources/\(root)", ["pathPart": "orders"])
        let path = "/restapis/\(id)/resources/\(try text(resource, "id", of: "CreateResource"))/methods/GET"
        _ = try await call(
            endpoint, "PUT", path,
            [
                "authorizationType": "CUSTOM",
                "authorizerId": .string(try text(authorizer, "id", of: "CreateAuthorizer")),
                "requestParameters": ["method.request.querystring.state": false],
            ])
        _ = try await call(
            endpoint, "PUT", "\(path)/integration",
            ["type": "AWS_PROXY", "httpMethod": "POST", "uri": .string(invocation(of: "find-orders"))])
        _ = try await call(endpoint, "POST", "/restapis/\(id)/deployments", ["stageName": .string(stage)])
        return "\(id).execute-api.localhost"
    }

    private static func call(
        _ endpoint: any EndpointCaller, _ method: String, _ path: String, _ body: JSON?
    ) async throws -> JSON {
        try await endpoint.json(method, path, service: "apigateway", body)
    }

    private static func text(_ answer: JSON, _ member: String, of operation: String) throws -> String {
        guard let text = answer[member]?.string else {
            throw DeploymentError(description: "\(operation) gave no \(member)")
        }
        return text
    }

    private static func invocation(of function: String) -> String {
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            + "arn:aws:lambda:us-east-1:000000000000:function:\(function)/invocations"
    }
}
