import DequeModule
import Synchronization
import Telemetry

/// How many functions workflows run at the same time: a local machine must not start a thousand processes at once.
///
/// One more is let by whenever nobody came through for a while, so that functions that wait for other workflows never
/// wait for ever.
final class InvocationGate: Sendable {
    private let state = Mutex(State())
    private let limit: Int
    private let clock: any StatesClock
    static let patience = Microseconds.milliseconds(250)

    private struct State {
        var running = 0
        var waiting: Deque<CheckedContinuation<Void, Never>> = []
        /// Grows whenever someone is let by; a timer of an older number has nothing to do.
        var turn = 0
    }

    init(limit: Int, clock: any StatesClock) {
        self.limit = limit
        self.clock = clock
    }

    /// Returns when a function may run; ``leave()`` must follow.
    func enter() async {
        let mayRun = state.withLock { state in
            guard state.running < limit, state.waiting.isEmpty else { return false }
            state.running += 1
            return true
        }
        guard !mayRun else { return }
        await withCheckedContinuation { continuation in
            let (isFree, turn) = state.withLock { state -> (Bool, Int?) in
                if state.running < limit, state.waiting.isEmpty {
                    state.running += 1
                    return (true, nil)
                }
                state.waiting.append(continuation)
                return (false, state.waiting.count == 1 ? state.turn : nil)
            }
            if isFree { continuation.resume() }
            if let turn { watch(turn) }
        }
    }

    func leave() {
        let (next, turn) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Int?) in
            state.running -= 1
            guard state.running < limit, let next = state.waiting.popFirst() else { return (nil, nil) }
            state.running += 1
            state.turn += 1
            return (next, state.waiting.isEmpty ? nil : state.turn)
        }
        next?.resume()
        if let turn { watch(turn) }
    }

    private func watch(_ turn: Int) {
        _ = clock.schedule(at: clock.now() + Self.patience) { [weak self] in self?.letBy(turn) }
    }

    private func letBy(_ turn: Int) {
        let (next, following) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Int?) in
            guard state.turn == turn, let next = state.waiting.popFirst() else { return (nil, nil) }
            state.running += 1
            state.turn += 1
            return (next, state.waiting.isEmpty ? nil : state.turn)
        }
        next?.resume()
        if let following { watch(following) }
    }
}
