import AWSCore
import JSON
import Synchronization
import Telemetry
import Testing

@testable import APIGateway

struct RouteTests {
    /// The example of "Routing API requests" in the API Gateway Developer Guide, and more.
    private static let keys = [
        "GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default", "POST /pets",
        "ANY /pets", "GET /a/{b}/c",
    ]

    @Test(arguments: [
        ("GET", "/pets/dog/1", "GET /pets/dog/1"), ("GET", "/pets/dog/2", "GET /pets/dog/{id}"),
        ("GET", "/pets/cat/1", "GET /pets/{proxy+}"), ("POST", "/test/5", "ANY /{proxy+}"), ("GET", "/", "$default"),
        ("POST", "/pets", "POST /pets"), ("PUT", "/pets", "ANY /pets"), ("GET", "/a/x/c", "GET /a/{b}/c"),
        ("GET", "/a/x/d", "ANY /{proxy+}"),
    ])
    func theMostSpecificRouteWins(_ method: String, _ path: String, _ key: String) async throws {
        let stage = Stage { .init(payload: $0, functionError: nil, requestID: "", executedVersion: "$LATEST") }
        let id = try await stage.api(routes: Self.keys)
        let answer = try JSON(parsing: await stage.call(id, method, path).body)
        #expect(answer["routeKey"]?.string == key)
    }

    @Test func parametersAreDecoded() async throws {
        let match = try RouteKey("GET /a/{b}/{rest+}").match(method: "GET", path: ["a", "x%20y", "1", "2"])
        #expect(match?.parameters == ["b": "x y", "rest": "1/2"])
    }
}

struct ProxyTests {
    private static func echo(_ payload: [UInt8]) -> FunctionResult {
        FunctionResult(payload: payload, functionError: nil, requestID: "", executedVersion: "$LATEST")
    }

    @Test func theEventIsOfVersion2() async throws {
        let stage = Stage { Self.echo($0) }
        let id = try await stage.api(routes: ["POST /order/{id}"])
        var request = ServiceRequest(
            method: "POST", path: "/order/7", query: [("a", "1"), ("a", "2"), ("b", "x y")], rawQuery: "a=1&a=2&b=x+y",
            headers: [
                "Host": "\(id).execute-api.localhost:4566", "X-A": "1", "x-a": "2", "Cookie": "c=1; d=2",
                "Content-Type": "application/json", "User-Agent": "t",
            ], body: Array("{}".utf8))
        request.context.sourceIP = "127.0.0.9"
        let event = try JSON(parsing: await stage.gateway.call(id, request).body)
        #expect(event["version"] == "2.0")
        #expect(event["rawPath"] == "/order/7")
        #expect(event["rawQueryString"] == "a=1&a=2&b=x+y")
        #expect(event["queryStringParameters"] == ["a": "1,2", "b": "x y"])
        #expect(event["headers"]?["x-a"] == "1,2")
        #expect(event["cookies"] == ["c=1", "d=2"])
        #expect(event["pathParameters"] == ["id": "7"])
        #expect(event["body"] == "{}")
        #expect(event["isBase64Encoded"] == false)
        let context = event["requestContext"]
        #expect(context?["domainName"]?.string == "\(id).execute-api.localhost")
        #expect(context?["http"]?["sourceIp"] == "127.0.0.9")
        #expect(context?["routeKey"] == "POST /order/{id}")
    }

