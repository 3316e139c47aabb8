import AWSCore
import DequeModule
import StatesLanguage
import Synchronization

/// The tokens that workers outside answer with.
final class TaskTokens: Sendable {
    private let state = Mutex(State())
    /// Tokens of tasks that are over are known for a while, so that a late worker is told so.
    fileprivate static let remembered = 100_000

    fileprivate struct State {
        var open: [String: Holder] = [:]
        var byExecution: [String: Set<String>] = [:]
        var over: Set<String> = []
        var oldest: Deque<String> = []
    }

    struct Holder: Sendable {
        var runner: ExecutionRunner
        var task: TaskID
    }

    func insert(_ token: String, _ holder: Holder) {
        state.withLock { state in
            state.open[token] = holder
            state.byExecution[holder.runner.arn, default: []].insert(token)
        }
    }

    func close(_ token: String) {
        state.withLock { state in
            guard let holder = state.open[token] else { return }
            state.close(token)
            state.byExecution[holder.runner.arn]?.remove(token)
        }
    }

    /// The execution ended: none of its tasks can be answered any more.
    func remove(_ arn: String) {
        state.withLock { state in
            for token in state.byExecution.removeValue(forKey: arn) ?? [] { state.close(token) }
        }
    }

    /// - Parameter closes: whether the answer is the last one.
    /// - Throws: `TaskTimedOut` when the task is over, `InvalidToken` when there never was one.
    func take(_ token: String, closes: Bool) throws(ServiceError) -> Holder {
        let result: Result<Holder, ServiceError> = state.withLock { state in
            if let holder = state.open[token] {
                if closes {
                    state.close(token)
                    state.byExecution[holder.runner.arn]?.remove(token)
                }
                return .success(holder)
            }
            return .failure(state.over.contains(token) ? Self.over : .invalidToken)
        }
        return try result.get()
    }

    private static let over = ServiceError(
        "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
}

extension TaskTokens.State {
    fileprivate mutating func close(_ token: String) {
        open[token] = nil
        guard over.insert(token).inserted else { return }
        oldest.append(token)
        if oldest.count > TaskTokens.remembered, let first = oldest.popFirst() { over.remove(first) }
    }
}
