import AWSCore
import Crypto
import CryptoExtras
import Foundation
import HTTPTransport
import JSON
import NIOPosix
import Telemetry
import Testing

@testable import APIGateway

struct JWTTests {
    /// An issuer on this machine with one key, and an API whose route wants its tokens.
    private struct Issuer: HTTPHandler {
        let key: _RSA.Signing.PrivateKey

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            let host = request.headers["Host"] ?? ""
            guard request.path != "/.well-known/openid-configuration" else {
                let about: JSON = ["issuer": .string("http://\(host)"), "jwks_uri": .string("http://\(host)/keys")]
                return HTTPResponse(status: 200, bytes: about.bytes)
            }
            guard let numbers = try? key.publicKey.getKeyPrimitives() else {
                return HTTPResponse(status: 500, bytes: [])
            }
            let keys: JSON = [
                "keys": [
                    [
                        "kid": "k1", "kty": "RSA", "alg": "RS256",
                        "n": .string(JWTTests.encoded(Array(numbers.modulus))),
                        "e": .string(JWTTests.encoded(Array(numbers.publicExponent))),
                    ]
                ]
            ]
            return HTTPResponse(status: 200, bytes: keys.bytes)
        }
    }

    private static func encoded(_ bytes: [UInt8]) -> String {
        Base64.encoded(bytes).replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
    }

    private static func token(
        _ claims: JSON, _ key: _RSA.Signing.PrivateKey, header: JSON = ["alg": "RS256", "kid": "k1"]
    ) throws -> String {
        let signed = "\(encoded(header.bytes)).\(encoded(claims.bytes))"
        let signature = try key.signature(for: SHA256.hash(data: Array(signed.utf8)), padding: .insecurePKCS1v1_5)
        return "\(signed).\(encoded(Array(signature.rawRepresentation)))"
    }

    private struct Case: Sendable {
        var name: String
        var change: JSON = .object(JSONObject())
        var header: JSON = ["alg": "RS256", "kid": "k1"]
        var status = 401
        var reason: String?
        var isForged = false
    }

    @Test func tokensAreCheckedInEveryRespect() async throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let other = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let server = try await HTTPServer.start(group: MultiThreadedEventLoopGroup.singleton, handler: Issuer(key: key))
        let issuer = "http://127.0.0.1:\(server.port)"
        let stage = Stage()
        let id = try await stage.api(routes: ["GET /open"])
        let authorizer = try await stage.done(
            "POST", "/v2/apis/\(id)/authorizers",
            [
                "name": "jwt", "authorizerType": "JWT", "identitySource": ["$request.header.Authorization"],
                "jwtConfiguration": ["issuer": .string(issuer), "audience": ["app"]],
            ])
        let integration =
            try await stage.done("GET", "/v2/apis/\(id)/integrations")["items"]?[0]?["integrationId"]?.string ?? ""
        try await stage.done(
            "POST", "/v2/apis/\(id)/routes",
            [
                "routeKey": "GET /a", "authorizationType": "JWT", "authorizerId": authorizer["authorizerId"] ?? .null,
                "authorizationScopes": ["read", "write"], "target": .string("integrations/\(integration)"),
            ])
        let now = Int(stage.clock.time.seconds)
        let claims: JSON = [
            "iss": .string(issuer), "aud": "app", "sub": "ann", "exp": .int(now + 60), "scope": "email read",
            "groups": ["x", "y"],
        ]
        let cases = [
            Case(name: "good", status: 200), Case(name: "audiences", change: ["aud": ["other", "app"]], status: 200),
            Case(name: "client", change: ["aud": nil, "client_id": "app"], status: 200),
            Case(name: "expired", change: ["exp": .int(now - 1)], reason: "the token has expired"),
            Case(name: "early", change: ["nbf": .int(now + 50)], reason: "the token is not valid yet"),
            Case(name: "audience", change: ["aud": "other"], reason: "the token does not have a valid audience"),
            Case(name: "issuer", change: ["iss": "http://other"], reason: "the token's issuer is invalid"),
            Case(name: "none", header: ["alg": "none", "kid": "k1"], reason: "signing method none is invalid"),
            Case(name: "HMAC", header: ["alg": "HS256", "kid": "k1"], reason: "signing method HS256 is invalid"),
            Case(
                name: "kid", header: ["alg": "RS256", "kid": "k2"],
                reason: "unable to find the signing key of the token"),
            Case(name: "forged", reason: "the token's signature is invalid", isForged: true),
            Case(
                name: "scope", change: ["scope": "email"], status: 403,
                reason: "the token does not have the required scope"),
        ]
        for test in cases {
            var changed = claims
            for (name, value) in test.change.object ?? JSONObject() {
                changed[name] = value.isNull ? JSON?.none : value
            }
            let token = try Self.token(changed, test.isForged ? other : key, header: test.header)
            let response = await stage.call(id, "GET", "/a", ["Authorization": "Bearer \(token)"])
            #expect(response.status == test.status, "\(test.name): \(response.headers)")
            #expect(stage.sink.requests.last?.authorizer?.reason == test.reason, "\(test.name)")
            guard let reason = test.reason else { continue }
            let code = test.status == 403 ? "insufficient_scope" : "invalid_token"
            #expect(
                response.headers["www-authenticate"]
                    == "Bearer scope=\"read write\" error=\"\(code)\" error_description=\"\(reason)\"")
        }
        let good = await stage.call(id, "GET", "/a", ["Authorization": try Self.token(claims, key)])
        let jwt = try JSON(parsing: good.body)["requestContext"]?["authorizer"]?["jwt"]
        #expect(jwt?["scopes"] == ["read"])
        #expect(jwt?["claims"]?["groups"] == "[x y]")
        #expect(jwt?["claims"]?["exp"]?.string == String(now + 60))
        let bare = await stage.call(id, "GET", "/a")
        #expect((bare.status, bare.text) == (401, #"{"message":"Unauthorized"}"#))
        #expect(bare.headers["www-authenticate"] == "Bearer")
        for broken in ["Bearer", "Bearer x.y.z", "Bearer a.b", "a..b", String(repeating: "a", count: 20_000)] {
            #expect(await stage.call(id, "GET", "/a", ["Authorization": broken]).status == 401)
        }
        #expect(await stage.call(id, "GET", "/open").status == 200)
        await server.shutdown(within: .seconds(1))
    }
}
