import Glibc
package import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 server on one address.
package final class HTTPServer: Sendable {
    package let host: String
    /// Where it listens, also when it was asked for port 0.
    package let port: Int
    private let channel: any Channel
    private let shared: Shared

    private init(host: String, port: Int, channel: any Channel, shared: Shared) {
        self.host = host
        self.port = port
        self.channel = channel
        self.shared = shared
    }

    /// - Throws: ``HTTPServerError``.
    package static func start(
        group: any EventLoopGroup,
        host: String = "127.0.0.1",
        port: Int = 0,
        limits: HTTPLimits = HTTPLimits(),
        handler: any HTTPHandler
    ) async throws -> HTTPServer {
        try await start(
            group: group, host: host, port: port, limits: limits, responder: TaskResponder(handler: handler))
    }

    /// - Throws: ``HTTPServerError``.
    package static func start(
        group: any EventLoopGroup,
        host: String = "127.0.0.1",
        port: Int = 0,
        limits: HTTPLimits = HTTPLimits(),
        responder: any HTTPResponder
    ) async throws -> HTTPServer {
        let shared = Shared(limits: limits, responder: responder)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: true)
                    try pipeline.addHandler(ServerConnection(server: shared))
                }
            }
        do {
            let channel = try await bootstrap.bind(host: host, port: port).get()
            return HTTPServer(
                host: host, port: channel.localAddress?.port ?? port, channel: channel, shared: shared)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw HTTPServerError.portTaken(host: host, port: port)
        } catch let error as IOError where error.errnoCode == EACCES {
            throw HTTPServerError.notAllowed(host: host, port: port)
        } catch {
            throw HTTPServerError.cannotListen(host: host, port: port, reason: String(describing: error))
        }
    }

    /// Stops accepting, lets requests at work finish, and closes what is left after `limit`.
    package func shutdown(within limit: Duration) async {
        shared.stop()
        try? await channel.close().get()
        for connection in shared.connections {
            connection.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        let deadline = ContinuousClock.now + limit
        while !shared.connections.isEmpty, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(5))
            if Task.isCancelled { break }
        }
        for connection in shared.connections { connection.close(promise: nil) }
    }
}

extension HTTPServer {
    /// What the connections of a server have in common.
    final class Shared: Sendable {
        let limits: HTTPLimits
        let responder: any HTTPResponder
        private let open = Mutex<[ObjectIdentifier: any Channel]>([:])
        private let stopping = Atomic<Bool>(false)

        init(limits: HTTPLimits, responder: any HTTPResponder) {
            self.limits = limits
            self.responder = responder
        }

        var isStopping: Bool { stopping.load(ordering: .relaxed) }
        var connections: [any Channel] { open.withLock { Array($0.values) } }

        func stop() { stopping.store(true, ordering: .relaxed) }

        /// - Returns: whether there is room for it.
        func opened(_ channel: any Channel) -> Bool {
            open.withLock { open in
                open[ObjectIdentifier(channel)] = channel
                return open.count <= limits.connections
            }
        }

        func closed(_ channel: any Channel) {
            open.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
        }
    }
}

/// Runs a handler in a task for each request, on the event loop of its connection.
private final class TaskResponder: HTTPResponder {
    private let handler: any HTTPHandler
    private let executors = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

    init(handler: any HTTPHandler) { self.handler = handler }

    func respond(to request: HTTPRequest, in exchange: HTTPExchange) {
        let handler = handler
        let task = Task(executorPreference: executor(exchange.eventLoop)) {
            exchange.answer(await handler.respond(to: request))
        }
        exchange.whenGone { task.cancel() }
    }

    private func executor(_ loop: any EventLoop) -> LoopExecutor {
        executors.withLock { executors in
            if let executor = executors[ObjectIdentifier(loop)] { return executor }
            let executor = LoopExecutor(loop)
            executors[ObjectIdentifier(loop)] = executor
            return executor
        }
    }
}
