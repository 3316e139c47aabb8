import AWSCore
import NIOCore
import NIOHTTP1

/// One connection of a client: puts requests together, hands them on one at a time, writes the answers.
final class ServerConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = Never
    typealias OutboundIn = Never
    typealias OutboundOut = HTTPServerResponsePart

    private let server: HTTPServer.Shared
    private var context: ChannelHandlerContext?
    private var remoteAddress = ""
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isRefusing = false
    private var exchange: HTTPExchange?
    private var streaming: Task<Void, Never>?
    private var lastActivity = NIODeadline.now()
    private var idleCheck: Scheduled<Void>?

    init(server: HTTPServer.Shared) {
        self.server = server
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        remoteAddress = Self.text(of: context.remoteAddress)
        guard server.opened(context.channel) else {
            refuse(503, "too many connections", context)
            return
        }
        checkIdle(after: server.limits.idle)
    }

    func channelInactive(context: ChannelHandlerContext) {
        server.closed(context.channel)
        idleCheck?.cancel()
        streaming?.cancel()
        exchange?.clientIsGone()
        exchange = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefusing else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let buffer): append(buffer, context)
        case .end: finish(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    // MARK: Requests

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        lastActivity = .now()
        let size = head.headers.reduce(head.uri.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        guard size <= server.limits.headers, head.headers.count <= server.limits.headerCount else {
            refuse(431, "the header fields are too large", context)
            return
        }
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard length <= server.limits.body else {
            refuse(413, "the body is larger than \(server.limits.body) bytes", context)
            return
        }
        self.head = head
        body = []
        body.reserveCapacity(min(length, 1024 * 1024))
        if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
            let proceed = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(proceed)), promise: nil)
        }
    }

    private func append(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        lastActivity = .now()
        guard body.count + buffer.readableBytes <= server.limits.body else {
            refuse(413, "the body is larger than \(server.limits.body) bytes", context)
            return
        }
        buffer.withUnsafeReadableBytes { body.append(contentsOf: $0) }
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let request = HTTPRequest(
            method: head.method.rawValue,
            target: head.uri,
            headers: AWSCore.HTTPHeaders(head.headers.map { ($0.name, $0.value) }),
            body: body,
            remoteAddress: remoteAddress
        )
        body = []
        let exchange = HTTPExchange(
            connection: NIOLoopBound(self, eventLoop: context.eventLoop),
            eventLoop: context.eventLoop
        )
        self.exchange = exchange
        server.responder.respond(to: request, in: exchange)
    }

    /// Answers at once and closes, however much is still to come.
    private func refuse(_ status: Int, _ reason: String, _ context: ChannelHandlerContext) {
        isRefusing = true
        head = nil
        body = []
        let response = HTTPResponse(
            status: status,
            headers: ["Content-Type": "application/json"],
            bytes: Array("{\"message\":\"\(reason)\"}".utf8)
        )
        write(response.headers, status: status, length: 0, close: true, context)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            // Closing while the client still sends would reset the connection and lose the answer.
            channel.close(mode: .output, promise: nil)
            channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        }
    }

    // MARK: Answers

    func answer(_ response: HTTPResponse, to exchange: HTTPExchange) {
        guard let context, self.exchange === exchange, let head else { return }
        self.exchange = nil
        self.head = nil
        let isLast = !head.isKeepAlive || server.isStopping
        switch response.body {
        case .bytes(let bytes):
            write(response.headers, status: response.status, length: bytes.count, close: isLast, context)
            if !bytes.isEmpty, head.method != .HEAD {
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
            }
            end(isLast, context)
        case .stream(let chunks):
            write(response.headers, status: response.status, length: nil, close: isLast, context)
            context.flush()
            stream(chunks, isLast, context)
        }
    }

    private func end(_ isLast: Bool, _ context: ChannelHandlerContext) {
        lastActivity = .now()
        guard isLast else {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            return
        }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }

    private func stream(_ chunks: AsyncStream<[UInt8]>, _ isLast: Bool, _ context: ChannelHandlerContext) {
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let channel = context.channel
        streaming = Task {
            for await chunk in chunks where !chunk.isEmpty {
                let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: chunk)))
                guard (try? await channel.writeAndFlush(part)) != nil else { return }
            }
            guard !Task.isCancelled else { return }
            channel.eventLoop.execute {
                guard let context = connection.value.context else { return }
                connection.value.streaming = nil
                connection.value.end(isLast, context)
            }
        }
    }

    /// - Parameter length: `nil` for a body in chunks.
    private func write(
        _ headers: AWSCore.HTTPHeaders,
        status: Int,
        length: Int?,
        close: Bool,
        _ context: ChannelHandlerContext
    ) {
        var fields = NIOHTTP1.HTTPHeaders()
        fields.reserveCapacity(headers.fields.count + 2)
        for field in headers.fields where !Self.isFraming(field.name) && Self.isClean(field) {
            fields.add(name: field.name, value: field.value)
        }
        if let length, status != 204, status != 304 { fields.add(name: "Content-Length", value: String(length)) }
        if close { fields.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    /// How a message is delimited is decided here alone.
    private static func isFraming(_ name: String) -> Bool {
        ["content-length", "transfer-encoding", "connection"].contains(name.lowercased())
    }

    /// A line break in a field would begin a field, or an answer, of someone else's making.
    private static func isClean(_ field: AWSCore.HTTPHeaders.Field) -> Bool {
        !field.name.isEmpty && !field.name.utf8.contains { $0 <= 0x20 || $0 == 0x3A || $0 == 0x7F }
            && !field.value.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 }
    }

    // MARK: Idleness

    private func checkIdle(after delay: Duration) {
        guard let context else { return }
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        idleCheck = context.eventLoop.scheduleTask(in: TimeAmount(delay)) { connection.value.closeIfIdle() }
    }

    private func closeIfIdle() {
        guard let context else { return }
        let rest = server.limits.idle - Duration(NIODeadline.now() - lastActivity)
        guard rest <= .milliseconds(1), exchange == nil, streaming == nil else {
            checkIdle(after: max(rest, .seconds(1)))
            return
        }
        context.close(promise: nil)
    }

    private static func text(of address: SocketAddress?) -> String {
        guard let address, let host = address.ipAddress else { return "" }
        return "\(host):\(address.port ?? 0)"
    }
}
