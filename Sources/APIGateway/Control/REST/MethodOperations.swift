import AWSCore
import JSON

/// Methods of resources, their integrations, and the responses of both.
enum MethodOperations {
    static let path = "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}"

    static let routes: [ControlRoute] =
        [
            .control("PutMethod", "PUT", path, status: 201) { call throws(ServiceError) in
                let input = try methodFields.read(call.input())
                return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                    try putMethod(input, call["http_method"], resource: call["resource_id"], &api)
                }
            },
            .control("GetMethod", "GET", path) { call throws(ServiceError) in try method(call) },
            .control("UpdateMethod", "PATCH", path) { call throws(ServiceError) in
                let patches = try Patch.read(call.input())
                return try change(call) { method, api throws(ServiceError) in
                    for patch in patches {
                        try patch.apply(to: &method, known: methodChangeable, flagMaps: ["requestParameters"])
                    }
                    try check(method, api)
                }
            },
            .control("DeleteMethod", "DELETE", path, status: 204) { call throws(ServiceError) in
                try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                    guard var resource = api.part("resources", call["resource_id"]) else {
                        throw RESTAPIOperations.noResource
                    }
                    guard var methods = resource["resourceMethods"]?.object, methods[call["http_method"]] != nil else {
                        throw noMethod
                    }
                    methods[call["http_method"]] = nil
                    resource["resourceMethods"] = methods.isEmpty ? JSON?.none : .object(methods)
                    api.set("resources", call["resource_id"], resource)
                }
                return .null
            },
            .control("PutIntegration", "PUT", path + "/integration", status: 201) { call throws(ServiceError) in
                let given = try call.input()
                let input = try IntegrationOperations.complete(given, resource: call["resource_id"])
                let method = try change(call) { method, _ throws(ServiceError) in
                    let responses = method["methodIntegration"]?["integrationResponses"]
                    method["methodIntegration"] = .object(input)
                    if let responses { method["methodIntegration"]?["integrationResponses"] = responses }
                }
                return method["methodIntegration"] ?? .null
            },
            .control("GetIntegration", "GET", path + "/integration") { call throws(ServiceError) in
                guard let found = try method(call)["methodIntegration"] else { throw noIntegration }
                return found
            },
            .control("UpdateIntegration", "PATCH", path + "/integration") { call throws(ServiceError) in
                let patches = try Patch.read(call.input())
                let method = try change(call) { method, _ throws(ServiceError) in
                    guard var integration = method["methodIntegration"]?.object else { throw noIntegration }
                    for patch in patches { try patch.apply(to: &integration, known: IntegrationOperations.changeable) }
                    try IntegrationOperations.check(integration)
                    method["methodIntegration"] = .object(integration)
                }
                return method["methodIntegration"] ?? .null
            },
            .control("DeleteIntegration", "DELETE", path + "/integration", status: 204) { call throws(ServiceError) in
                _ = try change(call) { method, _ throws(ServiceError) in
                    guard method["methodIntegration"] != nil else { throw noIntegration }
                    method["methodIntegration"] = nil
                }
                return .null
            },
        ] + MethodResponses.method.routes + MethodResponses.integration.routes

    static let noMethod = ServiceError.notFound("Invalid Method identifier specified")
    static let noIntegration = ServiceError.notFound("No integration defined for method")

    private static let methodFields = [
        Field("authorizationType"), Field("authorizerId"), Field("apiKeyRequired", .flag), Field("operationName"),
        Field("requestParameters", .map), Field("requestModels", .map), Field("requestValidatorId"),
        Field("authorizationScopes", .list),
    ]
    private static let methodChangeable: Set<String> = [
        "authorizationType", "authorizerId", "apiKeyRequired", "operationName", "requestParameters", "requestModels",
        "requestValidatorId", "authorizationScopes",
    ]
    private static let names: Set<String> = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

    /// - Returns: the new method.
    static func putMethod(
        _ given: JSONObject, _ name: String, resource id: String, _ api: inout Document
    ) throws(ServiceError) -> JSON {
        guard var resource = api.part("resources", id) else { throw RESTAPIOperations.noResource }
        guard names.contains(name) else { throw .badRequest("Invalid HTTP method specified: \(name)") }
        guard resource["resourceMethods"]?[name] == nil else {
            throw .conflict("Method already exists for this resource")
        }
        var method = JSONObject()
        method["httpMethod"] = .string(name)
        method["authorizationType"] = "NONE"
        method["apiKeyRequired"] = false
        method = method.merging(given)
        try check(method, api)
        var methods = resource["resourceMethods"]?.object ?? JSONObject()
        methods[name] = .object(method)
        resource["resourceMethods"] = .object(methods)
        api.set("resources", id, resource)
        return .object(method)
    }

    private static func check(_ method: JSONObject, _ api: Document) throws(ServiceError) {
        let type = method["authorizationType"]?.string ?? ""
        guard ["NONE", "AWS_IAM", "CUSTOM"].contains(type) else {
            throw .badRequest(
                type == "COGNITO_USER_POOLS"
                    ? "COGNITO_USER_POOLS is not served here: there are no user pools"
                    : "Invalid authorization type specified: \(type) is none of NONE, AWS_IAM, CUSTOM")
        }
        if type == "CUSTOM", api.part("authorizers", method["authorizerId"]?.string ?? "") == nil {
            throw .badRequest(
                "Invalid Authorizer ID specified. Setting the authorization type to CUSTOM requires a valid authorizer."
            )
        }
        for (name, _) in method["requestParameters"]?.object ?? JSONObject() {
            guard ["header.", "querystring.", "path."].contains(where: { name.hasPrefix("method.request.\($0)") })
            else {
                throw .badRequest("Invalid mapping expression specified: \(name)")
            }
        }
        for model in method["requestModels"]?.stringMap.values ?? [:].values where api.part("models", model) == nil {
            throw .badRequest("Invalid model identifier specified: \(model)")
        }
        if let validator = method["requestValidatorId"]?.string, !validator.isEmpty,
            api.part("requestValidators", validator) == nil
        {
            throw .badRequest("Invalid Request Validator identifier specified")
        }
    }

    static func method(_ call: ControlCall) throws(ServiceError) -> JSON {
        let api = try call.apis.find(.rest, call["restapi_id"])
        guard let resource = api.part("resources", call["resource_id"]) else { throw RESTAPIOperations.noResource }
        guard let method = resource["resourceMethods"]?[call["http_method"]] else { throw noMethod }
        return method
    }

    /// - Returns: the method after the change.
    static func change(
        _ call: ControlCall, _ change: (inout JSONObject, Document) throws(ServiceError) -> Void
    ) throws(ServiceError) -> JSON {
        try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
            guard var resource = api.part("resources", call["resource_id"]) else { throw RESTAPIOperations.noResource }
            guard var method = resource["resourceMethods"]?[call["http_method"]]?.object else { throw noMethod }
            try change(&method, api)
            var methods = resource["resourceMethods"]?.object ?? JSONObject()
            methods[call["http_method"]] = .object(method)
            resource["resourceMethods"] = .object(methods)
            api.set("resources", call["resource_id"], resource)
            return .object(method)
        }
    }
}

