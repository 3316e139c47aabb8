import AWSCore
import JSON

/// Import and export of HTTP APIs as OpenAPI 3.
enum HTTPSpecification {
    static let routes: [ControlRoute] = [
        .control("ImportApi", "PUT", "/v2/apis", status: 201) { call throws(ServiceError) in
            let specification = try specification(call)
            var members = JSONObject()
            members["name"] = .string(specification.title)
            members["protocolType"] = "HTTP"
            var api = try HTTPAPIOperations.new(members)
            try fill(&api, specification)
            try call.apis.add(api)
            return HTTPAPIOperations.json(api, call)
        },
        .control("ReimportApi", "PUT", "/v2/apis/{apiId}", status: 201) { call throws(ServiceError) in
            let specification = try specification(call)
            let api = try call.apis.change(.http, call["apiId"]) { api throws(ServiceError) in
                for kind in ["routes", "integrations", "authorizers"] { api.parts[kind] = nil }
                api.members["name"] = .string(specification.title)
                try fill(&api, specification)
                return api
            }
            return HTTPAPIOperations.json(api, call)
        },
        ControlRoute("ExportApi", "GET", "/v2/apis/{apiId}/exports/{specification}") {
            request, parameters, gateway async throws(ServiceError) in
            let call = ControlCall(request: request, parameters: parameters, gateway: gateway)
            let api = try call.apis.find(.http, call["apiId"])
            guard call["specification"] == "OAS30" else {
                throw .badRequest("Invalid specification \(call["specification"]): it is OAS30")
            }
            let isWhole = request.query("includeExtensions") != "false"
            var snapshot = api.live
            if let name = request.query("stageName") {
                guard let stage = api.part("stages", name) else {
                    throw .notFound("Unable to find Stage by name \(name)")
                }
                if let id = stage["deploymentId"]?.string, let deployed = api.snapshots[id] { snapshot = deployed }
            }
            // JSON is YAML as well, so both output types are served.
            return ServiceResponse(body: document(snapshot, isWhole: isWhole).bytes)
        },
    ]

    private static func specification(_ call: ControlCall) throws(ServiceError) -> Specification {
        let specification = try Specification(Array(call.input().required("body").utf8))
        guard !specification.isSwagger else { throw .badRequest("Only OpenAPI 3 is supported for HTTP APIs") }
        return specification
    }

    private static func fill(_ api: inout Document, _ specification: Specification) throws(ServiceError) {
        let json = specification.json
        api.members["version"] = json["info"]?["version"]?.string.map(JSON.string)
        api.members["description"] = json["info"]?["description"]?.string.map(JSON.string)
        if let cors = json["x-amazon-apigateway-cors"] {
            _ = try CORS(cors)
            api.members["corsConfiguration"] = cors
        }
        var authorizers: [String: (id: String, type: String)] = [:]
        for (name, scheme) in specification.securitySchemes {
            guard let given = scheme[Specification.authorizerKey]?.object else { continue }
            authorizers[name] = try addAuthorizer(name, given, &api)
        }
        for operation in specification.operations {
            try add(operation, specification, authorizers, &api)
        }
    }

    private static func addAuthorizer(
        _ name: String, _ given: JSONObject, _ api: inout Document
    ) throws(ServiceError) -> (id: String, type: String) {
        var input = given
        let type = (given["type"]?.string ?? "").uppercased()
        input["name"] = .string(name)
        input["authorizerType"] = .string(type)
        if let source = given["identitySource"]?.string {
            input["identitySource"] = .array(source.split(separator: ",").map { .string($0.filter { $0 != " " }) })
        }
        let made = try HTTPPart.authorizer.create(try HTTPPart.authorizer.fields.read(input), in: &api)
        return (made["authorizerId"]?.string ?? "", type == "JWT" ? "JWT" : "CUSTOM")
    }

