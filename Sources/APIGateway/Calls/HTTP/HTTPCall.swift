import AWSCore
import HTTPTransport
import JSON
import Telemetry

/// A call to an HTTP API, from the route to the answer; what happens goes into its record.
struct HTTPCall {
    let gateway: Gateway
    let api: Document
    let request: ServiceRequest
    /// The stage of a call whose path does not name it.
    let stage: String?
    var record: APIRequest

    /// API Gateway's limit for a payload.
    static let bodyLimit = 10 * 1024 * 1024

    mutating func answer() async -> ServiceResponse {
        let plan = gateway.plans.http(api)
        guard let cors = plan.cors else { return await routed(plan) }
        guard !CORS.isPreflight(request) else {
            record.stage = self.stage(plan)?.0.name ?? ""
            return cors.preflight(request)
        }
        var response = await routed(plan)
        cors.apply(to: &response, for: request)
        return response
    }

    private mutating func routed(_ plan: HTTPPlan) async -> ServiceResponse {
        guard !plan.isDisabled else { return HTTPAnswer.notFound }
        guard let (stage, parts) = self.stage(plan) else {
            record.errorMessage = "the API has no stage that is deployed for this path"
            return HTTPAnswer.notFound
        }
        record.stage = stage.name
        guard request.body.count <= Self.bodyLimit else { return HTTPAnswer.tooLarge }
        guard let (route, parameters) = stage.route(method: request.method, path: parts) else {
            record.errorMessage = "no route fits \(request.method) /\(parts.joined(separator: "/"))"
            return HTTPAnswer.notFound
        }
        record.route = route.key.text
        guard isAdmitted(stage, route) else {
            record.errorMessage = "more requests than the throttle of the stage allows"
            return HTTPAnswer.tooMany
        }
        let incoming = Incoming(
            request: request, apiID: api.id, stage: stage.name, parts: parts,
            requestID: record.requestID, time: gateway.now(), variables: stage.variables, parameters: parameters)
        var context = HTTPContext(incoming: incoming, route: route)
        switch await authorize(context) {
        case .refused(let response): return response
        case .allowed(let found): context.authorizer = found
        }
        guard let integration = route.integration else {
            record.errorMessage = "the route \(route.key.text) has no integration"
            return HTTPAnswer.internalError
        }
        return await integrate(integration, context)
    }

    /// The stage that the path names, which is taken off it, or `$default`.
    private func stage(_ plan: HTTPPlan) -> (HTTPPlan.Stage, [Substring])? {
        let parts = request.path.split(separator: "/")
        if let stage { return plan.stages[stage].map { ($0, parts) } }
        if let first = parts.first, let stage = plan.stages[PercentEncoding.decoded(first)] {
            return (stage, Array(parts.dropFirst()))
        }
        return plan.stages["$default"].map { ($0, parts) }
    }

    private func isAdmitted(_ stage: HTTPPlan.Stage, _ route: HTTPPlan.Route) -> Bool {
        guard let limit = stage.throttles[route.key.text] ?? stage.throttle else { return true }
        return gateway.throttles.admit("\(api.id)/\(stage.name)/\(route.key.text)", limit, at: gateway.now())
    }

    private mutating func authorize(_ context: HTTPContext) async -> AuthorizerOutcome {
        let began = Timestamp.now()
        var verdict: AuthorizerVerdict
        let outcome: AuthorizerOutcome
        switch context.route.authorization {
        case .none: return .allowed(nil)
        case .signature:
            guard request.headers["Authorization"]?.hasPrefix("AWS4-HMAC-SHA256") == true else {
                record.errorMessage = "the route wants a request that is signed with SigV4"
                return .refused(HTTPAnswer.forbidden)
            }
            return .allowed(nil)
        case .broken(let reason):
            record.errorMessage = reason
            return .refused(HTTPAnswer.internalError)
        case .jwt(let authorizer):
            verdict = AuthorizerVerdict(name: authorizer.name, kind: "JWT", isAllowed: false)
            outcome = await authorizer.decide(context, gateway, &verdict)
        case .function(let authorizer):
            verdict = AuthorizerVerdict(name: authorizer.name, kind: "REQUEST", isAllowed: false)
            outcome = await authorizer.decide(context, gateway, &verdict)
        }
        verdict.latency = .now() - began
        record.authorizer = verdict
        return outcome
    }

