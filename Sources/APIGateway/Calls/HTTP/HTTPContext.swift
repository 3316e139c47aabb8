import AWSCore
import JSON
import Telemetry

/// A call to an HTTP API whose route is known: what expressions and events tell of it.
struct HTTPContext: Sendable {
    let incoming: Incoming
    let route: HTTPPlan.Route
    /// What the authorizer found out.
    var authorizer: AuthorizerContext?

    enum AuthorizerContext: Sendable {
        case jwt(claims: JSON, scopes: [String])
        case function(JSON)
    }

    /// The value of `request.…`, `context.…` or `stageVariables.…`.
    func value(_ expression: String) -> String? {
        let parts = expression.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        let name = parts.count > 2 ? String(parts[2]) : ""
        switch (parts[0], parts.count > 1 ? parts[1] : "") {
        case ("stageVariables", _): return incoming.variables[String(expression.dropFirst("stageVariables.".count))]
        case ("context", _): return context(String(expression.dropFirst("context.".count)))
        case ("request", "header"): return incoming.header(name)
        case ("request", "querystring"): return incoming.query(name)
        case ("request", "path"): return name.isEmpty ? incoming.path : incoming.parameters[name]
        case ("request", "body") where name.isEmpty: return String(decoding: incoming.request.body, as: UTF8.self)
        case ("request", "body"): return BodyPath.text(name, in: incoming.request.body)
        default: return nil
        }
    }

    /// `$context.…`
    private func context(_ name: String) -> String? {
        let request = incoming.request
        switch name {
        case "requestId", "extendedRequestId": return incoming.requestID
        case "apiId": return incoming.apiID
        case "accountId": return request.context.account
        case "stage": return incoming.stage
        case "routeKey": return route.key.text
        case "httpMethod": return request.method
        case "path": return incoming.fullPath
        case "protocol": return "HTTP/1.1"
        case "domainName": return incoming.domain
        case "domainPrefix": return incoming.apiID
        case "identity.sourceIp": return request.context.sourceIP
        case "identity.userAgent": return request.headers["User-Agent"]
        case "requestTime": return incoming.requestTime
        case "requestTimeEpoch": return String(incoming.time.milliseconds)
        case _ where name.hasPrefix("authorizer."):
            let rest = name.dropFirst("authorizer.".count)
            switch authorizer {
            case .jwt(let claims, _): return claims[String(rest.dropFirst(rest.hasPrefix("claims.") ? 7 : 0))]?.string
            case .function(let context): return context[String(rest)].map { $0.string ?? $0.text }
            case nil: return nil
            }
        default: return nil
        }
    }

    /// What authorizer policies are about: `arn:aws:execute-api:REGION:ACCOUNT:ID/STAGE/GET/pets`.
    var arn: String {
        let call = incoming.request.context
        return "arn:aws:execute-api:\(call.region):\(call.account):\(incoming.apiID)/\(incoming.stage)/"
            + "\(incoming.request.method)\(incoming.path)"
    }
}