/// Integrations of methods.
enum IntegrationOperations {
    static let changeable: Set<String> = [
        "uri", "httpMethod", "credentials", "requestParameters", "requestTemplates", "passthroughBehavior",
        "timeoutInMillis",
        "cacheKeyParameters", "cacheNamespace", "contentHandling", "connectionType",
    ]

    private static let fields = [
        Field("type", .choice(["HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"])), Field("httpMethod"), Field("uri"),
        Field("credentials"), Field("requestParameters", .map), Field("requestTemplates", .map),
        Field("connectionType"),
        Field("passthroughBehavior", .choice(["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"])), Field("cacheNamespace"),
        Field("cacheKeyParameters", .list),
        Field("contentHandling", .choice(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"])),
        Field("timeoutInMillis", .whole(50...300_000)), Field("tlsConfig", .structure),
    ]

    /// Fills in what was not given, and checks the whole.
    static func complete(_ input: JSONObject, resource: String) throws(ServiceError) -> JSONObject {
        var integration = try fields.read(input)
        _ = try integration.required("type")
        let standards: [(String, JSON)] = [
            ("passthroughBehavior", "WHEN_NO_MATCH"), ("timeoutInMillis", 29_000),
            ("cacheNamespace", .string(resource)),
            ("cacheKeyParameters", []),
        ]
        for (name, value) in standards where integration[name] == nil { integration[name] = value }
        try check(integration)
        return integration
    }

    static func check(_ integration: JSONObject) throws(ServiceError) {
        for field in fields { if let value = integration[field.name] { try field.check(value) } }
        let type = try integration.required("type")
        guard type != "MOCK" else { return }
        guard let uri = integration["uri"]?.string, !uri.isEmpty else {
            throw .badRequest("Invalid integration URI specified: there is none")
        }
        guard let method = integration["httpMethod"]?.string, !method.isEmpty else {
            throw .badRequest("Enumeration value for HttpMethod must be non-empty")
        }
        guard integration["connectionType"]?.string != "VPC_LINK" else {
            throw .badRequest("Integrations through a VPC link are not served here")
        }
        if type.hasPrefix("HTTP") {
            guard uri.hasPrefix("http://") || uri.hasPrefix("https://") || uri.hasPrefix("${") else {
                throw .badRequest("Invalid HTTP endpoint specified for URI: \(uri)")
            }
            return
        }
        guard RESTBackend.isAWS(uri) else {
            throw .badRequest("AWS ARN for integration must contain path or action: \(uri)")
        }
        guard type == "AWS" || uri.contains("/functions/") else {
            throw .badRequest(
                "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."
            )
        }
    }
}
