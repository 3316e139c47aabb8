import AWSCore
import NIOCore
import NIOPosix
import Testing

@testable import HTTPTransport

private struct Echo: HTTPHandler {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        switch request.path {
        case "/stream":
            let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
            for number in 1...3 { continuation.yield(Array("\(number)\n".utf8)) }
            continuation.finish()
            return HTTPResponse(body: .stream(stream))
        case "/missing": return HTTPResponse(status: 404, bytes: Array("no".utf8))
        default: return HTTPResponse(headers: ["X-Method": request.method, "X-Bad": "a\r\nb"], bytes: request.body)
        }
    }
}

@Suite struct HTTPServerTests {
    private let group = MultiThreadedEventLoopGroup.singleton

    private func withServer(
        limits: HTTPLimits = HTTPLimits(),
        _ body: (HTTPServer, HTTPClient) async throws -> Void
    ) async throws {
        let server = try await HTTPServer.start(group: group, limits: limits, handler: Echo())
        let client = HTTPClient(group: group)
        try await body(server, client)
        client.close()
        await server.shutdown(within: .seconds(2))
    }

    @Test(arguments: [0, 1, 70_000, 1_000_000])
    func aBodyComesBackAsItWas(count: Int) async throws {
        try await withServer { server, client in
            let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            for _ in 1...3 {
                let reply = try await client.send(
                    HTTPRequest(method: "POST", body: body), to: "127.0.0.1", port: server.port)
                #expect(reply.status == 200)
                #expect(reply.body == body)
                #expect(reply.headers["x-method"] == "POST")
                #expect(reply.headers["x-bad"] == nil)
            }
        }
    }

    @Test func aBodyOverTheLimitIsRefused() async throws {
        var limits = HTTPLimits()
        limits.body = 100
        try await withServer(limits: limits) { server, client in
            let reply = try await client.send(
                HTTPRequest(method: "POST", body: Array(repeating: 7, count: 101)), to: "127.0.0.1", port: server.port)
            #expect(reply.status == 413)
            let next = try await client.send(HTTPRequest(), to: "127.0.0.1", port: server.port)
            #expect(next.status == 200)
        }
    }

    @Test func aStreamArrivesWhole() async throws {
        try await withServer { server, client in
            var all: [UInt8] = []
            let chunks = client.stream(HTTPRequest(target: "/stream"), to: "127.0.0.1", port: server.port, group: group)
            for try await chunk in chunks { all += chunk }
            #expect(all == Array("1\n2\n3\n".utf8))
        }
    }

    @Test func aRefusedStreamThrowsItsStatus() async throws {
        try await withServer { server, client in
            let chunks = client.stream(
                HTTPRequest(target: "/missing"), to: "127.0.0.1", port: server.port, group: group)
            await #expect(throws: HTTPClientError.status(404, "no")) {
                for try await _ in chunks {}
            }
        }
    }

    @Test func aTakenPortIsNamed() async throws {
        try await withServer { server, _ in
            await #expect(throws: HTTPServerError.portTaken(host: "127.0.0.1", port: server.port)) {
                _ = try await HTTPServer.start(group: group, port: server.port, handler: Echo())
            }
        }
    }

    @Test(arguments: [
        "NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "GET / HTTP/9.9\r\n\r\n\u{0}\u{1}",
    ])
    func brokenHTTPIsAnsweredWith400(text: String) async throws {
        try await withServer { server, _ in
            let answer = try await raw(text, port: server.port)
            #expect(answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.0 400"), "\(answer)")
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await withServer { server, _ in
            let post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n"
            let answer = try await raw(
                "\(post)a\(post)bPOST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 1\r\n\r\nc", port: server.port)
            let bodies = answer.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix(1) }
            #expect(bodies == ["a", "b", "c"])
        }
    }

    @Test func expectationsAreAnswered() async throws {
        try await withServer { server, _ in
            let answer = try await raw(
                "POST / HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                port: server.port)
            #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"), "\(answer)")
        }
    }

    /// Sends text and gives all that comes until the server closes.
    private func raw(_ text: String, port: Int) async throws -> String {
        let collector = Collector(promise: group.next().makePromise())
        let channel = try await ClientBootstrap(group: group)
            .channelInitializer { $0.pipeline.addHandler(collector) }
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: text))
        return try await collector.promise.futureResult.get()
    }
}

private final class Collector: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    let promise: EventLoopPromise<String>
    private let text = NIOLockedText()

    init(promise: EventLoopPromise<String>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        text.append(String(buffer: unwrapInboundIn(data)))
    }
    func channelInactive(context: ChannelHandlerContext) { promise.succeed(text.value) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
