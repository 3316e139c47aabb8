package import JSON
package import Telemetry

/// An execution of a state machine: takes stimuli, answers with actions, and writes its history. Pure: it has no clock, no
/// randomness and no I/O of its own.
package struct Execution: Sendable {
    package let definition: StateMachineDefinition
    package let identity: ExecutionIdentity
    package internal(set) var status = ExecutionStatus.running
    /// All events so far. Express executions have them as well; they go to the log.
    package internal(set) var history: [HistoryEvent] = []

    let input: Payload
    var random: SeededGenerator
    /// When the stimulus that is being handled came.
    var now: Timestamp
    var actions: [Action] = []

    var strands: [Strand] = []
    var freeStrands: [Int] = []
    var containers: [Container] = []
    var freeContainers: [Int] = []
    var ready = ReadyQueue()
    /// The strand that waits for a task, by the id of the task.
    var tasks: [Int: Int] = [:]
    var timers: [Int: TimerUse] = [:]
    var lastTimer = 0
    var machineTimer: Int?
    /// ``Action/yield`` was given and ``Stimulus/resume`` did not come yet.
    var hasYielded = false
    /// An event was left out because the history is full.
    var isHistoryFull = false
    var redriveCount = 0
    var redriven: Timestamp?

    /// - Parameter seed: of all randomness (jitter, task tokens, `$random()`, `$uuid()`, `States.UUID()`).
    package init(definition: StateMachineDefinition, identity: ExecutionIdentity, input: JSON, seed: UInt64) {
        self.definition = definition
        self.identity = identity
        self.input = Payload(input)
        random = SeededGenerator(seed: seed)
        now = identity.started
    }

    /// - Returns: what to do now, in this order.
    package mutating func handle(_ stimulus: Stimulus, at time: Timestamp) -> [Action] {
        now = time
        take(stimulus)
        if !hasYielded { run() }
        defer { actions = [] }
        return actions
    }
}

/// What `$$.Execution` and `$$.StateMachine` tell.
package struct ExecutionIdentity: Hashable, Sendable {
    package var arn: String
    package var name: String
    package var roleARN: String
    package var started: Timestamp
    package var machineARN: String
    package var machineName: String
    /// `stateMachineVersionArn`, `stateMachineAliasArn` of `ExecutionStarted`.
    package var versionARN: String?
    package var aliasARN: String?
    package var isExpress: Bool
    /// The child of a Map run; `$$.Map.Item` of its item is ``mapItem``.
    package var mapRunARN: String?
    package var mapItem: JSON?

    package init(
        arn: String, name: String, roleARN: String, started: Timestamp, machineARN: String, machineName: String,
        versionARN: String? = nil, aliasARN: String? = nil, isExpress: Bool = false, mapRunARN: String? = nil,
        mapItem: JSON? = nil
    ) {
        self.arn = arn
        self.name = name
        self.roleARN = roleARN
        self.started = started
        self.machineARN = machineARN
        self.machineName = machineName
        self.versionARN = versionARN
        self.aliasARN = aliasARN
        self.isExpress = isExpress
        self.mapRunARN = mapRunARN
        self.mapItem = mapItem
    }
}
