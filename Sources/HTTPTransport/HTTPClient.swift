import Glibc
package import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP/1.1 client that keeps connections open for the next request to the same place.
package final class HTTPClient: Sendable {
    private let group: any EventLoopGroup
    private let bodyLimit: Int
    private let free = Mutex<[Place: [any Channel]]>([:])

    private struct Place: Hashable {
        var host: String
        var port: Int
    }

    /// More connections than this to one place are not kept.
    private static let keptPerPlace = 256

    /// - Parameter bodyLimit: bytes of an answer; a larger one is an error.
    package init(group: any EventLoopGroup, bodyLimit: Int = 64 * 1024 * 1024) {
        self.group = group
        self.bodyLimit = bodyLimit
    }

    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// - Throws: ``HTTPClientError``, or `CancellationError`.
    package func send(
        _ request: HTTPRequest,
        to host: String,
        port: Int,
        timeout: Duration = .seconds(60)
    ) async throws -> HTTPReply {
        if let channel = take(host: host, port: port) {
            do {
                return try await exchange(request, on: channel, host, port, timeout)
            } catch HTTPClientError.closed where !Task.isCancelled {
                // The server closed a kept connection in the meantime; a new one tells whether it still answers.
            }
        }
        let channel = try await connect(host: host, port: port, timeout: timeout)
        return try await exchange(request, on: channel, host, port, timeout)
    }

    /// Closes all connections that wait for another request.
    package func close() {
        let channels = free.withLock { free in
            defer { free = [:] }
            return free.values.flatMap { $0 }
        }
        for channel in channels { channel.close(promise: nil) }
    }

    private func exchange(
        _ request: HTTPRequest, on channel: any Channel, _ host: String, _ port: Int, _ timeout: Duration
    ) async throws -> HTTPReply {
        let promise = channel.eventLoop.makePromise(of: HTTPReply.self)
        channel.eventLoop.execute {
            do {
                let connection = try channel.pipeline.syncOperations.handler(type: ClientConnection.self)
                connection.send(request, host: host, port: port, channel: channel, promise: promise)
            } catch {
                promise.fail(HTTPClientError.closed)
            }
        }
        let expiry = channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) {
            promise.fail(HTTPClientError.timeout(timeout))
            channel.close(promise: nil)
        }
        defer { expiry.cancel() }
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private func connect(host: String, port: Int, timeout: Duration) async throws -> any Channel {
        let bodyLimit = bodyLimit
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(TimeAmount(min(timeout, .seconds(10))))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { [weak self] channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                    try pipeline.addHandler(
                        ClientConnection(bodyLimit: bodyLimit) { [weak self] channel in
                            guard let self else {
                                channel.close(promise: nil)
                                return
                            }
                            self.give(channel, host: host, port: port)
                        })
                }
            }
        do {
            return try await bootstrap.connect(host: host, port: port).get()
        } catch {
            throw HTTPClientError.cannotConnect(host: host, port: port, reason: Self.reason(error))
        }
    }

    static func reason(_ error: any Error) -> String {
        guard let error = error as? NIOConnectionError else { return String(describing: error) }
        guard let first = error.connectionErrors.first else { return "the name \(error.host) is not known" }
        guard let cause = first.error as? IOError else { return String(describing: first.error) }
        return String(cString: strerror(cause.errnoCode))
    }

    private func take(host: String, port: Int) -> (any Channel)? {
        free.withLock { free in
            let place = Place(host: host, port: port)
            while let channel = free[place]?.popLast() {
                if channel.isActive { return channel }
            }
            return nil
        }
    }

    private func give(_ channel: any Channel, host: String, port: Int) {
        let isKept = free.withLock { free in
            let place = Place(host: host, port: port)
            guard free[place, default: []].count < Self.keptPerPlace else { return false }
            free[place, default: []].append(channel)
            return true
        }
        if !isKept { channel.close(promise: nil) }
    }
}
