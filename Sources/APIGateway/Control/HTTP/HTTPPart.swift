import AWSCore
import JSON

/// A kind of thing that an HTTP API has many of: how it is named on the wire, what it takes, and when it is right.
struct HTTPPart: Sendable {
    /// `Route`
    let name: String
    /// `routes`, in paths and in a document.
    let kind: String
    /// `routeId`
    let idName: String
    let fields: [Field]
    /// Fills in what was not given and checks the whole; called for new ones and after changes.
    let complete: @Sendable (inout JSONObject, Document) throws(ServiceError) -> Void

    var plural: String { name + "s" }
    var path: String { "/v2/apis/{apiId}/\(kind)" }

    func missing(_ id: String, in api: String) -> ServiceError {
        .notFound(
            idName == "stageName"
                ? "Unable to find Stage by name \(id)" : "Unable to find \(name) by ID \(id) within \(api)")
    }

    static let all = [route, integration, stage, authorizer, deployment, model]

    static let route = HTTPPart(
        name: "Route", kind: "routes", idName: "routeId",
        fields: [
            Field("routeKey"), Field("target"), Field("operationName"), Field("apiKeyRequired", .flag),
            Field("authorizationType", .choice(["NONE", "AWS_IAM", "CUSTOM", "JWT"])), Field("authorizerId"),
            Field("authorizationScopes", .list), Field("requestParameters", .map), Field("requestModels", .map),
            Field("modelSelectionExpression"), Field("routeResponseSelectionExpression"),
        ]
    ) { route, api throws(ServiceError) in
        let key = try RouteKey(route.required("routeKey"))
        let id = route["routeId"]?.string
        for (other, value) in api.part("routes") where other != id && value["routeKey"]?.string == key.text {
            throw .conflict("Route with key \(key.text) already exists for this API")
        }
        if let target = route["target"]?.string {
            guard target.hasPrefix("integrations/"), api.part("integrations", String(target.dropFirst(13))) != nil
            else {
                throw .badRequest("Invalid integration identifier specified: \(target)")
            }
        }
        route["apiKeyRequired"] = route["apiKeyRequired"] ?? false
        let type = route["authorizationType"]?.string ?? "NONE"
        route["authorizationType"] = .string(type)
        guard type == "JWT" || type == "CUSTOM" else { return }
        let authorizer = api.part("authorizers", route["authorizerId"]?.string ?? "")
        guard let authorizer, authorizer["authorizerType"]?.string == (type == "JWT" ? "JWT" : "REQUEST") else {
            throw .badRequest(
                "Invalid authorizer ID \(route["authorizerId"]?.string ?? "") for authorization type \(type)")
        }
    }

    static let stage = HTTPPart(
        name: "Stage", kind: "stages", idName: "stageName",
        fields: [
            Field("stageName"), Field("autoDeploy", .flag), Field("deploymentId"), Field("stageVariables", .map),
            Field("description"), Field("defaultRouteSettings", .structure), Field("routeSettings", .map),
            Field("accessLogSettings", .structure), Field("clientCertificateId"), Field("tags", .map),
        ]
    ) { stage, api throws(ServiceError) in
        let name = try stage.required("stageName")
        guard name == "$default" || name.utf8.allSatisfy({ Self.isNameByte($0) }) else {
            throw .badRequest("Stage name only allows a-zA-Z0-9-_ and $default")
        }
        if let deployment = stage["deploymentId"]?.string, api.part("deployments", deployment) == nil {
            throw .badRequest("Deployment ID does not exist: \(deployment)")
        }
        stage["autoDeploy"] = stage["autoDeploy"] ?? false
        stage["stageVariables"] = stage["stageVariables"] ?? .object(JSONObject())
        stage["routeSettings"] = stage["routeSettings"] ?? .object(JSONObject())
        stage["defaultRouteSettings"] = stage["defaultRouteSettings"] ?? ["detailedMetricsEnabled": false]
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    static let deployment = HTTPPart(
        name: "Deployment", kind: "deployments", idName: "deploymentId",
        fields: [Field("description"), Field("stageName")]
    ) { deployment, api throws(ServiceError) in
        guard !api.part("routes").isEmpty else {
            throw .badRequest("At least one route is required before deploying the Api.")
        }
        if let stage = deployment["stageName"]?.string, api.part("stages", stage) == nil {
            throw .notFound("Unable to find Stage by name \(stage)")
        }
        deployment["deploymentStatus"] = "DEPLOYED"
        deployment["autoDeployed"] = deployment["autoDeployed"] ?? false
    }

    static let model = HTTPPart(
        name: "Model", kind: "models", idName: "modelId",
        fields: [Field("name"), Field("schema"), Field("contentType"), Field("description")]
    ) { model, _ throws(ServiceError) in
        _ = try model.required("name")
        _ = try model.required("schema")
        model["contentType"] = model["contentType"] ?? "application/json"
    }
}
