import JSON
import StatesLanguage
import Synchronization
import Telemetry

extension ExecutionRunner {
    /// How the execution is now.
    struct Facts: Sendable {
        var status: ExecutionStatus
        var outcome: ExecutionOutcome?
        var stopped: Timestamp?
        var redriveCount: Int
        var redriven: Timestamp?
        var eventCount: Int
    }

    var facts: Facts {
        state.withLock { state in
            Facts(
                status: state.status, outcome: state.outcome, stopped: state.stopped,
                redriveCount: state.redriveCount, redriven: state.redriven,
                eventCount: state.execution?.history.count ?? state.history.count)
        }
    }

    /// All events; those of an archived execution are made again from what it was told.
    func history() async -> [HistoryEvent] {
        let kept = state.withLock { state -> [HistoryEvent]? in
            if let execution = state.execution { return execution.history }
            return state.isArchived ? nil : state.history
        }
        if let kept { return kept }
        return await replayed().history
    }

    /// The execution as it was, from its record and what it was told.
    func replayed() async -> Execution {
        var execution = record.makeExecution()
        for entry in await world.journal.entries(arn) { _ = execution.handle(entry.stimulus, at: entry.time) }
        return execution
    }

    /// Lets go of the history of an execution that has ended.
    func archive() {
        state.withLock { state in
            state.execution = nil
            state.history = []
            state.isArchived = true
        }
    }
}

extension Stimulus {
    /// The task that it is about.
    var taskID: TaskID? {
        switch self {
        case .taskStarted(let id, _), .taskNotStarted(let id, _), .taskSubmitted(let id, _),
            .taskSubmitFailed(let id, _), .taskSucceeded(let id, _), .taskFailed(let id, _), .heartbeat(let id),
            .mapRunStarted(let id, _), .mapRunSucceeded(let id, _), .mapRunFailed(let id, _):
            id
        case .start, .resume, .timerFired, .stop, .redrive: nil
        }
    }

    /// Nothing more is to be expected of the task.
    var endsTask: Bool {
        switch self {
        case .taskNotStarted, .taskSubmitFailed, .taskSucceeded, .taskFailed, .mapRunSucceeded, .mapRunFailed: true
        default: false
        }
    }
}
