import Synchronization
import Telemetry

/// Wakes somebody who waits for news, at the latest when a time is over. A ring that nobody waits for is kept.
final class Doorbell: Sendable {
    private struct State {
        var isRung = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func ring() {
        let sleeper = state.withLock { state in
            state.isRung = state.sleeper == nil
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.resume()
    }

    /// - Returns: whether it rang.
    func wait(atMost limit: Microseconds, _ clock: any LambdaClock) async -> Bool {
        if take() { return true }
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                _ = await clock.sleep(limit)
                return false
            }
            group.addTask { await self.rung() }
            let isRung = await group.next() ?? false
            group.cancelAll()
            return isRung
        }
    }

    private func take() -> Bool {
        state.withLock { state in
            defer { state.isRung = false }
            return state.isRung
        }
    }

    /// - Returns: `false` when the task was cancelled.
    private func rung() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.isRung, !Task.isCancelled else {
                        state.isRung = false
                        return true
                    }
                    state.sleeper = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state in
                defer { state.sleeper = nil }
                return state.sleeper
            }?.resume()
        }
        return !Task.isCancelled
    }
}
