import AWSCore
import JSON
import Telemetry

/// A call to a REST API, from the stage to the answer; what happens goes into its record.
struct RESTCall {
    let gateway: Gateway
    let api: Document
    let request: ServiceRequest
    /// The stage of a call whose path does not name it.
    let stage: String?
    var record: APIRequest
    /// Why the gateway answers itself, when it does.
    private var context: RESTContext?

    init(gateway: Gateway, api: Document, request: ServiceRequest, stage: String?, record: APIRequest) {
        self.gateway = gateway
        self.api = api
        self.request = request
        self.stage = stage
        self.record = record
    }

    mutating func answer() async -> ServiceResponse {
        let plan = gateway.plans.rest(api)
        guard !plan.isDisabled else { return Self.forbidden }
        guard let (stage, parts) = self.stage(plan) else {
            record.errorMessage = "the API has no stage of that name that is deployed"
            return Self.forbidden
        }
        record.stage = stage.name
        let incoming = Incoming(
            request: request, apiID: api.id, stage: stage.name, parts: parts,
            requestID: record.requestID, time: gateway.now(), variables: stage.variables)
        return await run(incoming, stage.deployed, stage.throttles)
    }

    /// What a stage that is not there answers; no API can change it.
    private static var forbidden: ServiceResponse {
        var response = HTTPAnswer.forbidden
        response.headers["x-amzn-ErrorType"] = "ForbiddenException"
        return response
    }

    private func stage(_ plan: RESTPlan) -> (RESTPlan.Stage, [Substring])? {
        let parts = request.path.split(separator: "/")
        if let stage { return plan.stages[stage].map { ($0, parts) } }
        guard let first = parts.first else { return nil }
        return plan.stages[PercentEncoding.decoded(first)].map { ($0, Array(parts.dropFirst())) }
    }

    private mutating func run(
        _ incoming: Incoming, _ deployed: RESTPlan.Deployed, _ throttles: [String: ThrottleLimit]
    ) async -> ServiceResponse {
        var incoming = incoming
        let failures = RESTFailures(deployed: deployed, incoming: incoming)
        guard request.body.count <= HTTPCall.bodyLimit else { return failures.answer(.tooLarge, nil) }
        guard let match = deployed.resources.match(incoming.parts, accepts: { _ in true }) else {
            record.errorMessage = "no resource has the path \(incoming.path)"
            return failures.answer(.missingToken, nil)
        }
        let resource = match.target
        guard let method = resource.methods[request.method] ?? resource.methods["ANY"] else {
            record.errorMessage = "the resource \(resource.path) has no method \(request.method)"
            return failures.answer(.missingToken, nil)
        }
        record.route = "\(method.name) \(resource.path)"
        incoming.parameters = match.parameters
        var context = RESTContext(incoming: incoming, resourcePath: resource.path, method: method)
        guard isAdmitted(throttles, resource.path, method.name) else {
            record.errorMessage = "more requests than the throttle of the stage allows"
            return failures.answer(.throttled, context)
        }
        if let refusal = await authorize(&context, deployed) {
            return failures.answer(refusal.type, context, message: refusal.message)
        }
        return await validated(context, deployed, failures)
    }

    /// Checks what the method wants of the request, and goes on.
    private mutating func validated(
        _ context: RESTContext, _ deployed: RESTPlan.Deployed, _ failures: RESTFailures
    ) async -> ServiceResponse {
        if let problem = RequestValidation.parameters(context) {
            record.errorMessage = problem
            return failures.answer(.badParameters, context, message: problem)
        }
        if context.method.checksBody, let problem = RequestValidation.body(context) {
            record.errorMessage = "the body does not fit the model: \(problem)"
            return failures.answer(.badBody, context)
        }
        guard let integration = context.method.integration else {
            record.errorMessage = "the method has no integration"
            return failures.answer(.default5XX, context, status: 500)
        }
        var exchange = RESTExchange(
            gateway: gateway, context: context, integration: integration, deployed: deployed, record: record)
        let outcome = await exchange.answer()
        record = exchange.record
        switch outcome {
        case .answered(let response): return response
        case .failed(let type, let status, let reason):
            record.errorMessage = reason
            return failures.answer(type, context, status: status)
        }
    }

