import AWSCore
import JSON
import Telemetry
import Testing

@testable import APIGateway

struct RESTCallTests {
    /// The shape of "Input format of a Lambda function for proxy integration" in the API Gateway Developer Guide.
    @Test func theProxyEventIsOfVersion1() async throws {
        let stage = Stage { .success(["statusCode": 200, "body": .string(String(decoding: $0, as: UTF8.self))]) }
        let id = try await stage.rest(integration: Stage.function)
        let headers: HTTPHeaders = [
            "Host": "\(id).execute-api.localhost:4566", "X-A": "1", "X-A": "2", "User-Agent": "t",
            "Content-Type": "text/plain",
        ]
        let response = await stage.call(id, "POST", "/dev/items/7?a=1&a=2&b=x", headers, body: "hi")
        let event = try JSON(parsing: response.body)
        let context = try #require(event["requestContext"])
        let expected = try JSON(
            parsing: """
                {"resource": "/items/{id}", "path": "/items/7", "httpMethod": "POST",
                 "headers": {"Host": "\(id).execute-api.localhost:4566", "X-A": "2", "User-Agent": "t",
                   "Content-Type": "text/plain", "X-Forwarded-For": "127.0.0.9", "X-Forwarded-Proto": "http",
                   "X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793"},
                 "multiValueHeaders": {"Host": ["\(id).execute-api.localhost:4566"], "X-A": ["1", "2"], "User-Agent": ["t"],
                   "Content-Type": ["text/plain"], "X-Forwarded-For": ["127.0.0.9"], "X-Forwarded-Proto": ["http"],
                   "X-Amzn-Trace-Id": ["Root=1-5759e988-bd862e3fe1be46a994272793"]},
                 "queryStringParameters": {"a": "2", "b": "x"},
                 "multiValueQueryStringParameters": {"a": ["1", "2"], "b": ["x"]},
                 "pathParameters": {"id": "7"}, "stageVariables": null,
                 "requestContext": {"resourceId": "\(context["resourceId"]?.string ?? "")", "resourcePath": "/items/{id}",
                   "httpMethod": "POST", "extendedRequestId": "\(context["extendedRequestId"]?.string ?? "")",
                   "requestTime": "31/Jan/2026:12:00:00 +0000", "path": "/dev/items/7", "accountId": "000000000000",
                   "protocol": "HTTP/1.1", "stage": "dev", "domainPrefix": "\(id)", "requestTimeEpoch": 1769860800000,
                   "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
                   "identity": {"cognitoIdentityPoolId": null, "accountId": null, "cognitoIdentityId": null, "caller": null,
                     "accessKey": null, "cognitoAuthenticationType": null, "cognitoAuthenticationProvider": null,
                     "userArn": null, "user": null, "sourceIp": "127.0.0.9", "userAgent": "t"},
                   "domainName": "\(id).execute-api.localhost", "apiId": "\(id)"},
                 "body": "hi", "isBase64Encoded": false}
                """)
        #expect(event == expected)
        #expect(response.headers["x-amzn-RequestId"] == "c6af9ac6-7b61-11e6-9a41-93e8deadbeef")
        #expect(response.headers["x-amz-apigw-id"]?.hasSuffix("=") == true)
        #expect(response.headers["X-Amzn-Trace-Id"] == "Root=1-5759e988-bd862e3fe1be46a994272793")
    }

