import AWSCore
import JSON

/// Import of REST APIs from OpenAPI 3 or Swagger 2.
///
/// See "Develop REST APIs using OpenAPI in API Gateway" in the API Gateway Developer Guide.
enum RESTImport {
    static func create(_ call: ControlCall) throws(ServiceError) -> JSON {
        let specification = try Specification(call.request.body)
        var members = JSONObject()
        members["name"] = .string(specification.title)
        var api = try RESTAPIOperations.new(members)
        try fill(&api, specification)
        try call.apis.add(api)
        return .object(api.members)
    }

    static func put(_ call: ControlCall) throws(ServiceError) -> JSON {
        let specification = try Specification(call.request.body)
        let isOverwriting = call.request.query("mode") == "overwrite"
        return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
            if isOverwriting {
                let root = api.members["rootResourceId"]?.string ?? ""
                for kind in ["resources", "models", "authorizers", "requestValidators", "gatewayResponses"] {
                    api.parts[kind] = nil
                }
                api.set("resources", root, ["id": .string(root), "path": "/"])
            }
            api.members["name"] = .string(specification.title)
            try fill(&api, specification)
            return .object(api.members)
        }
    }

    private struct Names {
        var authorizers: [String: String] = [:]
        var validators: [String: String] = [:]
        var keys: Set<String> = []
        var signatures: Set<String> = []
    }

    private static func fill(_ api: inout Document, _ specification: Specification) throws(ServiceError) {
        let json = specification.json
        api.members["description"] = json["info"]?["description"]?.string.map(JSON.string) ?? api.members["description"]
        api.members["version"] = json["info"]?["version"]?.string.map(JSON.string)
        if let types = json["x-amazon-apigateway-binary-media-types"] { api.members["binaryMediaTypes"] = types }
        if let source = json["x-amazon-apigateway-api-key-source"] { api.members["apiKeySource"] = source }
        if let size = json["x-amazon-apigateway-minimum-compression-size"] {
            api.members["minimumCompressionSize"] = size
        }
        for (type, response) in json["x-amazon-apigateway-gateway-responses"]?.object ?? JSONObject() {
            var given = response
            if let status = given["statusCode"]?.int { given["statusCode"] = .string(String(status)) }
            given["responseType"] = .string(type)
            given["defaultResponse"] = false
            api.set("gatewayResponses", type, given)
        }
        for (name, schema) in specification.schemas {
            guard name.utf8.allSatisfy({ HTTPPart.isNameByte($0) && $0 != 0x2D && $0 != 0x5F }) else { continue }
            let old = api.part("models", name)
            api.set(
                "models", name,
                [
                    "id": old?["id"] ?? .string(Identifier.new(6)), "name": .string(name),
                    "schema": .string(schema.text), "contentType": "application/json",
                ])
        }
        let names = try addSchemes(specification, &api)
        for operation in specification.operations { try add(operation, specification, names, &api) }
    }

    private static func addSchemes(_ specification: Specification, _ api: inout Document) throws(ServiceError) -> Names
    {
        var names = Names()
        for (name, validator) in specification.json["x-amazon-apigateway-request-validators"]?.object ?? JSONObject() {
            var input = validator.object ?? JSONObject()
            input["name"] = .string(name)
            let made = try RESTPart.validator.create(try RESTPart.validator.fields.read(input), in: &api)
            names.validators[name] = made["id"]?.string
        }
        for (name, scheme) in specification.securitySchemes {
            if scheme["x-amazon-apigateway-authtype"]?.string?.lowercased() == "awssigv4" {
                names.signatures.insert(name)
            }
            guard let given = scheme[Specification.authorizerKey]?.object else {
                if scheme["name"]?.string?.lowercased() == "x-api-key" { names.keys.insert(name) }
                continue
            }
            var input = given
            input["name"] = .string(name)
            input["type"] = .string((given["type"]?.string ?? "").uppercased())
            if input["identitySource"] == nil, let header = scheme["name"]?.string, scheme["in"]?.string == "header" {
                input["identitySource"] = .string("method.request.header.\(header)")
            }
            let made = try RESTPart.authorizer.create(try RESTPart.authorizer.fields.read(input), in: &api)
            names.authorizers[name] = made["id"]?.string
        }
        return names
    }

    private static func add(
        _ operation: Specification.Operation, _ specification: Specification, _ names: Names, _ api: inout Document
    ) throws(ServiceError) {
        let resource = try resource(operation.path, &api)
        var method = JSONObject()
        method["operationName"] = operation.json["operationId"]?.string.map(JSON.string)
        for (name, _) in specification.security(operation.json) {
            if names.keys.contains(name) { method["apiKeyRequired"] = true }
            if names.signatures.contains(name) { method["authorizationType"] = "AWS_IAM" }
            guard let authorizer = names.authorizers[name] else { continue }
            method["authorizationType"] = "CUSTOM"
            method["authorizerId"] = .string(authorizer)
        }
        let validator =
            operation.json["x-amazon-apigateway-request-validator"]
            ?? specification.json["x-amazon-apigateway-request-validator"]
        if let id = validator?.string.flatMap({ names.validators[$0] }) { method["requestValidatorId"] = .string(id) }
        addParameters(operation.json, specification, &method)
        if var existing = api.part("resources", resource), var methods = existing["resourceMethods"]?.object {
            methods[operation.method] = nil
            existing["resourceMethods"] = methods.isEmpty ? JSON?.none : .object(methods)
            api.set("resources", resource, existing)
        }
        var made = try MethodOperations.putMethod(method, operation.method, resource: resource, &api)
        made["methodResponses"] = methodResponses(operation.json, specification)
        if let given = specification.resolved(operation.json[Specification.integrationKey])?.object {
            made["methodIntegration"] = .object(try integration(given, resource))
        }
        var changed = api.part("resources", resource) ?? .object(JSONObject())
        var methods = changed["resourceMethods"]?.object ?? JSONObject()
        methods[operation.method] = made
        changed["resourceMethods"] = .object(methods)
        api.set("resources", resource, changed)
    }

    /// The resource at that path, made with all above it.
    private static func resource(_ path: String, _ api: inout Document) throws(ServiceError) -> String {
        var id = api.members["rootResourceId"]?.string ?? ""
        for part in path.split(separator: "/") {
            let known = api.part("resources").first {
                $0.1["parentId"]?.string == id && $0.1["pathPart"]?.string == String(part)
            }
            if let known {
                id = known.0
            } else {
                id = try RESTAPIOperations.addResource(String(part), parent: id, &api)["id"]?.string ?? ""
            }
        }
        return id
    }

    private static func addParameters(_ operation: JSON, _ specification: Specification, _ method: inout JSONObject) {
        var parameters = JSONObject()
        var models = JSONObject()
        for given in operation["parameters"]?.array ?? [] {
            guard let parameter = specification.resolved(given), let place = parameter["in"]?.string else { continue }
            let places = ["path": "path", "query": "querystring", "header": "header"]
            if place == "body", let model = modelName(parameter["schema"]) {
                models["application/json"] = .string(model)
            }
            guard let name = parameter["name"]?.string, let kind = places[place] else { continue }
            parameters["method.request.\(kind).\(name)"] = parameter["required"] ?? false
        }
        for (type, content) in specification.resolved(operation["requestBody"])?["content"]?.object ?? JSONObject() {
            if let model = modelName(content["schema"]) { models[type] = .string(model) }
        }
        if !parameters.isEmpty { method["requestParameters"] = .object(parameters) }
        if !models.isEmpty { method["requestModels"] = .object(models) }
    }

    private static func modelName(_ schema: JSON?) -> String? {
        schema?["$ref"]?.string?.split(separator: "/").last.map(String.init)
    }

    private static func methodResponses(_ operation: JSON, _ specification: Specification) -> JSON? {
        var responses = JSONObject()
        for (status, given) in operation["responses"]?.object ?? JSONObject() where Int(status) != nil {
            let response = specification.resolved(given)
            var json: JSON = ["statusCode": .string(status)]
            let headers = response?["headers"]?.object ?? JSONObject()
            if !headers.isEmpty {
                json["responseParameters"] = .known(headers.keys.map { ("method.response.header.\($0)", false) })
            }
            if let model = modelName(response?["schema"]) {
                json["responseModels"] = ["application/json": .string(model)]
            }
            responses[status] = json
        }
        return responses.isEmpty ? JSON?.none : .object(responses)
    }

    private static func integration(_ given: JSONObject, _ resource: String) throws(ServiceError) -> JSONObject {
        var input = given
        input["type"] = .string((given["type"]?.string ?? "").uppercased())
        input["passthroughBehavior"] = given["passthroughBehavior"]?.string.map { .string($0.uppercased()) }
        var integration = try IntegrationOperations.complete(input, resource: resource)
        var responses = JSONObject()
        for (pattern, response) in given["responses"]?.object ?? JSONObject() {
            var json = response
            let status = response["statusCode"]?.string ?? response["statusCode"]?.text ?? "200"
            json["statusCode"] = .string(status)
            if pattern != "default" { json["selectionPattern"] = .string(pattern) }
            responses[status] = json
        }
        if !responses.isEmpty { integration["integrationResponses"] = .object(responses) }
        return integration
    }
}
