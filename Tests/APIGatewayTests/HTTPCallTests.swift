import AWSCore
import HTTPTransport
import JSON
import NIOPosix
import Telemetry
import Testing

@testable import APIGateway

struct HTTPCallTests {
    /// Format 1.0 of "Working with AWS Lambda proxy integrations for HTTP APIs" in the API Gateway Developer Guide.
    @Test func functionsMayAskForVersion1() async throws {
        let stage = Stage { .success(["statusCode": 200, "body": .string(String(decoding: $0, as: UTF8.self))]) }
        let id = try await stage.api(routes: ["GET /items/{id}"], version: "1.0")
        let event = try JSON(parsing: await stage.call(id, "GET", "/items/7?a=1&a=2", ["X-A": "1"]).body)
        #expect(event["version"] == "1.0")
        #expect(event["resource"] == "/items/{id}")
        #expect(event["path"] == "/items/7")
        #expect(event["multiValueQueryStringParameters"] == ["a": ["1", "2"]])
        #expect(event["headers"]?["X-A"] == "1")
        #expect(event["requestContext"]?["stage"] == "$default")
    }

    @Test func functionsOfVersion1MustSayTheStatus() async throws {
        let stage = Stage { _ in .success(["a": 1]) }
        #expect(await stage.call(try await stage.api(routes: ["$default"], version: "1.0"), "GET", "/").status == 500)
        #expect(await stage.call(try await stage.api(routes: ["$default"]), "GET", "/").text == #"{"a":1}"#)
    }

    @Test func stagesShowWhatIsDeployed() async throws {
        let stage = Stage { _ in .success(["statusCode": 200]) }
        let id = try await stage.api(routes: ["GET /a"])
        let deployment = try await stage.done("POST", "/v2/apis/\(id)/deployments", [:])
        try await stage.done(
            "POST", "/v2/apis/\(id)/stages",
            ["stageName": "prod", "deploymentId": deployment["deploymentId"] ?? .null, "stageVariables": ["v": "1"]])
        try await stage.done("POST", "/v2/apis/\(id)/stages", ["stageName": "empty"])
        let route = try await stage.done("GET", "/v2/apis/\(id)/routes")["items"]?[0]?["routeId"]?.string ?? ""
        try await stage.done("PATCH", "/v2/apis/\(id)/routes/\(route)", ["routeKey": "GET /b"])
        #expect(await stage.call(id, "GET", "/prod/a").status == 200)
        #expect(await stage.call(id, "GET", "/prod/b").status == 404)
        #expect(await stage.call(id, "GET", "/b").status == 200)
        #expect(await stage.call(id, "GET", "/a").status == 404)
        #expect(await stage.call(id, "GET", "/empty/b").status == 404)
    }

    @Test func routesAreThrottled() async throws {
        let stage = Stage { _ in .success(["statusCode": 200]) }
        let id = try await stage.api(routes: ["GET /a", "GET /b"])
        try await stage.done(
            "PATCH", "/v2/apis/\(id)/stages/$default",
            ["routeSettings": ["GET /a": ["throttlingRateLimit": 1, "throttlingBurstLimit": 1]]])
        #expect(await stage.call(id, "GET", "/a").status == 200)
        let over = await stage.call(id, "GET", "/a")
        #expect((over.status, over.text) == (429, #"{"message":"Too Many Requests"}"#))
        #expect(await stage.call(id, "GET", "/b").status == 200)
        stage.clock.advance(seconds: 1)
        #expect(await stage.call(id, "GET", "/a").status == 200)
    }

