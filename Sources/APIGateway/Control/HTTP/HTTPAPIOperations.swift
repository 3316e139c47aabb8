import AWSCore
import JSON
import Telemetry

/// The operations on HTTP APIs themselves.
enum HTTPAPIOperations {
    static let routes: [ControlRoute] = [
        .control("CreateApi", "POST", "/v2/apis", status: 201) { call throws(ServiceError) in try create(call) },
        .control("GetApis", "GET", "/v2/apis") { call throws(ServiceError) in
            try Page.next(call.apis.all(.http).map { json($0, call) }, call.request)
        },
        .control("GetApi", "GET", "/v2/apis/{apiId}") { call throws(ServiceError) in
            json(try call.apis.find(.http, call["apiId"]), call)
        },
        .control("UpdateApi", "PATCH", "/v2/apis/{apiId}") { call throws(ServiceError) in try update(call) },
        .control("DeleteApi", "DELETE", "/v2/apis/{apiId}", status: 204) { call throws(ServiceError) in
            try call.apis.remove(.http, call["apiId"])
            return .null
        },
        .control("DeleteCorsConfiguration", "DELETE", "/v2/apis/{apiId}/cors", status: 204) {
            call throws(ServiceError) in
            try call.apis.change(.http, call["apiId"]) { $0.members["corsConfiguration"] = nil }
            return .null
        },
        .control("GetModelTemplate", "GET", "/v2/apis/{apiId}/models/{modelId}/template") { call throws(ServiceError) in
            let api = try call.apis.find(.http, call["apiId"])
            guard let model = api.part("models", call["modelId"]) else {
                throw HTTPPart.model.missing(call["modelId"], in: api.id)
            }
            return ["value": .string(ModelTemplate.text(of: model["schema"]?.string ?? ""))]
        },
        .control(
            "DeleteRouteSettings", "DELETE", "/v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey}", status: 204
        ) { call throws(ServiceError) in
            try changeStage(call) { stage throws(ServiceError) in
                var settings = stage["routeSettings"]?.object ?? JSONObject()
                settings[call["routeKey"]] = nil
                stage["routeSettings"] = .object(settings)
            }
        },
        .control(
            "DeleteAccessLogSettings", "DELETE", "/v2/apis/{apiId}/stages/{stageName}/accesslogsettings", status: 204
        ) { call throws(ServiceError) in
            try changeStage(call) { stage throws(ServiceError) in stage["accessLogSettings"] = nil }
        },
        .control(
            "DeleteRouteRequestParameter", "DELETE",
            "/v2/apis/{apiId}/routes/{routeId}/requestparameters/{requestParameterKey}", status: 204
        ) { call throws(ServiceError) in
            try call.apis.change(.http, call["apiId"]) { api throws(ServiceError) in
                guard var route = api.part("routes", call["routeId"]) else {
                    throw HTTPPart.route.missing(call["routeId"], in: api.id)
                }
                var parameters = route["requestParameters"]?.object ?? JSONObject()
                parameters[call["requestParameterKey"]] = nil
                route["requestParameters"] = .object(parameters)
                api.set("routes", call["routeId"], route)
            }
            return .null
        },
        .control(
            "ResetAuthorizersCache", "DELETE", "/v2/apis/{apiId}/stages/{stageName}/cache/authorizers", status: 204
        ) { call throws(ServiceError) in
            let result = try changeStage(call) { _ throws(ServiceError) in }
            call.gateway.verdicts.forget(api: call["apiId"], stage: call["stageName"])
            return result
        },
    ]

    private static func changeStage(
        _ call: ControlCall, _ change: (inout JSON) throws(ServiceError) -> Void
    ) throws(ServiceError) -> JSON {
        try call.apis.change(.http, call["apiId"]) { api throws(ServiceError) in
            guard var stage = api.part("stages", call["stageName"]) else {
                throw HTTPPart.stage.missing(call["stageName"], in: api.id)
            }
            try change(&stage)
            api.set("stages", call["stageName"], stage)
        }
        return .null
    }

    private static let fields = [
        Field("name"), Field("protocolType", .choice(["WEBSOCKET", "HTTP"])), Field("description"), Field("version"),
        Field("corsConfiguration", .structure), Field("disableExecuteApiEndpoint", .flag),
        Field("disableSchemaValidation", .flag), Field("routeSelectionExpression"), Field("apiKeySelectionExpression"),
        Field("ipAddressType", .choice(["ipv4", "dualstack"])), Field("tags", .map),
    ]

