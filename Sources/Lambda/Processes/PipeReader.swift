import Glibc
import NIOCore

/// The end of a pipe: read when something comes, and at any other moment when it must be known whether something came.
///
/// Lives on an event loop, and owns its descriptor.
final class PipeReader {
    private let descriptor: Int32
    private var isOpen = true
    /// The watcher will say when there is more.
    private var isArmed = true
    private var token: UInt64 = 0
    /// So that a process that writes without end does not keep the loop.
    private static let mostAtOnce = 4 * 1024 * 1024

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Parameter whenRead: called on the loop; it should ``take(_:)`` what is there.
    func watch(on loop: any EventLoop, _ whenRead: @escaping () -> Void) {
        let reader = NIOLoopBound((self, whenRead), eventLoop: loop)
        token = DescriptorWatcher.shared.add(descriptor) { _ in
            loop.execute {
                let (reader, whenRead) = reader.value
                guard reader.isOpen else { return }
                reader.isArmed = false
                whenRead()
            }
        }
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        DescriptorWatcher.shared.remove(descriptor, token)
        Glibc.close(descriptor)
    }

    func take(_ emit: (UnsafeRawBufferPointer) -> Void) {
        guard isOpen else { return }
        let isAtEnd = withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            var total = 0
            while total < Self.mostAtOnce {
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count == 0 }
                total += count
                emit(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
                // Less than asked for is all there was; what came since then is announced.
                guard count == buffer.count else { return false }
            }
            return false
        }
        guard !isAtEnd else {
            close()
            return
        }
        guard !isArmed else { return }
        isArmed = true
        DescriptorWatcher.shared.arm(descriptor, token)
    }
}
