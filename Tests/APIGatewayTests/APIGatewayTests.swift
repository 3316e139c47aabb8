import AWSCore
import JSON
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

    @Test func parametersAreDecoded() {
        var table = RouteTable<Bool>()
        table.insert("/a/{b}/{rest+}") { _ in true }
        let match = table.match(["a", "x%20y", "1", "2"]) { $0 }
        #expect(match?.parameters == ["b": "x y", "rest": "1/2"])
    }

    @Test func lookUpAmongManyTakesTheRightOne() {
        var table = RouteTable<Int>()
        for index in 0..<1000 {
            table.insert("/items/\(index)/{id}/parts") { _ in index }
            table.insert("/items/{any}/{id}/kind\(index)") { _ in 1000 + index }
        }
        #expect(table.match(["items", "731", "x", "parts"]) { _ in true }?.target == 731)
        #expect(table.match(["items", "731", "x", "kind9"]) { _ in true }?.target == 1009)
        #expect(table.match(["items", "731", "x", "none"]) { _ in true } == nil)
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

}
