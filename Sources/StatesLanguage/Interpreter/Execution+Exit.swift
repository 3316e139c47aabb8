import JSON
import Telemetry

extension Execution {
    /// Leaves the state with what its data steps gave.
    mutating func exit(_ id: Int, _ output: StateOutput, by transition: Transition) throws(StateFailure) {
        try exit(id, Payload(output.output), assigned: output.assigned, by: transition)
    }

    mutating func exit(
        _ id: Int, _ output: Payload, assigned: JSONObject? = nil, by transition: Transition
    ) throws(StateFailure) {
        let state = strands[id].state
        guard !output.isTooBig else { throw .tooBig(state.name) }
        guard !output.isTooDeep else { throw .tooDeep(state.name) }
        if case .missing(let name) = transition { throw .runtime("There is no state '\(name)'.") }
        emit(state.type.exitedEvent, of: id, Details.exited(state.name, output, assigned))
        if let assigned {
            for (name, value) in assigned { strands[id].variables[name] = value }
        }
        guard case .to(let place) = transition else {
            end(id, output)
            return
        }
        strands[id].place = place
        strands[id].input = output
        strands[id].mapRunARN = nil
        makeReady(id, .entering)
    }

    /// The strand came to its end.
    private mutating func end(_ id: Int, _ output: Payload) {
        guard let container = strands[id].container else {
            emit("ExecutionSucceeded", of: id, Details.output(output.text))
            close(.succeeded, ExecutionOutcome(status: .succeeded, output: output.value))
            return
        }
        endChild(id, of: container, output.value)
    }

    /// Nothing more comes, unless the execution is redriven.
    mutating func close(_ status: ExecutionStatus, _ outcome: ExecutionOutcome) {
        guard !isHistoryFull else { return }
        self.status = status
        ready.clear()
        hasYielded = false
        if let timer = machineTimer { cancelTimer(timer) }
        machineTimer = nil
        actions.append(.end(outcome))
    }
}

extension StateFailure {
    /// - Parameter name: of the state, the service or the resource.
    static func tooBig(_ name: String) -> StateFailure {
        StateFailure(
            StatesError.dataLimitExceeded,
            "The state/task '\(name)' returned a result with a size exceeding the maximum number of bytes service limit.",
            origin: .told)
    }

    /// - Parameter name: of the state, the service or the resource.
    static func tooDeep(_ name: String) -> StateFailure {
        .runtime("The state/task '\(name)' gave a value that is nested deeper than \(JSON.defaultDepth) levels.")
    }
}
