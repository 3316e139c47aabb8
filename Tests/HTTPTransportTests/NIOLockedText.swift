import Synchronization

/// Text that is put together on one thread and read on another.
final class NIOLockedText: Sendable {
    private let text = Mutex("")

    func append(_ more: String) { text.withLock { $0 += more } }
    var value: String { text.withLock { $0 } }
}
