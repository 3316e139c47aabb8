package import Telemetry

/// All of an execution.
package struct ExecutionDetail: Hashable, Sendable {
    package var start: ExecutionStart
    package var startTime: Timestamp
    package var end: ExecutionEnd?
    package var endTime: Timestamp?
    /// So far.
    package var events: HistoryEvents
    package var progress: HistoryProgress
    /// Event → the invocation behind it.
    package var invocations: [Int: RequestID]
    /// The history left because a cap was reached.
    package var isHistoryGone: Bool
    /// Events are missing: they were not seen.
    package var hasHoles: Bool

    package var status: ExecutionStatus { end?.status ?? .running }
    package var machineName: String { start.machineARN.machineName }

    init(_ record: ExecutionRecord) {
        start = record.start
        startTime = record.startTime
        end = record.end
        endTime = record.endTime
        events = record.events
        progress = record.progress
        invocations = record.invocations
        isHistoryGone = record.isShed
        hasHoles = record.hasHoles
    }

    /// The invocation of an attempt: that of its last or its first event.
    package func invocation(of attempt: StateAttempt) -> RequestID? {
        let last = attempt.endEvent ?? attempt.scheduledEvent
        return invocations[last] ?? invocations[attempt.scheduledEvent]
    }

    /// Compares what grows by its length: histories only ever get longer.
    package static func == (left: ExecutionDetail, right: ExecutionDetail) -> Bool {
        left.start == right.start && left.startTime == right.startTime && left.end == right.end
            && left.endTime == right.endTime && left.events.count == right.events.count
            && left.invocations.count == right.invocations.count && left.isHistoryGone == right.isHistoryGone
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(start.arn)
        hasher.combine(events.count)
    }
}

/// The execution and state that an invocation was made for.
package struct ExecutionPlace: Hashable, Sendable {
    package var arn: String
    package var execution: String
    package var machine: String
    /// The event of the task.
    package var event: Int
    package var state: String?

    package init(arn: String, execution: String, machine: String, event: Int, state: String?) {
        self.arn = arn
        self.execution = execution
        self.machine = machine
        self.event = event
        self.state = state
    }
}

/// What the top line and the palette say of executions.
package struct ExecutionOverview: Hashable, Sendable {
    package var running = 0
    package var machines: [StateMachineDescription] = []
    /// The latest, newest first.
    package var recent: [ExecutionRow] = []

    package init() {}
}
