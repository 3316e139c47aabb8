import AWSCore
import JSON

/// A REST API made ready for calls.
struct RESTPlan: Sendable {
    let isDisabled: Bool
    let stages: [String: Stage]

    struct Stage: Sendable {
        let name: String
        let variables: [String: String]
        let deployed: Deployed
        /// By `path/METHOD`, `*/*` for all.
        let throttles: [String: ThrottleLimit]
    }

    /// What a deployment holds.
    struct Deployed: Sendable {
        let resources: RouteTable<Resource>
        let binaryMediaTypes: [String]
        let isKeyOfAuthorizer: Bool
        let gatewayResponses: JSONObject

        init(_ snapshot: Document.Snapshot) {
            var resources = RouteTable<Resource>()
            for (id, value) in snapshot.parts["resources"] ?? JSONObject() {
                guard let resource = Resource(id, value, snapshot) else { continue }
                resources.insert(resource.path) { _ in resource }
            }
            self.resources = resources
            binaryMediaTypes = snapshot.members["binaryMediaTypes"]?.stringList ?? []
            isKeyOfAuthorizer = snapshot.members["apiKeySource"]?.string == "AUTHORIZER"
            gatewayResponses = snapshot.parts["gatewayResponses"] ?? JSONObject()
        }

        /// Whether a body of that content type is no text.
        func isBinary(_ contentType: String?) -> Bool {
            guard !binaryMediaTypes.isEmpty else { return false }
            let type = (contentType ?? "").prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
            return binaryMediaTypes.contains { known in
                known == "*/*" || (!type.isEmpty && Wildcard.matches(type, known.lowercased()))
            }
        }
    }

    struct Resource: Sendable {
        let id: String
        let path: String
        let methods: [String: RESTMethod]

        /// - Returns: `nil` for a resource without methods, which answers nothing.
        init?(_ id: String, _ json: JSON, _ snapshot: Document.Snapshot) {
            guard let methods = json["resourceMethods"]?.object, !methods.isEmpty else { return nil }
            self.id = id
            path = json["path"]?.string ?? "/"
            self.methods = methods.reduce(into: [:]) { $0[$1.0] = RESTMethod($1.1, resource: id, snapshot) }
        }
    }

    init(_ api: Document) {
        isDisabled = api.members["disableExecuteApiEndpoint"]?.bool ?? false
        var made: [String: Deployed] = [:]
        var stages: [String: Stage] = [:]
        for (name, stage) in api.part("stages") {
            let id = stage["deploymentId"]?.string ?? ""
            guard let snapshot = api.snapshots[id] else { continue }
            let deployed = made[id] ?? Deployed(snapshot)
            made[id] = deployed
            stages[name] = Stage(
                name: name, variables: stage["variables"]?.stringMap ?? [:], deployed: deployed,
                throttles: (stage["methodSettings"]?.object ?? JSONObject()).reduce(into: [:]) {
                    $0[$1.0] = ThrottleLimit(routeSettings: $1.1)
                })
        }
        self.stages = stages
    }
}

/// A method of a resource made ready for calls.
struct RESTMethod: Sendable {
    let name: String
    let resourceID: String
    /// `NONE`, `AWS_IAM`, `CUSTOM`
    let authorization: String
    let authorizer: RESTAuthorizer?
    let isKeyRequired: Bool
    /// The parameters that must be there: `header.x`, `querystring.y`.
    let requiredParameters: [String]
    let schemas: [String: Schema]
    let checksBody: Bool
    let integration: RESTIntegration?

    init(_ json: JSON, resource: String, _ snapshot: Document.Snapshot) {
        name = json["httpMethod"]?.string ?? "ANY"
        resourceID = resource
        authorization = json["authorizationType"]?.string ?? "NONE"
        authorizer = snapshot.parts["authorizers"]?[json["authorizerId"]?.string ?? ""].map { RESTAuthorizer($0) }
        isKeyRequired = json["apiKeyRequired"]?.bool ?? false
        let validator = snapshot.parts["requestValidators"]?[json["requestValidatorId"]?.string ?? ""]
        let checksParameters = validator?["validateRequestParameters"]?.bool ?? false
        checksBody = validator?["validateRequestBody"]?.bool ?? false
        requiredParameters = (json["requestParameters"]?.object ?? JSONObject()).compactMap { name, isRequired in
            checksParameters && isRequired.bool == true ? String(name.dropFirst("method.request.".count)) : nil
        }
        // Schemas are read where bodies are checked only.
        let models = checksBody ? snapshot.parts["models"] ?? JSONObject() : JSONObject()
        let parsed = models.reduce(into: [String: JSON]()) {
            $0[$1.0] = $1.1["schema"]?.string.flatMap { try? JSON(parsing: $0) }
        }
        schemas = (json["requestModels"]?.stringMap ?? [:]).reduce(into: [:]) { schemas, entry in
            schemas[entry.key] = parsed[entry.value].map { Schema($0, models: parsed) }
        }
        integration = json["methodIntegration"].map { RESTIntegration($0) }
    }
}
