import JSON
import Telemetry

extension Execution {
    /// Stops all children and gives the container back.
    mutating func abortChildren(of container: Int) {
        for child in containers[container].children {
            if let child { abort(child) }
        }
        free(container)
    }

    private mutating func abort(_ id: Int) {
        let phase = strands[id].phase
        if case .container(let inner) = phase { abortChildren(of: inner) }
        emitAborted(id)
        release(id)
        emitIterationAborted(id)
        remove(id)
    }

    private mutating func emitIterationAborted(_ id: Int) {
        guard let container = strands[id].container, containers[container].isMap else { return }
        let name = strands[containers[container].owner].state.name
        emit(
            "MapIterationAborted", after: strands[id].last, Details.iteration(name, strands[id].placeInContainer))
    }

    private mutating func emitAborted(_ id: Int) {
        switch strands[id].phase {
        case .waiting, .retrying, .task, .container, .mapRun:
            guard let event = strands[id].state.type.abortedEvent else { return }
            emit(event, of: id)
        default: break
        }
    }

    /// Lets go of the task or timer that the strand waits for.
    private mutating func release(_ id: Int) {
        switch strands[id].phase {
        case .waiting(let timer), .retrying(let timer): cancelTimer(timer)
        case .task(let run):
            tasks[run.id] = nil
            if let timer = run.timeoutTimer { cancelTimer(timer) }
            if let timer = run.heartbeatTimer { cancelTimer(timer) }
            actions.append(.cancelTask(TaskID(eventID: run.id)))
        case .mapRun(let task):
            tasks[task] = nil
            actions.append(.cancelMapRun(TaskID(eventID: task)))
        default: break
        }
    }

    /// Nobody takes the failure: the execution fails. What ran is kept, so that a redrive can go on from here.
    mutating func halt(_ id: Int, _ failure: StateFailure, failedEvent: String?) {
        if let failedEvent { emit(failedEvent, of: id) }
        var last = strands[id].last
        strands[id].phase = .halted(isEntered: true)
        // States.Runtime ends the execution where it is; what is around tells nothing.
        let isQuiet = failure.error == StatesError.runtime
        if isQuiet { haltAll(but: id) }
        var current = id
        while !isQuiet, let container = strands[current].container {
            let owner = containers[container].owner
            let isMap = containers[container].isMap
            if isMap {
                let place = strands[current].placeInContainer
                emit("MapIterationFailed", after: last, Details.iteration(strands[owner].state.name, place))
            }
            haltChildren(of: container, but: current, isLoud: true)
            last = emit(isMap ? "MapStateFailed" : "ParallelStateFailed", after: last)
            strands[owner].last = last
            current = owner
        }
        emit("ExecutionFailed", after: last, Details.failure(failure.error, failure.detail))
        close(
            .failed, ExecutionOutcome(status: .failed, error: failure.error.nonEmpty, cause: failure.detail.nonEmpty))
    }

    private mutating func haltAll(but failed: Int) {
        var current = failed
        while let container = strands[current].container {
            haltChildren(of: container, but: current, isLoud: false)
            current = containers[container].owner
        }
    }

    private mutating func haltChildren(of container: Int, but failed: Int?, isLoud: Bool) {
        for child in containers[container].children {
            if let child, child != failed { halt(child, isLoud: isLoud) }
        }
    }

    /// - Parameter isLoud: writes `…Aborted` events.
    private mutating func halt(_ id: Int, isLoud: Bool) {
        if case .container(let inner) = strands[id].phase {
            haltChildren(of: inner, but: nil, isLoud: isLoud)
            if isLoud { emitAborted(id) }
        } else {
            if isLoud { emitAborted(id) }
            release(id)
            let isEntered = if case .entering = strands[id].phase { false } else { true }
            strands[id].phase = .halted(isEntered: isEntered)
        }
        strands[id].generation += 1
        if isLoud { emitIterationAborted(id) }
    }

    /// `StopExecution`.
    mutating func stop(error: String?, cause: String?) {
        let last = haltAll(isLoud: true)
        emit("ExecutionAborted", after: last, Details.failure(error, cause))
        close(.aborted, ExecutionOutcome(status: .aborted, error: error, cause: cause))
    }

    /// The machine's `TimeoutSeconds` are over.
    mutating func timeOut() {
        let last = haltAll(isLoud: false)
        emit("ExecutionTimedOut", after: last)
        close(.timedOut, ExecutionOutcome(status: .timedOut))
    }

    private mutating func haltAll(isLoud: Bool) -> Int {
        guard !strands.isEmpty else { return 0 }
        halt(0, isLoud: isLoud)
        return history.last?.id ?? 0
    }

    mutating func failHistoryFull() {
        isHistoryFull = false
        let cause = "The execution reached the maximum number of history events (\(Self.historyLimit))."
        if !strands.isEmpty {
            halt(0, isLoud: false)
        }
        let event = HistoryEvent(
            id: history.count + 1, previousID: history.count, time: now, type: "ExecutionFailed",
            details: Details.failure(StatesError.runtime, cause))
        history.append(event)
        close(.failed, ExecutionOutcome(status: .failed, error: StatesError.runtime, cause: cause))
    }
}

extension StateType {
    var abortedEvent: String? {
        switch self {
        case .task: "TaskStateAborted"
        case .wait: "WaitStateAborted"
        case .parallel: "ParallelStateAborted"
        case .map: "MapStateAborted"
        default: nil
        }
    }
}

extension String? {
    var nonEmpty: String? { self?.isEmpty == true ? nil : self }
}
