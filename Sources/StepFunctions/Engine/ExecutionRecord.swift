import JSON
import StatesLanguage
import Telemetry

/// All that is decided when an execution starts, and never changes.
struct ExecutionRecord: Sendable {
    var identity: ExecutionIdentity
    var type: MachineType
    /// As the machine's client sent it.
    var definitionText: String
    var definition: StateMachineDefinition
    var revisionID: String?
    var revisionUpdated: Timestamp
    var logging: LoggingConfiguration
    var isTraced: Bool
    /// As the caller sent it.
    var inputText: String
    var input: JSON
    var seed: UInt64
    /// In which order executions were started, from 1 on.
    var number: Int
    var trigger: String
    /// What the caller gave with `StartExecution`.
    var givenTrace: String?
    /// Given to all that the execution calls.
    var traceHeader: String
    var region: String
    /// How many items a child of a Map run has; 0 for others.
    var itemCount = 0
    /// Of the children of a Map run.
    var label: String?
    /// The execution that started this one and waits for it.
    var parentARN: String?
    /// The test case of the mock configuration.
    var testCase: String?

    var arn: String { identity.arn }
    var isExpress: Bool { type == .express }

    func makeExecution() -> Execution {
        Execution(definition: definition, identity: identity, input: input, seed: seed)
    }

    var telemetry: ExecutionStart {
        ExecutionStart(
            arn: arn, name: identity.name, machineARN: identity.machineARN, definition: definitionText,
            type: type.rawValue, input: inputText, trigger: trigger, traceHeader: traceHeader,
            mapRunARN: identity.mapRunARN)
    }
}
