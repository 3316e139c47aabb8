import StatesLanguage
import Telemetry

/// What an execution was waiting for when the runtime stopped.
struct Outstanding: Sendable {
    var tasks: [TaskID: (request: TaskRequest, point: ResumePoint)] = [:]
    var mapRuns: [TaskID: (request: MapRunRequest, point: ResumePoint)] = [:]
    var timers: [TimerID: Timestamp] = [:]
    var hasYielded = false
    var outcome: ExecutionOutcome?
    var redriveCount = 0
    var redriven: Timestamp?
    var invocations: [Int: RequestID] = [:]

    /// Brings an execution to where it was.
    mutating func replay(_ entries: [JournalEntry], into execution: inout Execution) {
        for entry in entries {
            note(entry)
            for action in execution.handle(entry.stimulus, at: entry.time) { note(action) }
        }
    }

    private mutating func note(_ entry: JournalEntry) {
        if let id = entry.stimulus.taskID {
            if let invocation = entry.invocation { invocations[id.eventID] = invocation }
            if entry.stimulus.endsTask {
                tasks[id] = nil
                mapRuns[id] = nil
            }
        }
        switch entry.stimulus {
        case .taskStarted(let id, _): tasks[id]?.point = .started
        case .taskSubmitted(let id, let output): tasks[id]?.point = .submitted(output)
        case .mapRunStarted(let id, _): mapRuns[id]?.point = .started
        case .timerFired(let timer): timers[timer] = nil
        case .resume: hasYielded = false
        case .redrive:
            outcome = nil
            redriveCount += 1
            redriven = entry.time
        default: break
        }
    }

    private mutating func note(_ action: Action) {
        switch action {
        case .runTask(let request): tasks[request.id] = (request, .fresh)
        case .cancelTask(let id): tasks[id] = nil
        case .startMapRun(let request): mapRuns[request.id] = (request, .fresh)
        case .cancelMapRun(let id): mapRuns[id] = nil
        case .startTimer(let id, let time): timers[id] = time
        case .cancelTimer(let id): timers[id] = nil
        case .yield: hasYielded = true
        case .end(let outcome):
            self.outcome = outcome
            tasks = [:]
            mapRuns = [:]
            timers = [:]
        }
    }
}
