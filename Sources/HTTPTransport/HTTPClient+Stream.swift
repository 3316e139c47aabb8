package import NIOCore
import NIOHTTP1
import NIOPosix

extension HTTPClient {
    /// Sends a request whose answer may never end, and gives its body as it comes.
    ///
    /// No more is read than is taken: a slow reader slows the server. Leaving the loop closes the connection.
    ///
    /// - Throws: ``HTTPClientError``, from the stream: `status` for anything but 200.
    package func stream(
        _ request: HTTPRequest,
        to host: String,
        port: Int,
        group: any EventLoopGroup
    ) -> AsyncThrowingStream<[UInt8], any Error> {
        let source = StreamSource(request: request, host: host, port: port, group: group)
        return AsyncThrowingStream { try await source.next() }
    }
}

/// Connects on the first demand; closes when nobody holds it any longer.
private final class StreamSource: Sendable {
    private let mailbox = ByteMailbox()
    private let request: HTTPRequest
    private let host: String
    private let port: Int
    private let group: any EventLoopGroup

    init(request: HTTPRequest, host: String, port: Int, group: any EventLoopGroup) {
        self.request = request
        self.host = host
        self.port = port
        self.group = group
    }

    deinit { mailbox.close() }

    func next() async throws -> [UInt8]? {
        if mailbox.begin() {
            do {
                mailbox.attach(try await connect())
            } catch {
                mailbox.close()
                throw HTTPClientError.cannotConnect(host: host, port: port, reason: HTTPClient.reason(error))
            }
        }
        let mailbox = mailbox
        return try await withTaskCancellationHandler {
            try await mailbox.next()
        } onCancel: {
            mailbox.close()
        }
    }

    private func connect() async throws -> any Channel {
        let mailbox = mailbox
        let channel = try await ClientBootstrap(group: group)
            .connectTimeout(.seconds(10))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                    try channel.pipeline.syncOperations.addHandler(StreamConnection(mailbox: mailbox))
                }
            }
            .connect(host: host, port: port).get()
        channel.write(HTTPClientRequestPart.head(request.head(host: host, port: port)), promise: nil)
        if !request.body.isEmpty {
            let body = IOData.byteBuffer(ByteBuffer(bytes: request.body))
            channel.write(HTTPClientRequestPart.body(body), promise: nil)
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        return channel
    }
}

/// Puts the body of an answer into a mailbox.
private final class StreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let mailbox: ByteMailbox
    private var refusal: (status: Int, text: [UInt8])?

    init(mailbox: ByteMailbox) {
        self.mailbox = mailbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if head.status.code != 200 { refusal = (Int(head.status.code), []) }
        case .body(let buffer):
            guard refusal == nil else {
                refusal?.text.append(contentsOf: buffer.readableBytesView.prefix(1024))
                return
            }
            mailbox.put(Array(buffer.readableBytesView))
        case .end:
            end(nil)
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if mailbox.wantsMore { context.read() }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) { end(HTTPClientError.closed) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(HTTPClientError.malformedAnswer(String(describing: error)))
        context.close(promise: nil)
    }

    private func end(_ error: HTTPClientError?) {
        guard let refusal else {
            mailbox.finish(error)
            return
        }
        mailbox.finish(.status(refusal.status, String(decoding: refusal.text.prefix(1024), as: UTF8.self)))
    }
}
