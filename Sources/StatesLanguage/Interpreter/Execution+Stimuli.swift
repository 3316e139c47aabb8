import JSON
import Telemetry

extension Execution {
    mutating func take(_ stimulus: Stimulus) {
        guard status == .running else {
            if stimulus == .redrive { redrive() }
            return
        }
        switch stimulus {
        case .start: start()
        case .resume: hasYielded = false
        case .timerFired(let timer): fire(timer.number)
        case .taskStarted(let task, let worker): taskStarted(task, workerName: worker)
        case .taskNotStarted(let task, let failure): taskNotStarted(task, failure)
        case .taskSubmitted(let task, let output): taskSubmitted(task, output)
        case .taskSubmitFailed(let task, let failure): taskFailed(task, failure, isSubmit: true)
        case .taskSucceeded(let task, let output): taskSucceeded(task, output)
        case .taskFailed(let task, let failure): taskFailed(task, failure)
        case .heartbeat(let task): heartbeat(task)
        case .mapRunStarted(let task, let arn): mapRunStarted(task, arn)
        case .mapRunSucceeded(let task, let output): mapRunSucceeded(task, output)
        case .mapRunFailed(let task, let failure): mapRunFailed(task, failure)
        case .stop(let error, let cause): stop(error: error, cause: cause)
        case .redrive: break
        }
        if isHistoryFull { failHistoryFull() }
    }

    private mutating func start() {
        guard history.isEmpty else { return }
        var details = Details.input(input.text)
        details["roleArn"] = .string(identity.roleARN)
        if let alias = identity.aliasARN { details["stateMachineAliasArn"] = .string(alias) }
        if let version = identity.versionARN { details["stateMachineVersionArn"] = .string(version) }
        emit("ExecutionStarted", after: 0, details)
        startMachineTimer()
        let flow = definition.flow
        guard let place = flow.startIndex else {
            let cause = "There is no state '\(flow.startAt)'."
            emit("ExecutionFailed", after: 0, Details.failure(StatesError.runtime, cause))
            close(.failed, ExecutionOutcome(status: .failed, error: StatesError.runtime, cause: cause))
            return
        }
        let id = add(Strand(flow: flow, place: place, input: input, variables: [:]))
        ready.append(id, strands[id].generation)
    }

    private mutating func startMachineTimer() {
        // An Express execution has five minutes at most.
        let limit = identity.isExpress ? min(definition.timeoutSeconds ?? 300, 300) : definition.timeoutSeconds
        guard let seconds = limit else { return }
        machineTimer = startTimer(.machine, at: now + .seconds(Int64(seconds)))
    }

    /// What was stopped goes on; what succeeded is kept.
    private mutating func redrive() {
        guard status != .succeeded, !strands.isEmpty else { return }
        status = .running
        redriveCount += 1
        redriven = now
        var details = JSONObject()
        details["redriveCount"] = .int(redriveCount)
        let event = emit("ExecutionRedriven", after: history.last?.id ?? 0, details)
        startMachineTimer()
        for id in strands.indices {
            guard case .halted(let isEntered) = strands[id].phase else { continue }
            strands[id].last = event
            strands[id].attempts = []
            strands[id].retryCount = 0
            strands[id].generation += 1
            makeReady(id, isEntered && strands[id].state.type.isTriedAgain ? .attempting : .entering)
        }
    }
}

extension StateType {
    /// A redrive goes on inside the state; others are entered again.
    fileprivate var isTriedAgain: Bool {
        switch self {
        case .task, .map, .parallel: true
        default: false
        }
    }
}
