import Synchronization
import Telemetry

@testable import Lambda

/// A clock that stands still until a test lets the next sleeper wake.
final class ManualClock: LambdaClock {
    private struct Sleeper {
        var end: Timestamp
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var time = Timestamp(milliseconds: 1_700_000_000_000)
        var last = 0
        var sleepers: [Int: Sleeper] = [:]
        /// Numbers of those that were cancelled before they slept.
        var cancelled: Set<Int> = []
        var test: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func now() -> Timestamp { state.withLock { $0.time } }

    func sleep(_ duration: Microseconds) async -> Bool {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isCancelled, test) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
                    guard state.cancelled.remove(number) == nil else { return (true, nil) }
                    state.sleepers[number] = Sleeper(end: state.time + duration, continuation: continuation)
                    defer { state.test = nil }
                    return (false, state.test)
                }
                if isCancelled { continuation.resume(returning: false) }
                test?.resume()
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                let sleeper = state.sleepers.removeValue(forKey: number)
                if sleeper == nil { state.cancelled.insert(number) }
                return sleeper
            }
            sleeper?.continuation.resume(returning: false)
        }
    }

    /// Waits until somebody sleeps, and moves the time to the end of the shortest sleep.
    func wakeNext() async {
        await withCheckedContinuation { continuation in
            let isSomebodyThere = state.withLock { state in
                guard state.sleepers.isEmpty else { return true }
                state.test = continuation
                return false
            }
            if isSomebodyThere { continuation.resume() }
        }
        let sleeper = state.withLock { state -> Sleeper? in
            guard let first = state.sleepers.min(by: { ($0.value.end, $0.key) < ($1.value.end, $1.key) }) else {
                return nil
            }
            state.sleepers[first.key] = nil
            state.time = max(state.time, first.value.end)
            return first.value
        }
        sleeper?.continuation.resume(returning: true)
    }

    func advance(by duration: Microseconds) { state.withLock { $0.time = $0.time + duration } }
}
