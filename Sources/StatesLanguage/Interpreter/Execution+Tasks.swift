import JSON
import Telemetry

extension Execution {
    mutating func startTask(_ id: Int, _ state: StateDefinition, _ task: TaskDefinition) throws(StateFailure) {
        let token = makeToken()
        let scope = scope(id, token: task.resource.givesToken ? token : nil)
        defer { finish(scope) }
        let effective = try scope.apply(state.inputPath, to: scope.input)
        let parameters = Payload(try scope.arguments(of: state, effective: effective))
        guard !parameters.isTooBig else { throw .tooBig(task.resource.name) }
        guard !parameters.isTooDeep else { throw .tooDeep(task.resource.name) }
        let timeout = try task.timeout.map { field throws(StateFailure) in
            try scope.count(field, "TimeoutSeconds", in: effective)
        }
        let heartbeat = try task.heartbeat.map { field throws(StateFailure) in
            try scope.count(field, "HeartbeatSeconds", in: effective)
        }
        let credentials = try task.credentials.map { template throws(StateFailure) in
            try scope.credentials(template, effective)
        }
        let request = TaskRequest(
            id: TaskID(eventID: 0), stateName: state.name, resource: task.resource, parameters: parameters.value,
            token: token, timeout: timeout, heartbeat: heartbeat, credentials: credentials,
            retryCount: strands[id].retryCount)
        schedule(id, request, text: parameters.text)
    }

    private mutating func schedule(_ id: Int, _ request: TaskRequest, text: String) {
        emit(
            request.resource.scheduledEvent, of: id,
            request.scheduledDetails(text: text, region: Self.region(of: identity.machineARN)))
        var request = request
        let event = strands[id].last
        request.id = TaskID(eventID: event)
        tasks[event] = id
        var run = TaskRun(id: event, heartbeat: request.resource.needsHeartbeat ? request.heartbeat : nil)
        actions.append(.runTask(request))
        if let timeout = request.timeout {
            run.timeoutTimer = startTimer(.timeout(id), at: now + .seconds(Int64(timeout)))
        }
        strands[id].phase = .task(run)
        if case .integration = request.resource { startHeartbeat(id) }
    }

    /// Unique in the world where the seed is.
    private mutating func makeToken() -> String {
        var token = "AQ"
        for _ in 0..<4 {
            let word = String(random.next(), radix: 36)
            token += String(repeating: "0", count: 13 - word.utf8.count) + word
        }
        return token
    }

    private static func region(of arn: String) -> String {
        let parts = arn.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        return parts.count > 3 ? String(parts[3]) : ""
    }

    /// Begins the time in which a heartbeat must come.
    private mutating func startHeartbeat(_ id: Int) {
        guard case .task(var run) = strands[id].phase, let heartbeat = run.heartbeat else { return }
        if let timer = run.heartbeatTimer { cancelTimer(timer) }
        run.heartbeatTimer = startTimer(.heartbeat(id), at: now + .seconds(Int64(heartbeat)))
        strands[id].phase = .task(run)
    }

    /// The strand that waits for this task.
    private func strand(of task: TaskID) -> Int? {
        guard let id = tasks[task.eventID], case .task = strands[id].phase else { return nil }
        return id
    }

    private mutating func endRun(_ id: Int) {
        guard case .task(let run) = strands[id].phase else { return }
        tasks[run.id] = nil
        if let timer = run.timeoutTimer { cancelTimer(timer) }
        if let timer = run.heartbeatTimer { cancelTimer(timer) }
        strands[id].phase = .attempting
    }

    mutating func taskStarted(_ task: TaskID, workerName: String?) {
        guard let id = strand(of: task), case .task(var run) = strands[id].phase, !run.isStarted,
            let resource = strands[id].state.task?.resource
        else { return }
        run.isStarted = true
        strands[id].phase = .task(run)
        emit(resource.event("Started"), of: id, resource.startedDetails(workerName: workerName))
        if case .activity = resource { startHeartbeat(id) }
    }

    mutating func taskNotStarted(_ task: TaskID, _ failure: TaskFailure) {
        guard let id = strand(of: task), let resource = strands[id].state.task?.resource else { return }
        endRun(id)
        guard failure.error != StatesError.runtime else {
            fail(id, .runtime(failure.cause))
            return
        }
        emit(resource.notStartedEvent, of: id, resource.details(Details.failure(failure.error, failure.cause)))
        fail(id, StateFailure(failure.error, failure.cause, origin: .told))
    }

    mutating func taskSubmitted(_ task: TaskID, _ output: JSON) {
        taskStarted(task, workerName: nil)
        guard let id = strand(of: task), let resource = strands[id].state.task?.resource else { return }
        emit("TaskSubmitted", of: id, resource.details(Details.output(output.text)))
        startHeartbeat(id)
    }

    mutating func taskSucceeded(_ task: TaskID, _ output: JSON) {
        guard let id = strand(of: task), let resource = strands[id].state.task?.resource else { return }
        startIfNeeded(id, task, resource)
        let payload = Payload(output)
        if payload.isTooBig {
            let failure = StateFailure.tooBig(resource.name)
            taskFailed(task, TaskFailure(failure.error ?? "", failure.detail ?? ""))
            return
        }
        endRun(id)
        emit(resource.event("Succeeded"), of: id, resource.details(Details.output(payload.text)))
        leave(id, with: output)
    }

    /// Out of a Task, Parallel or Map state that has its result.
    mutating func leave(_ id: Int, with result: JSON) {
        let state = strands[id].state
        let scope = scope(id)
        do throws(StateFailure) {
            let output = try scope.output(of: state, result: result)
            finish(scope)
            try exit(id, output, by: state.transition)
        } catch {
            finish(scope)
            fail(id, error)
        }
    }

    mutating func taskFailed(_ task: TaskID, _ failure: TaskFailure, isSubmit: Bool = false) {
        guard let id = strand(of: task), let resource = strands[id].state.task?.resource else { return }
        startIfNeeded(id, task, resource)
        endRun(id)
        let event = isSubmit ? "TaskSubmitFailed" : resource.event("Failed")
        emit(event, of: id, resource.details(Details.failure(failure.error, failure.cause)))
        fail(id, StateFailure(failure.error, failure.cause, origin: .told))
    }

    /// An activity is started by its worker alone; all else runs once it was handed over.
    private mutating func startIfNeeded(_ id: Int, _ task: TaskID, _ resource: TaskResource) {
        if case .activity = resource { return }
        taskStarted(task, workerName: nil)
    }

    mutating func heartbeat(_ task: TaskID) {
        guard let id = strand(of: task) else { return }
        startHeartbeat(id)
    }

    mutating func timeOutTask(_ id: Int, _ error: String, firedBy timer: Int) {
        guard case .task(let run) = strands[id].phase, run.timeoutTimer == timer || run.heartbeatTimer == timer,
            let resource = strands[id].state.task?.resource
        else { return }
        actions.append(.cancelTask(TaskID(eventID: run.id)))
        endRun(id)
        emit(resource.event("TimedOut"), of: id, resource.details(Details.failure(error, nil)))
        fail(id, StateFailure(error, nil, origin: .told))
    }
}

extension EvaluationScope {
    func credentials(_ template: PayloadTemplate, _ effective: JSON) throws(StateFailure) -> JSON {
        switch language {
        case .jsonPath: try fill(template, with: effective, field: "Credentials")
        case .jsonata: try evaluate(template, with: StatesObject(), field: "Credentials")
        }
    }
}
