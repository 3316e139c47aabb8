import NIOCore
import NIOPosix

/// The port where the X-Ray SDKs leave their segments: UDP, at the number of the endpoint.
final class XRayDaemon: Sendable {
    private let channel: any Channel

    private init(_ channel: any Channel) { self.channel = channel }

    /// - Returns: `nil` when somebody else has the port: SDKs then lose their segments, and nothing else.
    static func start(
        group: any EventLoopGroup, port: Int, take: @escaping @Sendable ([UInt8]) -> Void
    ) async -> XRayDaemon? {
        let bootstrap = DatagramBootstrap(group: group).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(DatagramReader(take: take))
            }
        }
        guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else { return nil }
        return XRayDaemon(channel)
    }

    func stop() async { try? await channel.close() }
}

private final class DatagramReader: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let take: @Sendable ([UInt8]) -> Void

    init(take: @escaping @Sendable ([UInt8]) -> Void) { self.take = take }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(Array(unwrapInboundIn(data).data.readableBytesView))
    }
}
