package import JSON

/// What the world tells an execution. The same stimuli at the same times always lead to the same history: they are what is
/// written down to bring an execution back.
package enum Stimulus: Hashable, Sendable {
    /// The first of every execution.
    case start
    /// Go on after ``Action/yield``.
    case resume
    case timerFired(TimerID)
    /// The worker has the task (`TaskStarted`, `LambdaFunctionStarted`, `ActivityStarted`).
    case taskStarted(TaskID, workerName: String?)
    /// The task could not be handed over (`TaskStartFailed`, `LambdaFunctionScheduleFailed`, …).
    case taskNotStarted(TaskID, TaskFailure)
    /// The integrated service took the request and the answer comes later (`TaskSubmitted`; `.sync` and `.waitForTaskToken`).
    case taskSubmitted(TaskID, output: JSON)
    case taskSubmitFailed(TaskID, TaskFailure)
    case taskSucceeded(TaskID, output: JSON)
    case taskFailed(TaskID, TaskFailure)
    /// `SendTaskHeartbeat`: the heartbeat's time begins anew.
    case heartbeat(TaskID)
    case mapRunStarted(TaskID, mapRunARN: String)
    case mapRunSucceeded(TaskID, output: JSON)
    case mapRunFailed(TaskID, TaskFailure)
    /// `StopExecution`.
    case stop(error: String?, cause: String?)
    /// `RedriveExecution`: what failed is run again, what succeeded is kept.
    case redrive
}

package struct TaskFailure: Error, Hashable, Sendable {
    package var error: String
    package var cause: String

    package init(_ error: String, _ cause: String = "") {
        self.error = error
        self.cause = cause
    }
}

/// Names a task of an execution: the id of its `TaskScheduled` (`LambdaFunctionScheduled`, `MapRunStarted`, …) event.
package struct TaskID: Hashable, Sendable {
    package let eventID: Int
    package init(eventID: Int) { self.eventID = eventID }
}

package struct TimerID: Hashable, Sendable {
    package let number: Int
    package init(number: Int) { self.number = number }
}
