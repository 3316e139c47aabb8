import AWSCore
import JSON
import Telemetry
import VelocityTemplate

/// A function that decides on requests to a REST API.
///
/// See "Use API Gateway Lambda authorizers" in the API Gateway Developer Guide.
struct RESTAuthorizer: Sendable {
    let id: String
    let name: String
    private let isToken: Bool
    private let function: String
    private let sources: [String]
    private let expression: String
    private let lifetime: Microseconds

    enum Outcome: Sendable {
        /// What it told of the caller.
        case allowed(JSONObject, usageKey: String?)
        case refused(GatewayResponse, message: String?)
    }

    init(_ json: JSON) {
        id = json["id"]?.string ?? ""
        name = json["name"]?.string ?? ""
        isToken = json["type"]?.string == "TOKEN"
        function = FunctionURI.function(json["authorizerUri"]?.string ?? "")
        sources = (json["identitySource"]?.string ?? "").split(separator: ",").map { part in
            String(part.drop { $0 == " " }.prefix { $0 != " " })
        }
        expression = json["identityValidationExpression"]?.string ?? ""
        lifetime = .seconds(Int64(json["authorizerResultTtlInSeconds"]?.int ?? 300))
    }

    var kind: String { isToken ? "TOKEN" : "REQUEST" }

    func decide(_ context: RESTContext, _ gateway: Gateway, _ verdict: inout AuthorizerVerdict) async -> Outcome {
        var identity: [String] = []
        for source in sources {
            guard let value = context.value(source), !value.isEmpty else {
                verdict.reason = "\(source) is missing"
                return .refused(.unauthorized, message: nil)
            }
            identity.append(value)
        }
        if isToken, !expression.isEmpty, let token = identity.first {
            guard (try? Pattern(expression))?.matches(token) == true else {
                verdict.reason = "the token does not match \(expression)"
                return .refused(.unauthorized, message: nil)
            }
        }
        let incoming = context.incoming
        let key = VerdictCache.Key(api: incoming.apiID, stage: incoming.stage, authorizer: id, identity: identity)
        let isCacheable = lifetime > .zero && !sources.isEmpty
        if isCacheable, let known = gateway.verdicts.answer(key, at: gateway.now()) {
            verdict.isCached = true
            return judge(known, context, &verdict)
        }
        let outcome = await gateway.backends.invoke(
            function.replacingStageVariables(incoming.variables), event(context, identity.first ?? "").bytes,
            trigger: "authorizer \(name)", trace: incoming.request.context.traceHeader, milliseconds: 29_000)
        guard case .function(let result) = outcome else {
            verdict.reason = "the function \(function) could not be invoked"
            return .refused(.authorizerConfigurationError, message: nil)
        }
        verdict.invocation = RequestID(result.requestID)
        let answer = (try? JSON(parsing: result.payload)) ?? .null
        guard result.functionError == nil else {
            let message = answer["errorMessage"]?.string ?? ""
            verdict.reason = "the function failed: \(message)"
            // The one text that means that the caller is nobody.
            return .refused(message == "Unauthorized" ? .unauthorized : .authorizerFailure, message: nil)
        }
        if isCacheable { gateway.verdicts.keep(answer, key, until: gateway.now() + lifetime, now: gateway.now()) }
        return judge(answer, context, &verdict)
    }

    private func event(_ context: RESTContext, _ token: String) -> JSON {
        guard !isToken else {
            return ["type": "TOKEN", "authorizationToken": .string(token), "methodArn": .string(context.arn)]
        }
        var event: JSON = ["type": "REQUEST", "methodArn": .string(context.arn)]
        for (name, value) in context.event.json.object ?? JSONObject() where name != "body" && name != "isBase64Encoded"
        {
            event[name] = value
        }
        return event
    }

    private func judge(_ answer: JSON, _ context: RESTContext, _ verdict: inout AuthorizerVerdict) -> Outcome {
        guard let principal = answer["principalId"], let policy = Policy(answer["policyDocument"]) else {
            verdict.reason = "the function's answer has no principalId or no policyDocument that can be read"
            return .refused(.authorizerConfigurationError, message: nil)
        }
        verdict.principal = principal.string ?? principal.text
        let given = answer["context"]?.object ?? JSONObject()
        guard given.values.allSatisfy({ $0.object == nil && $0.array == nil }) else {
            verdict.reason = "the context has an object or array in it, which it may not"
            return .refused(.authorizerConfigurationError, message: nil)
        }
        switch policy.decision(on: context.arn) {
        case .allow: break
        case .implicitDeny:
            verdict.reason = "the policy does not allow it"
            return .refused(.accessDenied, message: nil)
        case .explicitDeny:
            verdict.reason = "the policy denies it"
            return .refused(
                .accessDenied, message: "User is not authorized to access this resource with an explicit deny")
        }
        verdict.isAllowed = true
        // All values are texts by the time a function sees them.
        var values = JSONObject()
        for (name, value) in given where !value.isNull { values[name] = .string(value.string ?? value.text) }
        values["principalId"] = .string(verdict.principal)
        return .allowed(values, usageKey: answer["usageIdentifierKey"]?.string)
    }
}