    private mutating func integrate(_ integration: HTTPIntegration, _ context: HTTPContext) async -> ServiceResponse {
        var mapped: MappedRequest?
        if !integration.requestMapping.isEmpty {
            var changed = MappedRequest(
                headers: request.headers, query: request.query, path: context.incoming.fullPath)
            integration.requestMapping.apply(to: &changed, context.value)
            mapped = changed
        }
        let began = Timestamp.now()
        let outcome = await send(integration, context, mapped)
        record.integrationLatency = .now() - began
        var response = understood(outcome, integration)
        if let mapping = integration.responseMappings[String(response.status)] {
            let received = response
            mapping.apply(to: &response) { expression in
                guard expression.hasPrefix("response.") else { return context.value(expression) }
                let parts = expression.split(separator: ".", maxSplits: 2)
                guard parts.count > 1 else { return nil }
                if parts[1] == "header" { return parts.count > 2 ? received.headers[String(parts[2])] : nil }
                guard parts[1] == "body" else { return nil }
                guard parts.count > 2 else { return String(decoding: received.body, as: UTF8.self) }
                return BodyPath.text(parts[2], in: received.body)
            }
        }
        return response
    }

    private mutating func send(
        _ integration: HTTPIntegration, _ context: HTTPContext, _ mapped: MappedRequest?
    ) async -> Backends.Outcome {
        let incoming = context.incoming
        switch integration.target {
        case .function(let uri, let isVersion2):
            let function = uri.replacingStageVariables(incoming.variables)
            record.function = FunctionURI.name(function)
            let event = isVersion2 ? context.event2(mapped) : context.event1(mapped)
            return await gateway.backends.invoke(
                function, event.bytes, trigger: incoming.trigger(context.route.key.text),
                trace: request.context.traceHeader, milliseconds: integration.milliseconds)
        case .http(let method, let url):
            return await gateway.backends.send(
                method == "ANY" ? request.method : method, address(url, incoming, mapped),
                headers: Forwarding.headers(mapped?.headers ?? request.headers, incoming), body: request.body,
                milliseconds: integration.milliseconds)
        case .service(let action):
            return await gateway.backends.call(
                action.service, action.operation, action.input(context.value), context: request.context,
                milliseconds: integration.milliseconds)
        case .unknown(let reason): return .failed(reason)
        }
    }

    /// The integration's URL with the values of `{parameters}`, what a greedy one took, and the query.
    private func address(_ url: String, _ incoming: Incoming, _ mapped: MappedRequest?) -> String {
        var url = url.replacingStageVariables(incoming.variables)
        for (name, value) in incoming.parameters {
            let encoded = value.split(separator: "/", omittingEmptySubsequences: false).map {
                PercentEncoding.encoded($0)
            }
            url = url.replacing("{\(name)}", with: encoded.joined(separator: "/"))
        }
        if let path = mapped?.path, path != incoming.fullPath {
            let scheme = url.firstRange(of: "://")?.upperBound ?? url.startIndex
            let end = url[scheme...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex
            url = url[..<end] + (path.hasPrefix("/") ? path : "/" + path)
        }
        let query = mapped?.rawQuery ?? request.rawQuery
        return query.isEmpty ? url : url + (url.contains("?") ? "&" : "?") + query
    }

    private mutating func understood(_ outcome: Backends.Outcome, _ integration: HTTPIntegration) -> ServiceResponse {
        switch outcome {
        case .function(let result):
            record.invocation = RequestID(result.requestID)
            guard result.functionError == nil else {
                record.errorMessage = "the function failed: \(Self.errorMessage(result.payload))"
                return HTTPAnswer.internalError
            }
            let isVersion2 = if case .function(_, true) = integration.target { true } else { false }
            guard let response = HTTPAnswer.response(result.payload, isVersion2: isVersion2) else {
                record.errorMessage =
                    "the function's answer is not what payload format \(isVersion2 ? "2.0" : "1.0") wants"
                return HTTPAnswer.internalError
            }
            return response
        case .http(let reply):
            return ServiceResponse(status: reply.status, headers: Forwarding.answered(reply.headers), body: reply.body)
        case .service(let output):
            record.execution = output["executionArn"]?.string
            let body: JSON = output.isNull ? .object(JSONObject()) : output
            return ServiceResponse(headers: ["Content-Type": "application/json"], body: body.bytes)
        case .refused(let error):
            record.errorMessage = "\(error.code): \(error.message)"
            if case .service = integration.target {
                let body: JSON = ["__type": .string(error.code), "message": .string(error.message)]
                return ServiceResponse(
                    status: error.status, headers: ["Content-Type": "application/json"], body: body.bytes)
            }
            return error.status == 429 ? HTTPAnswer.unavailable : HTTPAnswer.internalError
        case .failed(let reason):
            record.errorMessage = reason
            return HTTPAnswer.internalError
        case .late:
            record.errorMessage = "the integration did not answer within \(integration.milliseconds) ms"
            return HTTPAnswer.unavailable
        }
    }

    static func errorMessage(_ payload: [UInt8]) -> String {
        (try? JSON(parsing: payload))?["errorMessage"]?.string ?? String(decoding: payload.prefix(200), as: UTF8.self)
    }
}
