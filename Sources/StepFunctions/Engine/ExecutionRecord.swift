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
    /// Goes on with the trace of who started it, with this execution's own segment.
    var traceHeader: String
    /// The segment of who started it.
    var traceParent = ""
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

    /// What a task passes on: its attempt is a segment of its own.
    func traceHeader(of task: TaskID) -> String {
        let own = TraceHeader(traceHeader)
        guard !own.root.isEmpty else { return "" }
        return own.passed(on: TraceHeader.segment(of: task.eventID, in: own.parent)).text
    }

    func makeExecution() -> Execution {
        Execution(definition: definition, identity: identity, input: input, seed: seed)
    }

    var telemetry: ExecutionStart {
        ExecutionStart(
            arn: arn, name: identity.name, machineARN: identity.machineARN, definition: definitionText,
            type: type.rawValue, input: inputText, trigger: trigger, traceHeader: traceHeader, parentID: traceParent,
            mapRunARN: identity.mapRunARN)
    }
}