    @Test(
        arguments: [
            (["statusCode": 201, "body": "x"], 201, "x"), (["statusCode": "404", "body": nil], 404, ""), ([:], 200, ""),
            (["message": "no"], 502, #"{"message": "Internal server error"}"#),
            (["statusCode": 200, "body": ["a": 1]], 502, #"{"message": "Internal server error"}"#),
            (["statusCode": 99, "body": "x"], 502, #"{"message": "Internal server error"}"#),
            ("text", 502, #"{"message": "Internal server error"}"#),
            (nil, 502, #"{"message": "Internal server error"}"#),
            (["statusCode": 200, "body": "aGk=", "isBase64Encoded": true], 200, "aGk="),
        ] as [(JSON, Int, String)])
    func functionsAnswerAsProxiesDo(_ answer: JSON, _ status: Int, _ body: String) async throws {
        let stage = Stage { _ in .success(answer) }
        let id = try await stage.rest(integration: Stage.function)
        let response = await stage.call(id, "POST", "/dev/items/1")
        #expect(response.status == status)
        #expect(response.text == body)
    }

    @Test func headersOfTheGatewayAreRemapped() async throws {
        let stage = Stage { _ in
            .success([
                "statusCode": 200, "headers": ["Date": "now", "X-B": "1"],
                "multiValueHeaders": ["Set-Cookie": ["a", "b"]],
            ])
        }
        let id = try await stage.rest(integration: Stage.function)
        let response = await stage.call(id, "POST", "/dev/items/1")
        #expect(response.headers["x-amzn-Remapped-Date"] == "now")
        #expect(response.headers["X-B"] == "1")
        #expect(response.headers.all("Set-Cookie") == ["a", "b"])
        #expect(response.headers["Content-Type"] == "application/json")
    }

    @Test func binaryBodiesAreBase64() async throws {
        let stage = Stage { payload in
            let event = (try? JSON(parsing: payload)) ?? .null
            return .success([
                "statusCode": 200, "body": event["body"] ?? .null, "isBase64Encoded": event["isBase64Encoded"] ?? .null,
            ])
        }
        let id = try await stage.rest(integration: Stage.function, api: ["binaryMediaTypes": ["image/*"]])
        let image: HTTPHeaders = ["Content-Type": "image/png", "Accept": "image/png"]
        #expect(await stage.call(id, "POST", "/dev/items/1", image, body: "hi").text == "hi")
        let text: HTTPHeaders = ["Content-Type": "image/png", "Accept": "text/plain"]
        #expect(await stage.call(id, "POST", "/dev/items/1", text, body: "hi").text == "aGk=")
    }

    @Test(arguments: [
        (
            "POST", "/dev/items", 403, #"{"message":"Missing Authentication Token"}"#,
            "MissingAuthenticationTokenException"
        ),
        (
            "GET", "/dev/items/1", 403, #"{"message":"Missing Authentication Token"}"#,
            "MissingAuthenticationTokenException"
        ),
        ("POST", "/none/items/1", 403, #"{"message":"Forbidden"}"#, "ForbiddenException"),
        ("POST", "/", 403, #"{"message":"Forbidden"}"#, "ForbiddenException"),
    ])
    func whatIsNotThereIsForbidden(
        _ method: String, _ path: String, _ status: Int, _ body: String, _ error: String
    ) async throws {
        let stage = Stage()
        let id = try await stage.rest(integration: Stage.function)
        let response = await stage.call(id, method, path)
        #expect(response.status == status)
        #expect(response.text == body)
        #expect(response.headers["x-amzn-ErrorType"] == error)
    }

    @Test func failingAndLateFunctionsAre502And504() async throws {
        let gate = Gate()
        let stage = Stage { payload in
            guard String(decoding: payload, as: UTF8.self).contains("slow") else { return .failure("no") }
            await gate.wait()
            return .success(payload)
        }
        var integration = Stage.function
        integration["timeoutInMillis"] = 50
        let id = try await stage.rest(integration: integration)
        let failed = await stage.call(id, "POST", "/dev/items/1")
        #expect(failed.status == 502)
        #expect(failed.headers["x-amzn-ErrorType"] == "InternalServerErrorException")
        let late = await stage.call(id, "POST", "/dev/items/slow")
        #expect(late.status == 504)
        #expect(late.text == #"{"message": "Endpoint request timed out"}"#)
        #expect(
            stage.sink.requests.map(\.errorMessage) == [
                "the function failed: no", "the integration did not answer within 50 ms",
            ])
        await gate.open()
    }

    @Test func changesAreSeenOnceTheyAreDeployed() async throws {
        let stage = Stage { _ in .success(["statusCode": 200]) }
        let id = try await stage.rest(integration: Stage.function)
        let root = try await stage.done("GET", "/restapis/\(id)")["rootResourceId"]?.string ?? ""
        try await stage.done("PUT", "/restapis/\(id)/resources/\(root)/methods/GET", ["authorizationType": "NONE"])
        try await stage.done("PUT", "/restapis/\(id)/resources/\(root)/methods/GET/integration", Stage.function)
        #expect(await stage.call(id, "GET", "/dev").status == 403)
        try await stage.done("POST", "/restapis/\(id)/deployments", ["stageName": "dev"])
        #expect(await stage.call(id, "GET", "/dev").status == 200)
    }

    @Test func payloadsAbove10MBAreRefused() async throws {
        let stage = Stage()
        let id = try await stage.rest(integration: Stage.function)
        let response = await stage.call(id, "POST", "/dev/items/1", body: String(repeating: "x", count: 10_485_761))
        #expect(response.status == 413)
        #expect(response.text == #"{"message":"Request Too Long"}"#)
    }

    @Test func validatorsCheckParametersAndBodies() async throws {
        let stage = Stage { _ in .success(["statusCode": 200]) }
        let id = try await stage.rest(
            integration: Stage.function,
            method: [
                "authorizationType": "NONE",
                "requestParameters": [
                    "method.request.querystring.q": true, "method.request.header.h": true,
                    "method.request.path.id": true,
                ],
                "requestModels": ["application/json": "Order"],
            ]
        ) { id in
            let schema =
                #"{"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "minimum": 1}}}"#
            try await stage.done(
                "POST", "/restapis/\(id)/models",
                ["name": "Order", "contentType": "application/json", "schema": .string(schema)])
            let validator = try await stage.done(
                "POST", "/restapis/\(id)/requestvalidators",
                ["name": "all", "validateRequestBody": true, "validateRequestParameters": true])
            return ["requestValidatorId": validator["id"] ?? .null]
        }
        let missing = await stage.call(id, "POST", "/dev/items/1", body: #"{"n": 1}"#)
        #expect(missing.status == 400)
        #expect(missing.text == #"{"message": "Missing required request parameters: [h, q]"}"#)
        let bad = await stage.call(id, "POST", "/dev/items/1?q=1", ["h": "1"], body: #"{"n": 0}"#)
        #expect(bad.text == #"{"message": "Invalid request body"}"#)
        #expect(await stage.call(id, "POST", "/dev/items/1?q=1", ["h": "1"], body: #"{"n": 1}"#).status == 200)
    }

    @Test func gatewayResponsesCanBeChanged() async throws {
        let stage = Stage()
        let id = try await stage.rest(integration: Stage.function) { id in
            try await stage.done(
                "PUT", "/restapis/\(id)/gatewayresponses/MISSING_AUTHENTICATION_TOKEN",
                [
                    "statusCode": "404",
                    "responseParameters": ["gatewayresponse.header.Access-Control-Allow-Origin": "'*'"],
                    "responseTemplates": [
                        "application/json": #"{"error": $context.error.messageString, "path": "$context.path"}"#
                    ],
                ])
            return .object(JSONObject())
        }
        let response = await stage.call(id, "GET", "/dev/none")
        #expect(response.status == 404)
        #expect(response.headers["Access-Control-Allow-Origin"] == "*")
        #expect(response.text == #"{"error": "Missing Authentication Token", "path": "/dev/none"}"#)
    }
}
