import AWSCore
import JSON

/// Export of REST APIs as OpenAPI 3 or Swagger 2.
enum RESTSpecification {
    static let routes: [ControlRoute] = [
        ControlRoute("GetExport", "GET", "/restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}") {
            request, parameters, gateway async throws(ServiceError) in
            let call = ControlCall(request: request, parameters: parameters, gateway: gateway)
            let api = try call.apis.find(.rest, call["restapi_id"])
            guard let stage = api.part("stages", call["stage_name"]),
                let snapshot = api.snapshots[stage["deploymentId"]?.string ?? ""]
            else { throw RESTPart.stage.missing(call["stage_name"]) }
            let type = call["export_type"]
            guard type == "oas30" || type == "swagger" else {
                throw .badRequest("API Gateway does not support the export type \(type): it is oas30 or swagger")
            }
            let extensions = request.query("extensions") ?? ""
            let isWhole = extensions.contains("integrations") || extensions.contains("apigateway")
            let document = document(snapshot, api, call, isSwagger: type == "swagger", isWhole: isWhole)
            // JSON is YAML as well, so both are served.
            return ServiceResponse(
                headers: [
                    "Content-Type": "application/json",
                    "Content-Disposition": "attachment; filename=\"\(type)_\(api.id).json\"",
                ],
                body: document.bytes)
        }
    ]

    private static func document(
        _ snapshot: Document.Snapshot, _ api: Document, _ call: ControlCall, isSwagger: Bool, isWhole: Bool
    ) -> JSON {
        var json = JSON.known([
            isSwagger ? ("swagger", "2.0") : ("openapi", "3.0.1"),
            (
                "info",
                .known([
                    ("title", api.members["name"]), ("description", api.members["description"]),
                    ("version", api.members["version"] ?? api.members["createdDate"].map { .string($0.text) }),
                ])
            ),
        ])
        let address = call.address(of: api.id)
        if isSwagger {
            json["host"] = .string(String(address.dropFirst("http://".count)))
            json["basePath"] = .string("/\(call["stage_name"])")
            json["schemes"] = ["http"]
        } else {
            json["servers"] = [
                [
                    "url": .string("\(address)/{basePath}"),
                    "variables": ["basePath": ["default": .string("/\(call["stage_name"])")]],
                ]
            ]
        }
        json["paths"] = paths(snapshot, isSwagger: isSwagger, isWhole: isWhole)
        var schemas = JSONObject()
        for (name, model) in snapshot.parts["models"] ?? JSONObject() {
            schemas[name] = model["schema"]?.string.flatMap { try? JSON(parsing: $0) } ?? .object(JSONObject())
        }
        let schemes = schemes(snapshot, isSwagger: isSwagger, isWhole: isWhole)
        if isSwagger {
            json["definitions"] = .object(schemas)
            if !schemes.isEmpty { json["securityDefinitions"] = .object(schemes) }
        } else {
            json["components"] = .known([
                ("schemas", .object(schemas)), ("securitySchemes", schemes.isEmpty ? JSON?.none : .object(schemes)),
            ])
        }
        guard isWhole else { return json }
        addExtensions(snapshot, &json)
        return json
    }

    private static func addExtensions(_ snapshot: Document.Snapshot, _ json: inout JSON) {
        let validators = (snapshot.parts["requestValidators"] ?? JSONObject()).values
        if !validators.isEmpty {
            json["x-amazon-apigateway-request-validators"] = .known(
                validators.map { validator in
                    (
                        validator["name"]?.string ?? "",
                        .known([
                            ("validateRequestBody", validator["validateRequestBody"]),
                            ("validateRequestParameters", validator["validateRequestParameters"]),
                        ])
                    )
                })
        }
        if let types = snapshot.members["binaryMediaTypes"] { json["x-amazon-apigateway-binary-media-types"] = types }
        let responses = snapshot.parts["gatewayResponses"] ?? JSONObject()
        guard !responses.isEmpty else { return }
        json["x-amazon-apigateway-gateway-responses"] = .known(
            responses.map { type, response in
                var written = response
                written["responseType"] = nil
                written["defaultResponse"] = nil
                return (type, written)
            })
    }

    private static func paths(_ snapshot: Document.Snapshot, isSwagger: Bool, isWhole: Bool) -> JSON {
        var paths = JSONObject()
        for resource in (snapshot.parts["resources"] ?? JSONObject()).values.sorted(by: {
            ($0["path"]?.string ?? "") < ($1["path"]?.string ?? "")
        }) {
            guard let methods = resource["resourceMethods"]?.object, !methods.isEmpty else { continue }
            var item = JSONObject()
            for (name, method) in methods {
                item[name == "ANY" ? Specification.anyMethod : name.lowercased()] = operation(
                    method, resource, snapshot, isSwagger: isSwagger, isWhole: isWhole)
            }
            paths[resource["path"]?.string ?? "/"] = .object(item)
        }
        return .object(paths)
    }

