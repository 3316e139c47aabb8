package import JSON
package import Telemetry

/// What happens to the data of one state, step by step: the same code that runs executions, looked at from outside.
package struct StateInspection: Hashable, Sendable {
    /// In the order they happen; up to the failure where there is one.
    package var steps: [Step] = []
    /// As the execution would fail with it; `cause` without the place (``StateFailure/cause(of:enteredID:)``).
    package var failure: StateFailure?
    /// What a retrier or catcher makes of the failure.
    package var handling: Handling?
    /// The rules of a Choice up to the one that matched.
    package var rules: [RuleEvaluation] = []
    /// Of the rule that matched; `nil` when the default was taken or the state is no Choice.
    package var matchedRule: Int?
    /// The state that follows; `nil` at an end.
    package var next: String?

    package struct Step: Hashable, Sendable {
        package var kind: Kind
        package var value: JSON

        /// Named as `InspectionData` of TestState names them where it does.
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            case input
            case afterInputPath
            case afterParameters
            case afterArguments
            case afterItemsPath
            case afterItems
            case afterItemSelector
            case result
            case afterResultSelector
            case afterResultPath
            case errorOutput
            /// An object of names and values.
            case assigned
            case output
        }
    }

    package enum Handling: Hashable, Sendable {
        /// The place in `Retry`, and the pause before the next attempt, without jitter.
        case retried(index: Int, pause: Microseconds)
        /// The place in `Catch`.
        case caught(index: Int)
    }

    package struct RuleEvaluation: Hashable, Sendable {
        package var index: Int
        package var next: String
        package var isMatch: Bool
        /// What was compared, as far as it was needed.
        package var observations: [ChoiceObservation]
    }

    package subscript(kind: Step.Kind) -> JSON? { steps.first { $0.kind == kind }?.value }
    package var output: JSON? { self[.output] }
}

/// What a state is looked at with.
package struct InspectionSubject: Sendable {
    package var state: StateDefinition
    /// The state's input as it came.
    package var input: JSON
    /// The context object.
    package var context: JSON
    package var variables: [String: JSON]
    package var told: Told
    package var now: Timestamp
    package var seed: UInt64
    /// Attempts used up, by retrier; none when empty.
    package var attempts: [Int]

    /// What the task, the branches or the iterations came to.
    package enum Told: Hashable, Sendable {
        /// Not known: the inspection ends where it would be needed.
        case nothing
        case result(JSON)
        case failure(TaskFailure)
    }

    package init(
        state: StateDefinition, input: JSON, context: JSON = .object(JSONObject()), variables: [String: JSON] = [:],
        told: Told = .nothing, now: Timestamp, seed: UInt64 = 0, attempts: [Int] = []
    ) {
        self.state = state
        self.input = input
        self.context = context
        self.variables = variables
        self.told = told
        self.now = now
        self.seed = seed
        self.attempts = attempts
    }
}
