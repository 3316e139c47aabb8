/// What can be done to executions.
package enum ExecutionAction: Hashable, Sendable {
    /// - Parameters:
    ///   - machine: its ARN.
    ///   - input: JSON text.
    case start(machine: String, input: String)
    case stop(String)
    case redrive(String)
}

/// What came of it.
package struct ExecutionOutcome: Hashable, Sendable {
    package var action: ExecutionAction
    /// Of the execution that was started, stopped or redriven.
    package var arn: String?
    /// The endpoint's error; `nil` when all went well.
    package var failure: String?

    package init(action: ExecutionAction, arn: String? = nil, failure: String? = nil) {
        self.action = action
        self.arn = arn
        self.failure = failure
    }
}