    private static func operation(
        _ method: JSON, _ resource: JSON, _ snapshot: Document.Snapshot, isSwagger: Bool, isWhole: Bool
    ) -> JSON {
        var operation = JSONObject()
        operation["operationId"] = method["operationName"]
        var parameters: [JSON] = []
        for (name, isRequired) in method["requestParameters"]?.object ?? JSONObject() {
            let parts = name.split(separator: ".", maxSplits: 3).map(String.init)
            guard parts.count == 4 else { continue }
            var parameter: JSON = [
                "name": .string(parts[3]), "in": .string(parts[2] == "querystring" ? "query" : parts[2]),
                "required": parts[2] == "path" ? true : isRequired,
            ]
            if isSwagger { parameter["type"] = "string" } else { parameter["schema"] = ["type": "string"] }
            parameters.append(parameter)
        }
        let models = method["requestModels"]?.stringMap ?? [:]
        if isSwagger, let model = models["application/json"] {
            parameters.append([
                "in": "body", "name": .string(model), "required": true,
                "schema": ["$ref": .string("#/definitions/\(model)")],
            ])
        } else if !isSwagger, !models.isEmpty {
            operation["requestBody"] = [
                "content": .known(
                    models.map { ($0.key, ["schema": ["$ref": .string("#/components/schemas/\($0.value)")]]) }),
                "required": true,
            ]
        }
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        var responses = JSONObject()
        for status in method["methodResponses"]?.object?.keys ?? [] {
            responses[status] = ["description": .string("\(status) response")]
        }
        operation["responses"] =
            responses.isEmpty ? ["default": ["description": "Default response"]] : .object(responses)
        var security: [JSON] = []
        if let authorizer = snapshot.parts["authorizers"]?[method["authorizerId"]?.string ?? ""]?["name"]?.string {
            security.append(.known([(authorizer, .array([]))]))
        }
        if method["apiKeyRequired"]?.bool == true { security.append(["api_key": .array([])]) }
        if !security.isEmpty { operation["security"] = .array(security) }
        guard isWhole else { return .object(operation) }
        let validator = snapshot.parts["requestValidators"]?[method["requestValidatorId"]?.string ?? ""]
        operation["x-amazon-apigateway-request-validator"] = validator?["name"]
        operation[Specification.integrationKey] = method["methodIntegration"].map(integration)
        return .object(operation)
    }

    private static func integration(_ json: JSON) -> JSON {
        var written = json
        for name in ["integrationResponses", "cacheNamespace", "cacheKeyParameters"] { written[name] = nil }
        written["type"] = .string((json["type"]?.string ?? "").lowercased())
        written["passthroughBehavior"] = json["passthroughBehavior"]?.string.map { .string($0.lowercased()) }
        let responses = json["integrationResponses"]?.object ?? JSONObject()
        guard !responses.isEmpty else { return written }
        written["responses"] = .known(
            responses.map { _, response in
                var inner = response
                inner["selectionPattern"] = nil
                let pattern = response["selectionPattern"]?.string ?? ""
                return (pattern.isEmpty ? "default" : pattern, inner)
            })
        return written
    }

    private static func schemes(_ snapshot: Document.Snapshot, isSwagger: Bool, isWhole: Bool) -> JSONObject {
        var schemes = JSONObject()
        for authorizer in (snapshot.parts["authorizers"] ?? JSONObject()).values {
            let source = authorizer["identitySource"]?.string ?? ""
            let header = source.hasPrefix("method.request.header.") ? String(source.dropFirst(22)) : "Unused"
            var scheme: JSON = [
                "type": "apiKey", "name": .string(header), "in": "header", "x-amazon-apigateway-authtype": "custom",
            ]
            if isWhole {
                var written = authorizer
                for name in ["id", "name", "authType"] { written[name] = nil }
                written["type"] = .string((authorizer["type"]?.string ?? "").lowercased())
                scheme[Specification.authorizerKey] = written
            }
            schemes[authorizer["name"]?.string ?? ""] = scheme
        }
        let methods = (snapshot.parts["resources"] ?? JSONObject()).values.flatMap {
            $0["resourceMethods"]?.object?.values ?? []
        }
        if methods.contains(where: { $0["apiKeyRequired"]?.bool == true }) {
            schemes["api_key"] = ["type": "apiKey", "name": "x-api-key", "in": "header"]
        }
        return schemes
    }
}
