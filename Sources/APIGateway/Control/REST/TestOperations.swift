import AWSCore
import JSON
import Telemetry

/// Trying methods and authorizers, flushing caches, and templates of models.
enum TestOperations {
    static let routes: [ControlRoute] = [
        .control("TestInvokeMethod", "POST", MethodOperations.path) { call async throws(ServiceError) in
            try await testMethod(call)
        },
        .control("TestInvokeAuthorizer", "POST", "/restapis/{restapi_id}/authorizers/{authorizer_id}") {
            call async throws(ServiceError) in try await testAuthorizer(call)
        },
        .control(
            "FlushStageAuthorizersCache", "DELETE", "/restapis/{restapi_id}/stages/{stage_name}/cache/authorizers",
            status: 202
        ) { call throws(ServiceError) in
            try checkStage(call)
            call.gateway.verdicts.forget(api: call["restapi_id"], stage: call["stage_name"])
            return .null
        },
        .control(
            "FlushStageCache", "DELETE", "/restapis/{restapi_id}/stages/{stage_name}/cache/data", status: 202
        ) { call throws(ServiceError) in
            try checkStage(call)
            return .null
        },
        .control(
            "GetModelTemplate", "GET", "/restapis/{restapi_id}/models/{model_name}/default_template"
        ) { call throws(ServiceError) in
            let api = try call.apis.find(.rest, call["restapi_id"])
            guard let model = api.part("models", call["model_name"]) else {
                throw RESTPart.model.missing(call["model_name"])
            }
            return ["value": .string(ModelTemplate.text(of: model["schema"]?.string ?? ""))]
        },
    ]

    private static func checkStage(_ call: ControlCall) throws(ServiceError) {
        let api = try call.apis.find(.rest, call["restapi_id"])
        guard api.part("stages", call["stage_name"]) != nil else { throw RESTPart.stage.missing(call["stage_name"]) }
    }

    /// The request that the operation's input describes.
    private static func request(_ input: JSONObject, _ method: String, _ call: ControlCall) -> ServiceRequest {
        let target = input["pathWithQueryString"]?.string ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let query = parts.count > 1 ? parts[1] : ""
        var headers = HTTPHeaders()
        for (name, value) in input["headers"]?.object ?? JSONObject() { headers.add(name, value.string ?? value.text) }
        for (name, values) in input["multiValueHeaders"]?.object ?? JSONObject() {
            headers[name] = nil
            for value in values.stringList { headers.add(name, value) }
        }
        return ServiceRequest(
            method: method, path: parts.first ?? "/", query: PercentEncoding.parameters(query), rawQuery: query,
            headers: headers, body: Array((input["body"]?.string ?? "").utf8), context: call.request.context)
    }

    private static func testMethod(_ call: ControlCall) async throws(ServiceError) -> JSON {
        let api = try call.apis.find(.rest, call["restapi_id"])
        let input = try call.input()
        _ = try MethodOperations.method(call)
        let request = request(input, call["http_method"] == "ANY" ? "GET" : call["http_method"], call)
        let began = Timestamp.now()
        let record = APIRequest(
            requestID: Identifier.new(15) + "=", api: api.name, route: "", method: request.method, path: request.path,
            status: 0, latency: .zero)
        var test = RESTCall(gateway: call.gateway, api: api, request: request, stage: nil, record: record)
        let answer = await test.test(
            resource: call["resource_id"], method: call["http_method"],
            variables: input["stageVariables"]?.stringMap ?? [:])
        guard let answer else { throw MethodOperations.noMethod }
        let latency = (Timestamp.now() - began).milliseconds
        var multiple = JSONObject()
        for field in answer.headers.fields {
            multiple[field.name] = .array((multiple[field.name]?.array ?? []) + [.string(field.value)])
        }
        let id = request.context.requestID
        let log = [
            "Execution log for request \(id)", "Starting execution for request: \(id)",
            "HTTP Method: \(request.method), Resource Path: \(request.path)",
            test.record.function.map { "Sending request to function \($0)" },
            test.record.errorMessage.map { "Execution failed: \($0)" },
            "Method completed with status: \(answer.status)",
        ].compactMap { $0 }.map { "\($0)\n" }.joined()
        return [
            "status": .int(answer.status), "body": .string(String(decoding: answer.body, as: UTF8.self)),
            "headers": .known(answer.headers.fields.map { ($0.name, .string($0.value)) }),
            "multiValueHeaders": .object(multiple), "log": .string(log), "latency": .int(Int(latency.rounded())),
        ]
    }

    private static func testAuthorizer(_ call: ControlCall) async throws(ServiceError) -> JSON {
        let api = try call.apis.find(.rest, call["restapi_id"])
        guard let json = api.part("authorizers", call["authorizer_id"]) else {
            throw RESTPart.authorizer.missing(call["authorizer_id"])
        }
        let input = try call.input()
        let request = request(input, "GET", call)
        let began = Timestamp.now()
        let incoming = Incoming(
            request: request, apiID: api.id, stage: "test-invoke-stage",
            parts: request.path.split(separator: "/"), requestID: Identifier.new(15) + "=", time: call.gateway.now(),
            variables: input["stageVariables"]?.stringMap ?? [:])
        let context = RESTContext(
            incoming: incoming, resourcePath: "/", method: RESTMethod(.null, resource: "", api.live))
        let authorizer = RESTAuthorizer(json)
        var verdict = AuthorizerVerdict(name: authorizer.name, kind: authorizer.kind, isAllowed: false)
        let outcome = await authorizer.decide(context, call.gateway, &verdict)
        var answer: JSON = [
            "latency": .int(Int((Timestamp.now() - began).milliseconds.rounded())),
            "principalId": .string(verdict.principal),
            "log": .string(verdict.reason.map { "\($0)\n" } ?? "The authorizer allows it\n"),
        ]
        switch outcome {
        case .allowed(let values, _):
            answer["clientStatus"] = 200
            answer["authorization"] = .known(values.map { ($0, .array([.string($1.string ?? $1.text)])) })
        case .refused(let type, _): answer["clientStatus"] = .int(type.status ?? 500)
        }
        return answer
    }
}