    private func isAdmitted(_ throttles: [String: ThrottleLimit], _ path: String, _ method: String) -> Bool {
        let names = ["\(path)/\(method)", "\(path.dropFirst())/\(method)", "*/*"]
        guard let name = names.first(where: { throttles[$0] != nil }), let limit = throttles[name] else { return true }
        return gateway.throttles.admit("\(api.id)/\(record.stage)/\(name)", limit, at: gateway.now())
    }

    private struct Refusal {
        var type: GatewayResponse
        var message: String?
    }

    /// Asks the authorizer, then for the API key.
    private mutating func authorize(_ context: inout RESTContext, _ deployed: RESTPlan.Deployed) async -> Refusal? {
        var key = request.headers["x-api-key"]
        switch context.method.authorization {
        case "AWS_IAM":
            guard request.headers["Authorization"]?.hasPrefix("AWS4-HMAC-SHA256") == true else {
                record.errorMessage = "the method wants a request that is signed with SigV4"
                return Refusal(type: .missingToken)
            }
        case "CUSTOM":
            guard let authorizer = context.method.authorizer else {
                record.errorMessage = "the method's authorizer does not exist"
                return Refusal(type: .authorizerConfigurationError)
            }
            let began = Timestamp.now()
            var verdict = AuthorizerVerdict(name: authorizer.name, kind: authorizer.kind, isAllowed: false)
            let outcome = await authorizer.decide(context, gateway, &verdict)
            verdict.latency = .now() - began
            record.authorizer = verdict
            switch outcome {
            case .refused(let type, let message): return Refusal(type: type, message: message)
            case .allowed(var values, let usageKey):
                values["integrationLatency"] = .int(Int(verdict.latency.milliseconds))
                context.authorizer = values
                if deployed.isKeyOfAuthorizer { key = usageKey }
            }
        default: break
        }
        guard context.method.isKeyRequired else { return nil }
        return admitted(key, &context)
    }

    private mutating func admitted(_ key: String?, _ context: inout RESTContext) -> Refusal? {
        let verdict = KeyCheck(gateway: gateway, apiID: api.id, stage: record.stage).admit(
            key, method: "\(context.resourcePath)/\(context.method.name)")
        var shown = AuthorizerVerdict(name: "API key", kind: "API_KEY", isAllowed: false)
        defer { if record.authorizer == nil || !shown.isAllowed { record.authorizer = shown } }
        switch verdict {
        case .admitted(let id, let name):
            shown.isAllowed = true
            shown.principal = name
            context.apiKey = (id, key ?? "")
            return nil
        case .refused(let type, let reason):
            shown.reason = reason
            return Refusal(type: type)
        }
    }

    /// Runs a method as `TestInvokeMethod` does: without authorizers and keys, as it is now.
    mutating func test(resource id: String, method name: String, variables: [String: String]) async -> ServiceResponse?
    {
        let deployed = RESTPlan.Deployed(api.live)
        guard let value = api.part("resources", id), let resource = RESTPlan.Resource(id, value, api.live),
            let method = resource.methods[name]
        else { return nil }
        var incoming = Incoming(
            request: request, apiID: api.id, stage: "test-invoke-stage",
            parts: request.path.split(separator: "/"), requestID: record.requestID, time: gateway.now(),
            variables: variables)
        record.stage = incoming.stage
        record.route = "\(name) \(resource.path)"
        var own = RouteTable<Bool>()
        own.insert(resource.path) { _ in true }
        incoming.parameters = own.match(incoming.parts, accepts: { _ in true })?.parameters ?? [:]
        let context = RESTContext(incoming: incoming, resourcePath: resource.path, method: method)
        return await validated(context, deployed, RESTFailures(deployed: deployed, incoming: incoming))
    }
}
