import StepFunctions
import Synchronization
import Telemetry

/// A clock that stands still until it is moved.
final class ManualClock: StatesClock {
    private let state = Mutex(State())

    private struct State {
        var time = Timestamp(milliseconds: 1_700_000_000_000)
        var next = 0
        var waiting: [Int: (time: Timestamp, body: @Sendable () -> Void)] = [:]
    }

    func now() -> Timestamp { state.withLock { $0.time } }

    func schedule(at time: Timestamp, _ body: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let number = state.withLock { state -> Int? in
            guard time > state.time else { return nil }
            state.next += 1
            state.waiting[state.next] = (time, body)
            return state.next
        }
        guard let number else {
            body()
            return {}
        }
        return { [weak self] in _ = self?.state.withLock { $0.waiting.removeValue(forKey: number) } }
    }

    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Does what is due until then, in order.
    func advance(by duration: Microseconds) {
        let end = now() + duration
        while let body = next(before: end) { body() }
        state.withLock { $0.time = end }
    }

    private func next(before end: Timestamp) -> (@Sendable () -> Void)? {
        state.withLock { state in
            let due = state.waiting.filter { $0.value.time <= end }
            guard let first = due.min(by: { ($0.value.time, $0.key) < ($1.value.time, $1.key) }) else { return nil }
            state.waiting[first.key] = nil
            state.time = first.value.time
            return first.value.body
        }
    }
}
