import AWSCore
import JSON
import Telemetry

/// A kind of thing that a REST API has many of: how it is named on the wire, what it takes, and when it is right.
struct RESTPart: Sendable {
    /// `Authorizer`
    let name: String
    /// In a document.
    let kind: String
    /// In paths.
    let path: String
    /// The member that is its id: `id`, `name`, `stageName`.
    let idName: String
    let fields: [Field]
    let missing: @Sendable (String) -> ServiceError
    /// Fills in what was not given and checks the whole; called for new ones and after changes.
    let complete: @Sendable (inout JSONObject, Document) throws(ServiceError) -> Void

    static let all = [authorizer, model, validator, stage, deployment]

    static let model = RESTPart(
        name: "Model", kind: "models", path: "models", idName: "name",
        fields: [Field("name"), Field("description"), Field("schema"), Field("contentType")],
        missing: { .notFound("Invalid model name specified: \($0)") }
    ) { model, _ throws(ServiceError) in
        let name = try model.required("name")
        guard name.utf8.allSatisfy({ HTTPPart.isNameByte($0) && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") })
        else {
            throw .badRequest("Model name must be alphanumeric: \(name)")
        }
        let schema = model["schema"]?.string ?? ""
        guard schema.isEmpty || (try? JSON(parsing: schema)) != nil else {
            throw .badRequest("Invalid model schema specified: it is no JSON")
        }
        model["contentType"] = model["contentType"] ?? "application/json"
    }

    static let validator = RESTPart(
        name: "RequestValidator", kind: "requestValidators", path: "requestvalidators", idName: "id",
        fields: [Field("name"), Field("validateRequestBody", .flag), Field("validateRequestParameters", .flag)],
        missing: { _ in .notFound("Invalid Request Validator identifier specified") }
    ) { validator, _ throws(ServiceError) in
        validator["validateRequestBody"] = validator["validateRequestBody"] ?? false
        validator["validateRequestParameters"] = validator["validateRequestParameters"] ?? false
    }

    static let authorizer = RESTPart(
        name: "Authorizer", kind: "authorizers", path: "authorizers", idName: "id",
        fields: [
            Field("name"), Field("type", .choice(["TOKEN", "REQUEST", "COGNITO_USER_POOLS"])), Field("authType"),
            Field("authorizerUri"), Field("authorizerCredentials"), Field("identitySource"),
            Field("providerARNs", .list),
            Field("identityValidationExpression"), Field("authorizerResultTtlInSeconds", .whole(0...3600)),
        ],
        missing: { _ in .notFound("Invalid Authorizer identifier specified") }
    ) { authorizer, _ throws(ServiceError) in
        _ = try authorizer.required("name")
        let type = try authorizer.required("type")
        guard type != "COGNITO_USER_POOLS" else {
            throw .badRequest("Authorizers of type COGNITO_USER_POOLS are not served here: there are no user pools")
        }
        _ = try authorizer.required("authorizerUri")
        if authorizer["authorizerResultTtlInSeconds"] == nil { authorizer["authorizerResultTtlInSeconds"] = 300 }
        authorizer["authType"] = authorizer["authType"] ?? "custom"
        let isCached = authorizer["authorizerResultTtlInSeconds"] != 0
        guard type == "REQUEST" else {
            let source = authorizer["identitySource"]?.string ?? "method.request.header.Authorization"
            guard source.hasPrefix("method.request.header.") else {
                throw .badRequest("A TOKEN authorizer takes its token of a header, not of \(source)")
            }
            authorizer["identitySource"] = .string(source)
            return
        }
        guard !isCached || !(authorizer["identitySource"]?.string ?? "").isEmpty else {
            throw .badRequest("Identity source is required when caching is enabled for a REQUEST authorizer")
        }
    }

    static let stage = RESTPart(
        name: "Stage", kind: "stages", path: "stages", idName: "stageName",
        fields: [
            Field("stageName"), Field("deploymentId"), Field("description"), Field("variables", .map),
            Field("tracingEnabled", .flag), Field("documentationVersion"), Field("cacheClusterEnabled", .flag),
            Field("cacheClusterSize"), Field("tags", .map),
        ],
        missing: { _ in .notFound("Invalid stage identifier specified") }
    ) { stage, api throws(ServiceError) in
        let name = try stage.required("stageName")
        guard name.utf8.allSatisfy({ HTTPPart.isNameByte($0) }) else {
            throw .badRequest("Stage name only allows a-zA-Z0-9_-")
        }
        guard api.part("deployments", try stage.required("deploymentId")) != nil else {
            throw .badRequest("Deployment id does not exist")
        }
        guard stage["cacheClusterEnabled"]?.bool != true else {
            throw .badRequest("Caches of stages are not served here: cacheClusterEnabled is false")
        }
        let standards: [(String, JSON)] = [
            ("cacheClusterEnabled", false), ("cacheClusterStatus", "NOT_AVAILABLE"),
            ("methodSettings", .object(JSONObject())),
            ("tracingEnabled", false),
        ]
        for (name, value) in standards where stage[name] == nil { stage[name] = value }
    }

    static let deployment = RESTPart(
        name: "Deployment", kind: "deployments", path: "deployments", idName: "id", fields: [Field("description")],
        missing: { _ in .notFound("Invalid Deployment identifier specified") }
    ) { _, api throws(ServiceError) in
        let methods = api.part("resources").values.flatMap { $0["resourceMethods"]?.object?.values ?? [] }
        guard !methods.isEmpty else { throw .badRequest("The REST API doesn't contain any methods") }
        guard methods.allSatisfy({ $0["methodIntegration"] != nil }) else {
            throw .badRequest("No integration defined for method")
        }
    }
}

extension JSON {
    /// Times of REST APIs are seconds since 1970.
    static var nowInSeconds: JSON { .int(Int(Timestamp.now().seconds)) }
}
