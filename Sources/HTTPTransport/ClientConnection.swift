import AWSCore
import NIOCore
import NIOHTTP1

/// The client's end of a connection: one request at a time.
final class ClientConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private var waiting: EventLoopPromise<HTTPReply>?
    private var reply = HTTPReply(status: 0)
    private var isKeptAlive = true
    private let bodyLimit: Int
    private let whenFree: (any Channel) -> Void

    init(bodyLimit: Int, whenFree: @escaping (any Channel) -> Void) {
        self.bodyLimit = bodyLimit
        self.whenFree = whenFree
    }

    func send(
        _ request: HTTPRequest, host: String, port: Int, channel: any Channel, promise: EventLoopPromise<HTTPReply>
    ) {
        waiting = promise
        reply = HTTPReply(status: 0)
        let pipeline = channel.pipeline.syncOperations
        pipeline.write(NIOAny(HTTPClientRequestPart.head(request.head(host: host, port: port))), promise: nil)
        if !request.body.isEmpty {
            let body = IOData.byteBuffer(ByteBuffer(bytes: request.body))
            pipeline.write(NIOAny(HTTPClientRequestPart.body(body)), promise: nil)
        }
        pipeline.writeAndFlush(NIOAny(HTTPClientRequestPart.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            reply.status = Int(head.status.code)
            reply.headers = AWSCore.HTTPHeaders(head.headers.map { ($0.name, $0.value) })
            isKeptAlive = head.isKeepAlive
        case .body(let buffer):
            guard reply.body.count + buffer.readableBytes <= bodyLimit else {
                fail(HTTPClientError.answerTooLarge(limit: bodyLimit), context)
                return
            }
            buffer.withUnsafeReadableBytes { reply.body.append(contentsOf: $0) }
        case .end: finish(context)
        }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard !(100..<200).contains(reply.status) else { return }
        let promise = waiting
        waiting = nil
        let reply = reply
        self.reply = HTTPReply(status: 0)
        if isKeptAlive { whenFree(context.channel) } else { context.close(promise: nil) }
        promise?.succeed(reply)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(HTTPClientError.closed, context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(HTTPClientError.malformedAnswer(String(describing: error)), context)
    }

    private func fail(_ error: HTTPClientError, _ context: ChannelHandlerContext) {
        let promise = waiting
        waiting = nil
        context.close(promise: nil)
        promise?.fail(error)
    }
}

extension HTTPRequest {
    func head(host: String, port: Int) -> HTTPRequestHead {
        var fields = NIOHTTP1.HTTPHeaders(headers.fields.map { ($0.name, $0.value) })
        if !fields.contains(name: "host") { fields.add(name: "Host", value: "\(host):\(port)") }
        fields.remove(name: "content-length")
        fields.remove(name: "transfer-encoding")
        if !body.isEmpty || !["GET", "HEAD", "DELETE"].contains(method) {
            fields.add(name: "Content-Length", value: String(body.count))
        }
        return HTTPRequestHead(version: .http1_1, method: .init(rawValue: method), uri: target, headers: fields)
    }
}
