import AWSCore
import JSON
import Telemetry

/// A function that decides on requests to an HTTP API.
///
/// See "Controlling access to HTTP APIs with AWS Lambda authorizers" in the API Gateway Developer Guide.
struct HTTPFunctionAuthorizer: Sendable {
    let id: String
    let name: String
    private let function: String
    private let isVersion2: Bool
    private let isSimple: Bool
    private let sources: [Selection]
    private let lifetime: Microseconds

    init(_ json: JSON) {
        id = json["authorizerId"]?.string ?? ""
        name = json["name"]?.string ?? ""
        function = FunctionURI.function(json["authorizerUri"]?.string ?? "")
        isVersion2 = json["authorizerPayloadFormatVersion"]?.string == "2.0"
        isSimple = json["enableSimpleResponses"]?.bool ?? false
        sources = (json["identitySource"]?.stringList ?? []).map { Selection($0) }
        lifetime = .seconds(Int64(json["authorizerResultTtlInSeconds"]?.int ?? 0))
    }

    func decide(
        _ context: HTTPContext, _ gateway: Gateway, _ verdict: inout AuthorizerVerdict
    ) async -> AuthorizerOutcome {
        var identity: [String] = []
        for source in sources {
            guard let value = source.text(context.value), !value.isEmpty else {
                verdict.reason = "an identity source is missing"
                return .refused(HTTPAnswer.unauthorized)
            }
            identity.append(value)
        }
        let incoming = context.incoming
        let key = VerdictCache.Key(api: incoming.apiID, stage: incoming.stage, authorizer: id, identity: identity)
        let isCacheable = lifetime > .zero && !sources.isEmpty
        if isCacheable, let known = gateway.verdicts.answer(key, at: gateway.now()) {
            verdict.isCached = true
            return judge(known, context, &verdict)
        }
        let event = context.authorizerEvent(isVersion2: isVersion2, identity: identity)
        let outcome = await gateway.backends.invoke(
            function.replacingStageVariables(incoming.variables), event.bytes, trigger: "authorizer \(name)",
            trace: incoming.request.context.traceHeader, milliseconds: 10_000)
        guard case .function(let result) = outcome else {
            return broken("the function \(function) could not be invoked", &verdict)
        }
        verdict.invocation = RequestID(result.requestID)
        let answer = (try? JSON(parsing: result.payload)) ?? .null
        guard result.functionError == nil else {
            let message = answer["errorMessage"]?.string ?? ""
            if message == "Unauthorized" {
                verdict.reason = message
                return .refused(HTTPAnswer.unauthorized)
            }
            return broken("the function failed: \(message)", &verdict)
        }
        if isCacheable { gateway.verdicts.keep(answer, key, until: gateway.now() + lifetime, now: gateway.now()) }
        return judge(answer, context, &verdict)
    }

    private func broken(_ reason: String, _ verdict: inout AuthorizerVerdict) -> AuthorizerOutcome {
        verdict.reason = reason
        return .refused(HTTPAnswer.internalError)
    }

    private func judge(_ answer: JSON, _ context: HTTPContext, _ verdict: inout AuthorizerVerdict) -> AuthorizerOutcome
    {
        verdict.principal = answer["principalId"]?.string ?? ""
        if isSimple {
            guard let isAuthorized = answer["isAuthorized"]?.bool else {
                return broken("the function's answer has no isAuthorized", &verdict)
            }
            verdict.isAllowed = isAuthorized
        } else {
            guard let policy = Policy(answer["policyDocument"]) else {
                return broken("the function's answer has no policyDocument that can be read", &verdict)
            }
            verdict.isAllowed = policy.decision(on: context.arn) == .allow
        }
        guard verdict.isAllowed else {
            verdict.reason = "the function denied it"
            return .refused(HTTPAnswer.forbidden)
        }
        var values = answer["context"]?.object ?? JSONObject()
        if !isSimple, let principal = answer["principalId"] { values["principalId"] = principal }
        return .allowed(.function(.object(values)))
    }
}
