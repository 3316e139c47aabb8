import AWSCore
import JSON
import Telemetry

/// What an authorizer makes of a request.
enum AuthorizerOutcome: Sendable {
    case allowed(HTTPContext.AuthorizerContext?)
    case refused(ServiceResponse)
}

/// Checks tokens of an OpenID Connect issuer.
///
/// See "Controlling access to HTTP APIs with JWT authorizers" in the API Gateway Developer Guide.
struct JWTAuthorizer: Sendable {
    let name: String
    private let issuer: String
    private let audience: [String]
    private let source: Selection
    private let scopes: [String]

    init(_ json: JSON, scopes: [String]) {
        name = json["name"]?.string ?? ""
        issuer = json["jwtConfiguration"]?["issuer"]?.string ?? ""
        audience = json["jwtConfiguration"]?["audience"]?.stringList ?? []
        source = Selection(json["identitySource"]?.stringList.first ?? "$request.header.Authorization")
        self.scopes = scopes
    }

    func decide(
        _ context: HTTPContext, _ gateway: Gateway, _ verdict: inout AuthorizerVerdict
    ) async -> AuthorizerOutcome {
        guard let text = source.text(context.value), !text.isEmpty else {
            verdict.reason = "the request has no token"
            return .refused(Self.unauthorized("Bearer"))
        }
        let bare = text.lowercased().hasPrefix("bearer ") ? String(text.dropFirst(7)) : text
        guard let token = JSONWebToken(bare) else {
            return refused("invalid_token", "the token is malformed", &verdict)
        }
        verdict.principal = token.claims["sub"]?.string ?? ""
        let now = gateway.now()
        if let problem = token.problem(issuer: issuer, audience: audience, at: now) {
            return refused("invalid_token", problem, &verdict)
        }
        switch await gateway.keySets.key(token.keyID, of: issuer, at: now) {
        case .problem(let problem): return refused("invalid_token", problem, &verdict)
        case .key(let key):
            if let problem = token.problem(of: key) { return refused("invalid_token", problem, &verdict) }
        }
        let granted = token.scopes
        guard scopes.isEmpty || scopes.contains(where: granted.contains) else {
            return refused("insufficient_scope", "the token does not have the required scope", &verdict)
        }
        verdict.isAllowed = true
        return .allowed(.jwt(claims: token.claimTexts, scopes: scopes.filter(granted.contains)))
    }

    private func refused(_ code: String, _ reason: String, _ verdict: inout AuthorizerVerdict) -> AuthorizerOutcome {
        verdict.reason = reason
        // The reason may quote the token, which may have quotes of its own.
        let text = reason.replacing("\"", with: "'").filter { !$0.isNewline }
        let scope = scopes.isEmpty ? "" : "scope=\"\(scopes.joined(separator: " "))\" "
        let challenge = "Bearer \(scope)error=\"\(code)\" error_description=\"\(text)\""
        guard code == "insufficient_scope" else { return .refused(Self.unauthorized(challenge)) }
        var response = HTTPAnswer.forbidden
        response.headers["www-authenticate"] = challenge
        return .refused(response)
    }

    private static func unauthorized(_ challenge: String) -> ServiceResponse {
        var response = HTTPAnswer.unauthorized
        response.headers["www-authenticate"] = challenge
        return response
    }
}
