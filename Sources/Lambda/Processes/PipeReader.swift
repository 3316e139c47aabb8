import Glibc
import NIOCore
import NIOPosix

/// The end of a pipe: read when something comes, and at any other moment when it must be known whether something came.
final class PipeReader {
    private let descriptor: Int32
    private var isOpen = true
    private var channel: (any Channel)?
    private var pending: [ByteBuffer] = []
    private let whenRead: () -> Void
    /// So that a process that writes without end does not keep the loop.
    private static let mostAtOnce = 4 * 1024 * 1024

    init(descriptor: Int32, whenRead: @escaping () -> Void) {
        self.descriptor = descriptor
        self.whenRead = whenRead
    }

    func attach(to loop: any EventLoop) {
        let reader = NIOLoopBound(self, eventLoop: loop)
        NIOPipeBootstrap(group: loop)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 64 * 1024))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(PipeHandler(reader: reader.value))
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    reader.value.channel = channel
                    if !reader.value.isOpen { channel.close(promise: nil) }
                case .failure: reader.value.isOpen = false
                }
            }
    }

    fileprivate func read(_ buffer: ByteBuffer) {
        pending.append(buffer)
        whenRead()
    }

    fileprivate func ended() { isOpen = false }

    func close() {
        // The channel owns the descriptor; it is not read here once it may be somebody else's.
        isOpen = false
        channel?.close(promise: nil)
    }

    func take(_ emit: (UnsafeRawBufferPointer) -> Void) {
        let waiting = pending
        pending = []
        for buffer in waiting { buffer.withUnsafeReadableBytes(emit) }
        guard isOpen else { return }
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            var total = 0
            while total < Self.mostAtOnce {
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                total += count
                emit(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
            }
        }
    }
}

private final class PipeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let reader: PipeReader

    init(reader: PipeReader) {
        self.reader = reader
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { reader.read(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { reader.ended() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
