import Synchronization

/// Waits for work until a time limit, and no longer: the work goes on without anybody waiting for it.
enum Deadline {
    /// - Returns: what the work gave, or `late`.
    static func race<Value: Sendable>(
        milliseconds: Int, late: Value, _ work: @escaping @Sendable () async -> Value
    ) async -> Value {
        let race = Race<Value>()
        let timer = Task {
            // Cancelled when the work came first.
            guard (try? await Task.sleep(for: .milliseconds(milliseconds))) != nil else { return }
            race.finish(late)
        }
        Task { race.finish(await work()) }
        return await withTaskCancellationHandler {
            let value = await race.value
            timer.cancel()
            return value
        } onCancel: {
            timer.cancel()
            race.finish(late)
        }
    }
}

/// The first of several values; later ones are dropped.
private final class Race<Value: Sendable>: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<Value, Never>)
        case finished(Value)
    }

    private let state = Mutex(State.open)

    func finish(_ value: Value) {
        let waiting = state.withLock { state -> CheckedContinuation<Value, Never>? in
            if case .finished = state { return nil }
            defer { state = .finished(value) }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
        waiting?.resume(returning: value)
    }

    /// Awaited by one.
    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let known = state.withLock { state -> Value? in
                    if case .finished(let value) = state { return value }
                    state = .waiting(continuation)
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        }
    }
}