    @Test func workflowsAreStarted() async throws {
        let services = RecordingCaller { operation, _ throws(ServiceError) in
            guard operation == "states:StartExecution" else { throw ServiceError("StateMachineDoesNotExist", "no") }
            return ["executionArn": "arn:x", "startDate": 1]
        }
        let stage = Stage(services: services)
        let id = try await stage.api(routes: [])
        for (key, subtype) in [("POST /start", "StartExecution"), ("POST /sync", "StartSyncExecution")] {
            let integration = try await stage.done(
                "POST", "/v2/apis/\(id)/integrations",
                [
                    "integrationType": "AWS_PROXY", "integrationSubtype": .string("StepFunctions-\(subtype)"),
                    "payloadFormatVersion": "1.0", "credentialsArn": "arn:aws:iam::000000000000:role/r",
                    "requestParameters": [
                        "StateMachineArn": "arn:m", "Input": "$request.body",
                        "Name": "n-${request.header.x}-$context.stage",
                    ],
                    "responseParameters": [
                        "200": [
                            "append:header.x-execution": "$response.body.executionArn", "overwrite:statuscode": "202",
                        ]
                    ],
                ])
            try await stage.done(
                "POST", "/v2/apis/\(id)/routes",
                [
                    "routeKey": .string(key),
                    "target": .string("integrations/\(integration["integrationId"]?.string ?? "")"),
                ])
        }
        let started = await stage.call(id, "POST", "/start", ["X": "1"], body: #"{"a":1}"#)
        #expect((started.status, started.text) == (202, #"{"executionArn":"arn:x","startDate":1}"#))
        #expect(started.headers["x-execution"] == "arn:x")
        #expect(stage.sink.requests.last?.execution == "arn:x")
        #expect(
            services.calls == [
                #"states:StartExecution {"stateMachineArn":"arn:m","input":"{\"a\":1}","name":"n-1-$default"}"#
            ])
        #expect(await stage.call(id, "POST", "/sync").status == 400)
        let bad = await stage.post(
            "/v2/apis/\(id)/integrations", ["integrationType": "AWS_PROXY", "integrationSubtype": "Other-Thing"])
        #expect(bad.status == 400)
    }

    @Test(
        arguments: [
            (["isAuthorized": true, "context": ["who": "ann"]], true, 200), (["isAuthorized": false], true, 403),
            (["principalId": "p"], true, 500),
            (
                [
                    "principalId": "p",
                    "policyDocument": [
                        "Statement": [["Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"]]
                    ],
                ], false, 200
            ),
            (
                [
                    "principalId": "p",
                    "policyDocument": [
                        "Statement": [["Action": "execute-api:Invoke", "Effect": "Deny", "Resource": "*"]]
                    ],
                ], false, 403
            ),
            (["isAuthorized": true], false, 500),
        ] as [(JSON, Bool, Int)])
    func functionsDecide(_ answer: JSON, _ isSimple: Bool, _ status: Int) async throws {
        let asked = Counter()
        let stage = Stage(functions: { name, payload in
            guard name == "auth" else { return .success(payload) }
            asked.add()
            return .success(answer)
        })
        let id = try await stage.api(routes: [])
        let authorizer = try await stage.done(
            "POST", "/v2/apis/\(id)/authorizers",
            [
                "name": "own", "authorizerType": "REQUEST", "identitySource": ["$request.header.Authorization"],
                "authorizerUri": "arn:aws:lambda:us-east-1:000000000000:function:auth",
                "authorizerPayloadFormatVersion": "2.0", "enableSimpleResponses": .bool(isSimple),
            ])
        let integration =
            try await stage.done("GET", "/v2/apis/\(id)/integrations")["items"]?[0]?["integrationId"]?.string ?? ""
        try await stage.done(
            "POST", "/v2/apis/\(id)/routes",
            [
                "routeKey": "GET /a", "target": .string("integrations/\(integration)"), "authorizationType": "CUSTOM",
                "authorizerId": authorizer["authorizerId"] ?? .null,
            ])
        #expect(await stage.call(id, "GET", "/a").status == 401)
        let response = await stage.call(id, "GET", "/a", ["Authorization": "x"])
        #expect(response.status == status)
        #expect(await stage.call(id, "GET", "/a", ["Authorization": "x"]).status == status)
        #expect(asked.count == 1)
        guard status == 200 else { return }
        let lambda = try JSON(parsing: response.body)["requestContext"]?["authorizer"]?["lambda"]
        #expect(lambda == (isSimple ? ["who": "ann"] : ["principalId": "p"]))
    }

