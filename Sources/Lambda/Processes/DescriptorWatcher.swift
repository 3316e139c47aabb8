import CProcess
import NIOPosix
import Synchronization

/// Says when descriptors have something to read, on one thread for all; reading is for who asked.
///
/// NIO's own channels will not do: they must be the only ones that read a descriptor, and what a function has written
/// must be read the moment it answers.
final class DescriptorWatcher: Sendable {
    static let shared = DescriptorWatcher()

    private struct State {
        var actions: [UInt64: @Sendable (UInt64) -> Void] = [:]
        var last: UInt64 = 0
        var isRunning = false
    }

    private let state = Mutex(State())
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let watch = cp_watch_open()

    private init() {}

    /// Calls `action`, on the watcher's thread, once for each time the descriptor is armed; it is armed from the start.
    ///
    /// - Returns: a token for ``arm(_:_:)`` and ``remove(_:_:)``.
    @discardableResult
    func add(_ descriptor: Int32, action: @escaping @Sendable (UInt64) -> Void) -> UInt64 {
        let (token, isFirst) = state.withLock { state in
            state.last += 1
            state.actions[state.last] = action
            defer { state.isRunning = true }
            return (state.last, !state.isRunning)
        }
        cp_watch_add(watch, descriptor, token)
        if isFirst {
            pool.start()
            pool.submit { _ in self.run() }
        }
        return token
    }

    func arm(_ descriptor: Int32, _ token: UInt64) { cp_watch_arm(watch, descriptor, token) }

    /// Before the descriptor is closed.
    func remove(_ descriptor: Int32, _ token: UInt64) {
        state.withLock { _ = $0.actions.removeValue(forKey: token) }
        cp_watch_remove(watch, descriptor)
    }

    private func run() {
        var tokens = [UInt64](repeating: 0, count: 64)
        while true {
            let count = cp_watch_wait(watch, &tokens, Int32(tokens.count))
            guard count > 0 else { continue }
            for token in tokens.prefix(Int(count)) {
                let action = state.withLock { $0.actions[token] }
                action?(token)
            }
        }
    }
}
