/// A state machine as it is now.
package struct StateMachineDescription: Hashable, Sendable {
    package var arn: String
    package var name: String
    /// `STANDARD` or `EXPRESS`.
    package var type: String
    /// The text in the Amazon States Language.
    package var definition: String

    package init(arn: String, name: String, type: String, definition: String) {
        self.arn = arn
        self.name = name
        self.type = type
        self.definition = definition
    }
}

/// An execution began, or was redriven.
package struct ExecutionStart: Hashable, Sendable {
    package var arn: String
    package var name: String
    /// Of the machine, without version or alias.
    package var machineARN: String
    /// The definition that this execution runs: machines change while executions go on.
    package var definition: String
    /// `STANDARD` or `EXPRESS`.
    package var type: String
    /// JSON text.
    package var input: String
    /// What started it, as a person would name it: `StartExecution`, `POST /order`, the ARN of the parent execution.
    package var trigger: String
    /// With this execution's own segment: what it calls belongs to segments that are derived of that by the number of an event.
    package var traceHeader: String
    /// The segment of who started it; empty where a trace begins.
    package var parentID: String
    /// The Map run that this is a child of.
    package var mapRunARN: String?
    /// How often it was redriven.
    package var redriveCount: Int

    package init(
        arn: String, name: String, machineARN: String, definition: String, type: String, input: String,
        trigger: String = "", traceHeader: String = "", parentID: String = "", mapRunARN: String? = nil,
        redriveCount: Int = 0
    ) {
        self.arn = arn
        self.name = name
        self.machineARN = machineARN
        self.definition = definition
        self.type = type
        self.input = input
        self.trigger = trigger
        self.traceHeader = traceHeader
        self.parentID = parentID
        self.mapRunARN = mapRunARN
        self.redriveCount = redriveCount
    }
}

/// How an execution ended.
package struct ExecutionEnd: Hashable, Sendable {
    package var arn: String
    package var status: ExecutionStatus
    /// JSON text; only of those that succeeded.
    package var output: String?
    package var error: String?
    package var cause: String?

    package init(
        arn: String, status: ExecutionStatus, output: String? = nil, error: String? = nil, cause: String? = nil
    ) {
        self.arn = arn
        self.status = status
        self.output = output
        self.error = error
        self.cause = cause
    }
}

/// As AWS names them (botocore, `ExecutionStatus`).
package enum ExecutionStatus: String, Hashable, Sendable, CaseIterable {
    case running = "RUNNING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case timedOut = "TIMED_OUT"
    case aborted = "ABORTED"
    case pendingRedrive = "PENDING_REDRIVE"
}

/// Further events of an execution's history, in order.
package struct ExecutionHistory: Hashable, Sendable {
    package var arn: String
    package var events: [HistoryEvent]
    /// The invocation behind a task's event: event id → the function's request id, where it is known.
    package var invocations: [Int: RequestID]

    package init(arn: String, events: [HistoryEvent], invocations: [Int: RequestID] = [:]) {
        self.arn = arn
        self.events = events
        self.invocations = invocations
    }
}