    @Test func requestsGoThroughToHTTP() async throws {
        let server = try await HTTPServer.start(group: MultiThreadedEventLoopGroup.singleton, handler: Echo())
        let stage = Stage()
        let id = try await stage.api(routes: [])
        let integration = try await stage.done(
            "POST", "/v2/apis/\(id)/integrations",
            [
                "integrationType": "HTTP_PROXY", "integrationMethod": "ANY",
                "integrationUri": .string("http://127.0.0.1:\(server.port)/base/{proxy}"),
                "requestParameters": [
                    "append:header.x-added": "$request.querystring.q", "remove:header.x-gone": "",
                    "overwrite:querystring.q": "changed", "append:querystring.stage": "$context.stage",
                ],
                "responseParameters": ["201": ["overwrite:header.x-seen": "$response.header.x-target"]],
            ])
        try await stage.done(
            "POST", "/v2/apis/\(id)/routes",
            [
                "routeKey": "ANY /{proxy+}",
                "target": .string("integrations/\(integration["integrationId"]?.string ?? "")"),
            ])
        let response = await stage.call(id, "PUT", "/a/b%20c?q=1", ["X-Gone": "1", "X-Kept": "2"], body: "hi")
        #expect(response.status == 201)
        #expect(response.headers["x-seen"] == "PUT /base/a/b%20c?q=changed&stage=%24default")
        let seen = try JSON(parsing: response.body)
        #expect(seen["x-added"] == "1")
        #expect(seen["x-kept"] == "2")
        #expect(seen["x-gone"] == nil)
        #expect(seen["body"] == "hi")
        await server.shutdown(within: .seconds(1))
        #expect(await stage.call(id, "PUT", "/a").status == 500)
        #expect(stage.sink.requests.last?.errorMessage?.contains("cannot connect") == true)
    }

    @Test func theRecordTellsAll() async throws {
        let stage = Stage { _ in .success(["statusCode": 201, "headers": ["X-B": "2"], "body": "out"]) }
        let id = try await stage.api(routes: ["POST /items/{id}"])
        _ = await stage.call(id, "POST", "/items/7?a=1", ["X-A": "1"], body: "in")
        let request = try #require(stage.sink.requests.first)
        #expect(request.api == "n")
        #expect(request.apiID == id)
        #expect((request.kind, request.stage, request.route) == ("HTTP", "$default", "POST /items/{id}"))
        #expect((request.method, request.path, request.query) == ("POST", "/items/7", "a=1"))
        #expect((request.sourceIP, request.status, request.function) == ("127.0.0.9", 201, "f"))
        #expect(request.request.headers.contains(HTTPMessage.Header("X-A", "1")))
        #expect(request.request.body.bytes == Array("in".utf8))
        #expect(request.response.headers.contains(HTTPMessage.Header("X-B", "2")))
        #expect(request.response.body.bytes == Array("out".utf8))
        #expect(request.traceHeader == "Root=1-5759e988-bd862e3fe1be46a994272793")
    }

    @Test(arguments: [
        ("overwrite:header.Authorization", "restricted"), ("append:header.x-amzn-x", "restricted"),
        ("delete:header.x", "Invalid mapping"),
        ("append:path", "Invalid mapping"), ("append:body.x", "Invalid mapping"),
    ])
    func mappingsOfTheGatewaysOwnAreRefused(_ key: String, _ text: String) async throws {
        let stage = Stage()
        let id = try await stage.api(routes: [])
        let response = await stage.post(
            "/v2/apis/\(id)/integrations",
            [
                "integrationType": "HTTP_PROXY", "integrationMethod": "GET", "integrationUri": "http://127.0.0.1/",
                "requestParameters": JSON.known([(key, .string("x"))]),
            ])
        #expect(response.status == 400)
        #expect(response.text.contains(text))
    }
}

/// Answers 201 with what it was sent.
private struct Echo: HTTPHandler {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        var seen = JSONObject()
        for field in request.headers.fields { seen[field.name.lowercased()] = .string(field.value) }
        seen["body"] = .string(String(decoding: request.body, as: UTF8.self))
        return HTTPResponse(
            status: 201, headers: ["X-Target": "\(request.method) \(request.target)"], bytes: JSON.object(seen).bytes)
    }
}
