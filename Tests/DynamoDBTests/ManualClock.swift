import Synchronization
import Telemetry

@testable import DynamoDB

/// A clock that tests move.
final class ManualClock: TableClock {
    private struct State {
        var now = Timestamp(milliseconds: 1_800_000_000_000)
        var waiting: [(time: Timestamp, body: @Sendable () -> Void)] = []
    }

    private let state = Mutex(State())

    func now() -> Timestamp { state.withLock { $0.now } }

    func schedule(after delay: Microseconds, _ body: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        state.withLock { state in state.waiting.append((state.now + delay, body)) }
        return {}
    }

    func advance(_ step: Microseconds) {
        let due = state.withLock { state in
            state.now = state.now + step
            let due = state.waiting.filter { $0.time <= state.now }
            state.waiting.removeAll { $0.time <= state.now }
            return due
        }
        for entry in due { entry.body() }
    }
}