    private static func add(
        _ operation: Specification.Operation, _ specification: Specification,
        _ authorizers: [String: (id: String, type: String)], _ api: inout Document
    ) throws(ServiceError) {
        var route = JSONObject()
        let isDefault = operation.path == "/$default" || operation.path == "$default"
        route["routeKey"] = .string(isDefault ? "$default" : "\(operation.method) \(operation.path)")
        route["operationName"] = operation.json["operationId"]?.string.map(JSON.string)
        if let given = specification.resolved(operation.json[Specification.integrationKey])?.object {
            var input = given
            input["integrationType"] = .string((given["type"]?.string ?? "").uppercased())
            input["integrationUri"] = given["uri"]
            input["integrationMethod"] = given["httpMethod"]
            input["credentialsArn"] = given["credentials"]
            let made = try HTTPPart.integration.create(try HTTPPart.integration.fields.read(input), in: &api)
            route["target"] = .string("integrations/\(made["integrationId"]?.string ?? "")")
        }
        for (name, scopes) in specification.security(operation.json) {
            guard let authorizer = authorizers[name] else { continue }
            route["authorizationType"] = .string(authorizer.type)
            route["authorizerId"] = .string(authorizer.id)
            if !scopes.isEmpty { route["authorizationScopes"] = .array(scopes.map(JSON.string)) }
            break
        }
        _ = try HTTPPart.route.create(route, in: &api)
    }

    /// An API as an OpenAPI document.
    private static func document(_ api: Document.Snapshot, isWhole: Bool) -> JSON {
        var paths = JSONObject()
        for (_, route) in api.parts["routes"] ?? JSONObject() {
            guard let key = try? RouteKey(route["routeKey"]?.string ?? "") else { continue }
            let path = key.method == nil ? "/$default" : key.path
            let method =
                key.method.map { $0 == "ANY" ? Specification.anyMethod : $0.lowercased() } ?? Specification.anyMethod
            var item = paths[path] ?? .object(JSONObject())
            item[method] = operation(route, api, isWhole: isWhole)
            paths[path] = item
        }
        var json: JSON = [
            "openapi": "3.0.1",
            "info": .known([
                ("title", api.members["name"]), ("description", api.members["description"]),
                ("version", api.members["version"] ?? "1.0"),
            ]),
            "paths": .object(paths),
        ]
        var schemes = JSONObject()
        for (_, authorizer) in api.parts["authorizers"] ?? JSONObject() {
            schemes[authorizer["name"]?.string ?? ""] = scheme(authorizer, isWhole: isWhole)
        }
        if !schemes.isEmpty { json["components"] = ["securitySchemes": .object(schemes)] }
        if isWhole {
            json["x-amazon-apigateway-cors"] = api.members["corsConfiguration"]
            json["x-amazon-apigateway-importexport-version"] = "1.0"
        }
        return json
    }

    private static func operation(_ route: JSON, _ api: Document.Snapshot, isWhole: Bool) -> JSON {
        var operation: JSON = [
            "responses": [
                "default": ["description": .string("Default response for \(route["routeKey"]?.string ?? "")")]
            ]
        ]
        operation["operationId"] = route["operationName"]
        if let authorizer = api.parts["authorizers"]?[route["authorizerId"]?.string ?? ""]?["name"]?.string {
            operation["security"] = [.known([(authorizer, route["authorizationScopes"] ?? [])])]
        }
        let id = route["target"]?.string?.split(separator: "/").last.map(String.init) ?? ""
        guard isWhole, let integration = api.parts["integrations"]?[id]?.object else { return operation }
        var written = JSONObject()
        let renamed = [
            "integrationType": "type", "integrationUri": "uri", "integrationMethod": "httpMethod",
            "credentialsArn": "credentials",
        ]
        for (name, value) in integration where name != "integrationId" { written[renamed[name] ?? name] = value }
        operation[Specification.integrationKey] = .object(written)
        return operation
    }

    private static func scheme(_ authorizer: JSON, isWhole: Bool) -> JSON {
        let isJWT = authorizer["authorizerType"]?.string == "JWT"
        var scheme: JSON =
            isJWT
            ? ["type": "oauth2", "flows": .object(JSONObject())] : ["type": "apiKey", "name": "Unused", "in": "header"]
        guard isWhole else { return scheme }
        var written = JSONObject()
        for (name, value) in authorizer.object ?? JSONObject() where name != "authorizerId" && name != "name" {
            switch name {
            case "authorizerType": written["type"] = .string((value.string ?? "").lowercased())
            case "identitySource": written[name] = .string(value.stringList.joined(separator: ", "))
            default: written[name] = value
            }
        }
        scheme[Specification.authorizerKey] = .object(written)
        return scheme
    }
}