    @Test(
        arguments: [
            (["Content-Type": "application/json; charset=utf-8"], false), (["Content-Type": "text/csv"], false),
            (["Content-Type": "application/x-www-form-urlencoded"], true), (["Content-Type": "image/png"], true),
            (["Content-Type": "text/plain", "Content-Encoding": "gzip"], true), ([:], false),
        ] as [(HTTPHeaders, Bool)])
    func theContentTypeDecidesWhetherABodyIsText(_ headers: HTTPHeaders, _ isBase64: Bool) {
        #expect(
            ProxyBody.encoded(ServiceRequest(method: "POST", path: "/", headers: headers, body: [65])).isBase64
                == isBase64)
    }

    @Test func aFunctionThatTakesTooLongIsNotWaitedFor() async throws {
        let gate = Gate()
        let stage = Stage { payload in
            await gate.wait()
            return Self.echo(payload)
        }
        let id = try await stage.api(routes: ["$default"], timeout: 50)
        let response = await stage.call(id, "GET", "/")
        #expect(response.status == 503)
        #expect(response.body == Array(#"{"message":"Service Unavailable"}"#.utf8))
        await gate.open()
    }

    @Test func functionErrorsAre500AndUnknownPathsAre404WithTelemetry() async throws {
        let stage = Stage { _ in
            FunctionResult(payload: [], functionError: "Unhandled", requestID: "", executedVersion: "$LATEST")
        }
        let id = try await stage.api(routes: ["GET /a"])
        #expect(await stage.call(id, "GET", "/a").status == 500)
        #expect(await stage.call(id, "GET", "/b").status == 404)
        #expect(await stage.call("none", "GET", "/b").status == 404)
        #expect(stage.sink.statuses == [500, 404, 404])
    }

    @Test func preflightsAreAnsweredAndHeadersReplaced() async throws {
        let stage = Stage { _ in
            Self.echo(Array(#"{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "x"}}"#.utf8))
        }
        let id = try await stage.api(
            routes: ["GET /a"],
            cors: ["allowOrigins": ["https://a.example"], "allowMethods": ["GET", "POST"], "maxAge": 5])
        let ask: HTTPHeaders = ["Origin": "https://a.example", "Access-Control-Request-Method": "GET"]
        let preflight = await stage.call(id, "OPTIONS", "/any", ask)
        #expect(preflight.status == 204)
        #expect(preflight.headers["access-control-allow-origin"] == "https://a.example")
        #expect(preflight.headers["access-control-allow-methods"] == "GET,POST")
        #expect(preflight.headers["access-control-max-age"] == "5")
        let other: HTTPHeaders = ["Origin": "https://b.example", "Access-Control-Request-Method": "GET"]
        #expect(await stage.call(id, "OPTIONS", "/any", other).headers["access-control-allow-origin"] == nil)
        #expect(
            await stage.call(id, "GET", "/a", ask).headers.all("access-control-allow-origin") == ["https://a.example"])
        #expect(await stage.call(id, "GET", "/a", other).headers["access-control-allow-origin"] == nil)
    }

    @Test func quickCreateWithAWebAddressIsRefused() async {
        let stage = Stage { Self.echo($0) }
        let response = await stage.post(
            "/v2/apis", ["name": "n", "protocolType": "HTTP", "target": "http://a.example"])
        #expect(response.status == 400)
    }
}

/// A gateway in front of one function that is a closure.
private struct Stage {
    let gateway: APIGatewayService
    let sink = RecordingSink()

    init(_ function: @escaping @Sendable ([UInt8]) async -> FunctionResult) {
        gateway = APIGatewayService(invoker: ClosureInvoker(function: function), sink: sink)
    }

    func post(_ path: String, _ body: JSON) async -> ServiceResponse {
        await gateway.respond(to: ServiceRequest(method: "POST", path: path, body: body.bytes))
    }

    func api(routes: [String], timeout: Int = 30_000, cors: JSON? = nil) async throws -> String {
        var input: JSON = ["name": "n", "protocolType": "HTTP"]
        input["corsConfiguration"] = cors
        let id = try #require(JSON(parsing: await post("/v2/apis", input).body)["apiId"]?.string)
        let integration = try JSON(
            parsing: await post(
                "/v2/apis/\(id)/integrations",
                [
                    "integrationType": "AWS_PROXY",
                    "integrationUri": "arn:aws:lambda:us-east-1:000000000000:function:f",
                    "payloadFormatVersion": "2.0", "timeoutInMillis": .int(timeout),
                ]
            ).body)
        let target = "integrations/\(integration["integrationId"]?.string ?? "")"
        for key in routes {
            #expect(
                await post("/v2/apis/\(id)/routes", ["routeKey": .string(key), "target": .string(target)]).status == 201
            )
        }
        #expect(await post("/v2/apis/\(id)/stages", ["stageName": "$default", "autoDeploy": true]).status == 201)
        return id
    }

    func call(_ id: String, _ method: String, _ path: String, _ headers: HTTPHeaders = [:]) async -> ServiceResponse {
        await gateway.call(id, ServiceRequest(method: method, path: path, headers: headers))
    }
}

private struct ClosureInvoker: FunctionInvoker {
    let function: @Sendable ([UInt8]) async -> FunctionResult

    func invoke(_ name: String, _ invocation: FunctionInvocation) async throws(ServiceError) -> FunctionResult {
        await function(invocation.payload)
    }
}

private final class RecordingSink: TelemetrySink {
    private let seen = Mutex<[Int]>([])

    var statuses: [Int] { seen.withLock { $0 } }

    func emit(_ event: TelemetryEvent) {
        if case .apiRequest(let request) = event.kind { seen.withLock { $0.append(request.status) } }
    }
}

private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func wait() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
