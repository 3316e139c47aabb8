import AWSCore
import JSON
import Synchronization
import Telemetry
import Testing

@testable import APIGateway

struct PolicyTests {
    private static func policy(_ statements: JSON) -> Policy? {
        Policy(["Version": "2012-10-17", "Statement": statements])
    }
    private static let arn = "arn:aws:execute-api:us-east-1:000000000000:abc/dev/GET/pets/7"

    @Test(
        arguments: [
            (
                [
                    "Effect": "Allow", "Action": "execute-api:Invoke",
                    "Resource": "arn:aws:execute-api:us-east-1:000000000000:abc/dev/GET/pets/7",
                ], .allow
            ),
            ([["Effect": "Allow", "Action": ["execute-api:*"], "Resource": ["*"]]], .allow),
            ([["Effect": "Allow", "Action": "*", "Resource": "arn:aws:execute-api:*:*:abc/dev/GET/*"]], .allow),
            (
                [
                    [
                        "Effect": "Allow", "Action": "execute-api:Invoke",
                        "Resource": "arn:aws:execute-api:*:*:abc/*/pets/?",
                    ]
                ], .allow
            ),
            (
                [
                    [
                        "Effect": "Allow", "Action": "execute-api:Invoke",
                        "Resource": "arn:aws:execute-api:*:*:abc/dev/POST/*",
                    ]
                ], .implicitDeny
            ),
            ([["Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"]], .implicitDeny),
            (
                [
                    ["Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"],
                    ["Effect": "Deny", "Action": "execute-api:Invoke", "Resource": "*/pets/*"],
                ], .explicitDeny
            ),
            ([["Effect": "Deny", "Action": "execute-api:Invoke", "Resource": "*"]], .explicitDeny),
            ([["Effect": "Allow", "Action": "execute-api:Invoke", "NotResource": "*/admin/*"]], .allow),
        ] as [(JSON, Policy.Decision)])
    func decisions(_ statements: JSON, _ decision: Policy.Decision) throws {
        #expect(try #require(Self.policy(statements)).decision(on: Self.arn) == decision)
    }

    @Test(arguments: [nil, "text", [:], ["Statement": []], ["Statement": [["Effect": "Maybe"]]]] as [JSON?])
    func whatIsNoPolicyIsNone(_ json: JSON?) {
        #expect(Policy(json) == nil)
    }

    @Test func wildcardsTakeTimeInProportion() {
        let text = String(repeating: "a", count: 5000)
        #expect(!Wildcard.matches(text, String(repeating: "*a", count: 200) + "b"))
        #expect(Wildcard.matches(text, "*a*a*"))
    }
}