    static func json(_ api: Document, _ call: ControlCall) -> JSON {
        var members = api.members
        members["apiEndpoint"] = .string(call.address(of: api.id))
        return .object(members)
    }

    private static func create(_ call: ControlCall) throws(ServiceError) -> JSON {
        let input = try call.input()
        var api = try new(fields.read(input))
        try quickCreate(&api, input)
        try call.apis.add(api)
        return json(api, call)
    }

    /// An API with nothing in it.
    static func new(_ given: JSONObject) throws(ServiceError) -> Document {
        guard try given.required("protocolType") == "HTTP" else {
            throw .badRequest("Only APIs of protocolType HTTP are served here")
        }
        guard try given.required("name").utf8.count <= 128 else { throw .badRequest("name has at most 128 characters") }
        if let cors = given["corsConfiguration"] { _ = try CORS(cors) }
        let id = Identifier.new(10)
        var members: JSONObject = given
        members["apiId"] = .string(id)
        members["createdDate"] = .string(ISOTime.text(milliseconds: Timestamp.now().milliseconds))
        let standards: [(String, JSON)] = [
            ("routeSelectionExpression", "$request.method $request.path"),
            ("apiKeySelectionExpression", "$request.header.x-api-key"), ("disableExecuteApiEndpoint", false),
            ("ipAddressType", "ipv4"), ("tags", .object(JSONObject())),
        ]
        for (name, value) in standards where members[name] == nil { members[name] = value }
        return Document(.http, id: id, members: members)
    }

    /// `target` makes an integration, a route (`$default` or `routeKey`) and a stage in one go.
    private static func quickCreate(_ api: inout Document, _ input: JSONObject) throws(ServiceError) {
        guard let target = input["target"]?.string else { return }
        var integration: JSONObject = JSONObject()
        let isFunction = target.hasPrefix("arn:")
        integration["integrationType"] = isFunction ? "AWS_PROXY" : "HTTP_PROXY"
        integration["integrationUri"] = .string(target)
        integration["payloadFormatVersion"] = isFunction ? "2.0" : "1.0"
        if !isFunction { integration["integrationMethod"] = "ANY" }
        integration["apiGatewayManaged"] = true
        let made = try HTTPPart.integration.create(integration, in: &api)
        var route = JSONObject()
        route["routeKey"] = .string(input["routeKey"]?.string ?? "$default")
        route["target"] = .string("integrations/\(made["integrationId"]?.string ?? "")")
        route["apiGatewayManaged"] = true
        _ = try HTTPPart.route.create(route, in: &api)
        var stage = JSONObject()
        stage["stageName"] = "$default"
        stage["autoDeploy"] = true
        stage["apiGatewayManaged"] = true
        _ = try HTTPPart.stage.create(stage, in: &api)
    }

    private static func update(_ call: ControlCall) throws(ServiceError) -> JSON {
        let input = try call.input()
        var given = try fields.read(input)
        if let type = given["protocolType"], type != "HTTP" { throw .badRequest("The protocolType cannot be changed") }
        given["tags"] = nil
        if let cors = given["corsConfiguration"] { _ = try CORS(cors) }
        let api = try call.apis.change(.http, call["apiId"]) { api throws(ServiceError) in
            api.members = api.members.merging(given)
            try updateQuickCreated(&api, input)
            return api
        }
        return json(api, call)
    }

    /// `target` and `routeKey` change what `CreateApi` made of them.
    private static func updateQuickCreated(_ api: inout Document, _ input: JSONObject) throws(ServiceError) {
        for (member, kind, name) in [("target", "integrations", "integrationUri"), ("routeKey", "routes", "routeKey")] {
            guard let value = input[member]?.string else { continue }
            let managed = api.part(kind).first { $0.1["apiGatewayManaged"] == true }
            guard let (id, part) = managed, var changed = part.object else {
                throw .badRequest("Only APIs that were made with a target have a \(member) to change")
            }
            changed[name] = .string(value)
            if kind == "routes" {
                try HTTPPart.route.complete(&changed, api)
            } else {
                try HTTPPart.integration.complete(&changed, api)
            }
            api.set(kind, id, .object(changed))
        }
    }
}
