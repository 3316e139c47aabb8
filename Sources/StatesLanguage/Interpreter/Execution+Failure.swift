import JSON
import Telemetry

extension Execution {
    /// The state that the strand is in failed: it is tried again, the failure is caught, or it goes on outwards.
    ///
    /// - Parameter isOfChild: a branch or an iteration failed.
    mutating func fail(_ id: Int, _ failure: StateFailure, isOfChild: Bool = false) {
        let state = strands[id].state
        let cause = failure.cause(of: state.name, enteredID: strands[id].enteredID)
        if case .evaluation(let field) = failure.origin {
            emitEvaluationFailed(id, state, failure.error, cause, field)
        }
        let told = StateFailure(failure.error, cause, origin: .told)
        if retry(id, state, told) { return }
        let isEvaluation = if case .evaluation = failure.origin { true } else { false }
        let failedEvent = isOfChild || isEvaluation ? state.type.failedEvent : nil
        guard isHandled(id, told) else {
            if failure.origin == .told { emitTaskAborted(id) }
            halt(id, told, failedEvent: failedEvent)
            return
        }
        let before = strands[id].last
        if let failedEvent { emit(failedEvent, of: id) }
        if let index = state.catchers.firstIndex(where: { told.isNamed($0.errors) }) {
            follow(state.catchers[index], at: index, id, told, before: before)
            return
        }
        if failure.origin == .told { emitTaskAborted(id) }
        failContainer(of: id, told)
    }

    /// A task whose failure ends its branch is told as aborted; what comes after follows the failure itself.
    mutating func emitTaskAborted(_ id: Int) {
        guard strands[id].container != nil, strands[id].state.type == .task else { return }
        emit("TaskStateAborted", after: strands[id].last)
    }

    private mutating func emitEvaluationFailed(
        _ id: Int, _ state: StateDefinition, _ error: String?, _ cause: String?, _ field: String?
    ) {
        var details = Details.failure(error, cause)
        if let field { details["location"] = .string(field) }
        details["state"] = .string(state.name)
        // AWS hangs it on the state's entry only where the entry is the end of the line.
        let isFresh = strands[id].last == strands[id].enteredID && state.type != .wait
        let previous = isFresh ? strands[id].enteredPrevious : strands[id].last
        strands[id].last = emit("EvaluationFailed", after: previous, details)
    }

    /// - Returns: whether a retrier takes it.
    private mutating func retry(_ id: Int, _ state: StateDefinition, _ failure: StateFailure) -> Bool {
        guard let place = state.retriers.firstIndex(where: { failure.isNamed($0.errors) }) else { return false }
        let retrier = state.retriers[place]
        if strands[id].attempts.isEmpty { strands[id].attempts = state.retriers.map { _ in 0 } }
        let used = strands[id].attempts[place]
        guard used < retrier.maxAttempts else { return false }
        strands[id].attempts[place] += 1
        strands[id].retryCount += 1
        let pause = retrier.pause(after: used, jitter: retrier.hasFullJitter ? random.fraction() : 1)
        strands[id].phase = .retrying(timer: startTimer(.strand(id), at: now + pause))
        return true
    }

    /// Whether the state, or one around it, retries or catches this failure.
    private func isHandled(_ id: Int, _ failure: StateFailure) -> Bool {
        var current: Int? = id
        while let strand = current {
            let state = strands[strand].state
            if state.catchers.contains(where: { failure.isNamed($0.errors) }) { return true }
            if strand != id, canRetry(strand, state, failure) { return true }
            current = strands[strand].container.map { containers[$0].owner }
        }
        return false
    }

    private func canRetry(_ id: Int, _ state: StateDefinition, _ failure: StateFailure) -> Bool {
        guard let place = state.retriers.firstIndex(where: { failure.isNamed($0.errors) }) else { return false }
        let used = strands[id].attempts.isEmpty ? 0 : strands[id].attempts[place]
        return used < state.retriers[place].maxAttempts
    }

    /// - Parameter before: what the failure of the catcher itself follows.
    private mutating func follow(
        _ catcher: Catcher, at index: Int, _ id: Int, _ failure: StateFailure, before: Int
    ) {
        let errorOutput: JSON = ["Error": .string(failure.error ?? ""), "Cause": .string(failure.detail ?? "")]
        let scope = scope(id)
        do throws(StateFailure) {
            let output = try scope.caught(catcher, at: index, errorOutput: errorOutput)
            finish(scope)
            try exit(id, output, by: catcher.transition)
        } catch {
            finish(scope)
            strands[id].last = before
            failUncaught(id, error)
        }
    }

    /// What a catcher itself does wrong is not for this state's catchers.
    private mutating func failUncaught(_ id: Int, _ failure: StateFailure) {
        let state = strands[id].state
        let cause = failure.cause(of: state.name, enteredID: strands[id].enteredID)
        if case .evaluation(let field) = failure.origin {
            emitEvaluationFailed(id, state, failure.error, cause, field)
        }
        let told = StateFailure(failure.error, cause, origin: .told)
        let owner = strands[id].container.map { containers[$0].owner }
        let failedEvent = if case .evaluation = failure.origin { state.type.failedEvent } else { String?.none }
        guard let owner, isHandledAt(owner, told) else {
            halt(id, told, failedEvent: failedEvent)
            return
        }
        if let failedEvent { emit(failedEvent, of: id) }
        failContainer(of: id, told)
    }

    private func isHandledAt(_ id: Int, _ failure: StateFailure) -> Bool {
        canRetry(id, strands[id].state, failure) || isHandled(id, failure)
    }
}

extension StateFailure {
    /// Whether one of the names of a retrier or catcher means this.
    package func isNamed(_ names: [String]) -> Bool {
        guard error != StatesError.runtime else { return false }
        return names.contains { isNamed($0) }
    }

    private func isNamed(_ name: String) -> Bool {
        switch name {
        case error: true
        case StatesError.all: true
        case StatesError.taskFailed:
            error != StatesError.timeout && error != StatesError.heartbeatTimeout
        case StatesError.timeout: error == StatesError.heartbeatTimeout
        default: false
        }
    }
}

extension Retrier {
    /// - Parameters:
    ///   - used: attempts of this retrier so far.
    ///   - jitter: the part of the pause that is taken, 0 to 1.
    func pause(after used: Int, jitter: Double) -> Microseconds {
        var seconds = Double(intervalSeconds)
        for _ in 0..<min(used, 1000) where seconds < 1e9 { seconds *= backoffRate }
        if let most = maxDelaySeconds { seconds = min(seconds, Double(most)) }
        return Microseconds(Int64(min(max(seconds * jitter, 0), 1e9) * 1_000_000))
    }
}

extension StateType {
    /// Of states with branches or iterations.
    var failedEvent: String? {
        switch self {
        case .parallel: "ParallelStateFailed"
        case .map: "MapStateFailed"
        default: nil
        }
    }
}