struct RESTAuthorizerTests {
    /// An API with an authorizer whose function answers what the token says.
    private func stage(_ authorizer: JSON, _ asked: Counter = Counter()) async throws -> (Stage, String) {
        let stage = Stage(functions: { name, payload in
            guard name == "auth" else {
                return .success(["statusCode": 200, "body": .string(String(decoding: payload, as: UTF8.self))])
            }
            asked.add()
            let event = (try? JSON(parsing: payload)) ?? .null
            let token = event["authorizationToken"]?.string ?? event["headers"]?["Authorization"]?.string ?? ""
            switch token {
            case "allow", "deny":
                let arn = event["methodArn"]?.string ?? ""
                return .success([
                    "principalId": "me", "context": ["n": 1, "flag": true],
                    "policyDocument": [
                        "Statement": [
                            [
                                "Action": "execute-api:Invoke", "Effect": token == "allow" ? "Allow" : "Deny",
                                "Resource": .string(arn),
                            ]
                        ]
                    ],
                ])
            case "other":
                return .success([
                    "principalId": "me",
                    "policyDocument": [
                        "Statement": [["Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "x"]]
                    ],
                ])
            case "broken": return .success(["principalId": "me"])
            default: return .failure(token == "unauthorized" ? "Unauthorized" : "boom")
            }
        })
        let id = try await stage.rest(integration: Stage.function, method: ["authorizationType": "CUSTOM"]) { id in
            var input = authorizer
            input["name"] = "own"
            input["authorizerUri"] =
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:auth/invocations"
            let made = try await stage.done("POST", "/restapis/\(id)/authorizers", input)
            return ["authorizerId": made["id"] ?? .null]
        }
        return (stage, id)
    }

    @Test(
        arguments: [
            ("allow", 200, nil),
            ("deny", 403, #"{"Message":"User is not authorized to access this resource with an explicit deny"}"#),
            ("other", 403, #"{"Message":"User is not authorized to access this resource"}"#),
            ("broken", 500, #"{"message":null}"#), ("unauthorized", 401, #"{"message":"Unauthorized"}"#),
            ("boom", 500, #"{"message":null}"#), ("", 401, #"{"message":"Unauthorized"}"#),
        ] as [(String, Int, String?)], ["TOKEN", "REQUEST"])
    func verdicts(_ verdict: (String, Int, String?), _ type: String) async throws {
        let (stage, id) = try await stage([
            "type": .string(type), "identitySource": "method.request.header.Authorization",
        ])
        let headers: HTTPHeaders = verdict.0.isEmpty ? [:] : ["Authorization": verdict.0]
        let response = await stage.call(id, "POST", "/dev/items/1", headers)
        #expect(response.status == verdict.1)
        if let body = verdict.2 { #expect(response.text == body) }
        let seen = stage.sink.requests.last?.authorizer
        #expect(seen?.kind == type)
        #expect(seen?.isAllowed == (verdict.1 == 200))
        guard verdict.1 == 200 else { return }
        let context = try JSON(parsing: response.body)["requestContext"]?["authorizer"]
        #expect(context?["principalId"] == "me")
        #expect(context?["n"] == "1")
        #expect(context?["flag"] == "true")
    }

    @Test func answersAreKeptForTheirTime() async throws {
        let asked = Counter()
        let (stage, id) = try await stage(["type": "TOKEN", "authorizerResultTtlInSeconds": 60], asked)
        for _ in 0..<3 {
            #expect(await stage.call(id, "POST", "/dev/items/1", ["Authorization": "allow"]).status == 200)
        }
        #expect(asked.count == 1)
        #expect(stage.sink.requests.map { $0.authorizer?.isCached } == [false, true, true])
        // The policy is for the first path only.
        #expect(await stage.call(id, "POST", "/dev/items/2", ["Authorization": "allow"]).status == 403)
        stage.clock.advance(seconds: 61)
        #expect(await stage.call(id, "POST", "/dev/items/2", ["Authorization": "allow"]).status == 200)
        #expect(asked.count == 2)
        try await stage.done("DELETE", "/restapis/\(id)/stages/dev/cache/authorizers")
        #expect(await stage.call(id, "POST", "/dev/items/2", ["Authorization": "allow"]).status == 200)
        #expect(asked.count == 3)
    }

    @Test func tokensMustMatchTheExpression() async throws {
        let asked = Counter()
        let (stage, id) = try await stage(["type": "TOKEN", "identityValidationExpression": "^a[a-z]+$"], asked)
        #expect(await stage.call(id, "POST", "/dev/items/1", ["Authorization": "deny"]).status == 401)
        #expect(asked.count == 0)
        #expect(await stage.call(id, "POST", "/dev/items/1", ["Authorization": "allow"]).status == 200)
    }
}

struct UsagePlanTests {
    @Test func keysAreThrottledAndHaveQuotas() async throws {
        let stage = Stage { _ in .success(["statusCode": 200]) }
        let id = try await stage.rest(
            integration: Stage.function, method: ["authorizationType": "NONE", "apiKeyRequired": true])
        let key = try await stage.done("POST", "/apikeys", ["name": "k", "enabled": true])
        let value = try #require(key["value"]?.string)
        let headers: HTTPHeaders = ["X-Api-Key": value]
        #expect(await stage.call(id, "POST", "/dev/items/1").text == #"{"message":"Forbidden"}"#)
        #expect(await stage.call(id, "POST", "/dev/items/1", headers).status == 403)
        let plan = try await stage.done(
            "POST", "/usageplans",
            [
                "name": "p", "apiStages": [["apiId": .string(id), "stage": "dev"]],
                "throttle": ["rateLimit": 2, "burstLimit": 3], "quota": ["limit": 6, "period": "DAY"],
            ])
        let planID = plan["id"]?.string ?? ""
        try await stage.done("POST", "/usageplans/\(planID)/keys", ["keyId": key["id"] ?? .null, "keyType": "API_KEY"])
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(await stage.call(id, "POST", "/dev/items/1", headers).status) }
        #expect(statuses == [200, 200, 200, 429])
        stage.clock.advance(seconds: 1)
        statuses = []
        for _ in 0..<3 { statuses.append(await stage.call(id, "POST", "/dev/items/1", headers).status) }
        #expect(statuses == [200, 200, 429])
        stage.clock.advance(seconds: 10)
        #expect(await stage.call(id, "POST", "/dev/items/1", headers).status == 200)
        let over = await stage.call(id, "POST", "/dev/items/1", headers)
        #expect((over.status, over.text) == (429, #"{"message":"Limit Exceeded"}"#))
        #expect(over.headers["x-amzn-ErrorType"] == "LimitExceededException")
        let usage = try await stage.done("GET", "/usageplans/\(planID)/usage?startDate=2026-01-31&endDate=2026-01-31")
        #expect(usage["values"]?[key["id"]?.string ?? ""] == [[6, 0]])
        stage.clock.advance(seconds: 86_400)
        #expect(await stage.call(id, "POST", "/dev/items/1", headers).status == 200)
    }

    @Test func stagesAreThrottled() async throws {
        let stage = Stage { _ in .success(["statusCode": 200]) }
        let id = try await stage.rest(integration: Stage.function)
        try await stage.done(
            "PATCH", "/restapis/\(id)/stages/dev",
            [
                "patchOperations": [
                    ["op": "replace", "path": "/*/*/throttling/rateLimit", "value": "1"],
                    ["op": "replace", "path": "/*/*/throttling/burstLimit", "value": "2"],
                ]
            ])
        var statuses: [Int] = []
        for _ in 0..<3 { statuses.append(await stage.call(id, "POST", "/dev/items/1").status) }
        #expect(statuses == [200, 200, 429])
        stage.clock.advance(seconds: 1.5)
        #expect(await stage.call(id, "POST", "/dev/items/1").status == 200)
    }
}

final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
}
