/// Why a state failed.
package struct StateFailure: Error, Hashable, Sendable {
    package var error: String?
    /// What to say; ``cause(of:enteredID:)`` puts the place before it where the failure is the state's own.
    package var detail: String?
    package var origin: Origin

    package enum Origin: Hashable, Sendable {
        /// Paths, templates, intrinsic functions.
        case processing
        /// A JSONata field: `Output/name`; `nil` where it is none.
        case evaluation(field: String?)
        /// Told by a task, a Fail state or a branch: the cause stands as it is.
        case told
    }

    package init(_ error: String?, _ detail: String?, origin: Origin) {
        self.error = error
        self.detail = detail
        self.origin = origin
    }

    /// `States.Runtime`: cannot be retried or caught.
    static func runtime(_ detail: String) -> StateFailure {
        StateFailure(StatesError.runtime, detail, origin: .processing)
    }

    static func query(_ detail: String, field: String?) -> StateFailure {
        StateFailure(StatesError.queryEvaluation, detail, origin: .evaluation(field: field))
    }

    /// - Parameter enteredID: the id of the state's `…StateEntered` event.
    package func cause(of state: String, enteredID: Int) -> String? {
        guard let detail, origin != .told else { return detail }
        return
            "An error occurred while executing the state '\(state)' (entered at the event id #\(enteredID)). \(detail)"
    }
}

/// Names of errors that the language itself gives.
package enum StatesError {
    package static let all = "States.ALL"
    package static let dataLimitExceeded = "States.DataLimitExceeded"
    package static let heartbeatTimeout = "States.HeartbeatTimeout"
    package static let queryEvaluation = "States.QueryEvaluationError"
    package static let resultPathMatchFailure = "States.ResultPathMatchFailure"
    package static let runtime = "States.Runtime"
    package static let taskFailed = "States.TaskFailed"
    package static let timeout = "States.Timeout"
}
