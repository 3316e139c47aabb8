import JSON
import StatesLanguage

/// Which states of a definition use which variables, as `DescribeStateMachine` tells it.
enum VariableReferences {
    /// - Returns: `nil` when no state uses one.
    static func json(_ definition: StateMachineDefinition) -> JSON? { nil }
}
