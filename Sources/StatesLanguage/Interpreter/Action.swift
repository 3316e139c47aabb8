package import JSON
package import Telemetry

/// What an execution asks of the world.
package enum Action: Hashable, Sendable {
    case runTask(TaskRequest)
    /// Its answers are of no interest any more: the state timed out, its branch was cancelled, or the execution ended.
    case cancelTask(TaskID)
    case startTimer(TimerID, at: Timestamp)
    case cancelTimer(TimerID)
    case startMapRun(MapRunRequest)
    case cancelMapRun(TaskID)
    /// There is more to do at once; the turn is given back so that others can run. Answer with ``Stimulus/resume``.
    case yield
    case end(ExecutionOutcome)
}

/// A task that is to be done: a function, an activity, or an integrated service.
package struct TaskRequest: Hashable, Sendable {
    package var id: TaskID
    package var stateName: String
    /// As the definition has it: `arn:aws:states:::dynamodb:putItem`, `arn:aws:lambda:…:function:f`.
    package var resource: TaskResource
    /// The effective parameters (JSONPath `Parameters`, JSONata `Arguments`), or the effective input.
    package var parameters: JSON
    /// Goes into the parameters of `.waitForTaskToken` by `$$.Task.Token`; unique in the world.
    package var token: String
    /// Seconds; for activities and callbacks, so that the worker can be told.
    package var timeout: Int?
    package var heartbeat: Int?
    /// Role that the task assumes, of `Credentials`.
    package var credentials: JSON?
    /// 0 for the first attempt of the state.
    package var retryCount: Int

    package init(
        id: TaskID, stateName: String, resource: TaskResource, parameters: JSON, token: String, timeout: Int? = nil,
        heartbeat: Int? = nil, credentials: JSON? = nil, retryCount: Int = 0
    ) {
        self.retryCount = retryCount
        self.id = id
        self.stateName = stateName
        self.resource = resource
        self.parameters = parameters
        self.token = token
        self.timeout = timeout
        self.heartbeat = heartbeat
        self.credentials = credentials
    }
}

/// What a Task state's `Resource` names.
package enum TaskResource: Hashable, Sendable {
    case lambda(functionARN: String)
    case activity(arn: String)
    /// `arn:aws:states:::SERVICE:OPERATION[.PATTERN]`; the service may be `aws-sdk:sfn`.
    case integration(service: String, operation: String, pattern: IntegrationPattern, arn: String)
}

package enum IntegrationPattern: String, Hashable, Sendable {
    case requestResponse = ""
    case sync = "sync"
    case sync2 = "sync:2"
    case waitForTaskToken = "waitForTaskToken"
}

/// A distributed Map: the service reads the items, starts child executions and gathers their results.
package struct MapRunRequest: Hashable, Sendable {
    package var id: TaskID
    package var stateName: String
    /// `Label` of the state, or one made from its name.
    package var label: String
    /// The items, where they come from the state's input.
    package var items: [JSON]?
    /// `ItemReader`, with its `Parameters`/`Arguments` evaluated: `{Resource, ReaderConfig, Parameters}`.
    package var itemReader: JSON?
    /// Makes a child's item of index and value, with the parent's input, context and variables: see ``MapItemSelector``.
    package var itemSelector: MapItemSelector?
    /// `{MaxItemsPerBatch, MaxInputBytesPerBatch, BatchInput}`, evaluated.
    package var itemBatcher: JSON?
    package var resultWriter: JSON?
    /// Of the children: `STANDARD` or `EXPRESS`.
    package var executionType: String
    /// A whole definition for the children.
    package var processor: StateMachineDefinition
    /// 0 is without limit.
    package var maxConcurrency: Int
    package var toleratedFailureCount: Int
    package var toleratedFailurePercentage: Double
    /// Set when a redrive goes on with an earlier run.
    package var redriven: Bool

    package init(
        id: TaskID, stateName: String, label: String, items: [JSON]?, itemReader: JSON?, itemSelector: MapItemSelector?,
        itemBatcher: JSON?, resultWriter: JSON?, executionType: String, processor: StateMachineDefinition,
        maxConcurrency: Int, toleratedFailureCount: Int, toleratedFailurePercentage: Double, redriven: Bool
    ) {
        self.id = id
        self.stateName = stateName
        self.label = label
        self.items = items
        self.itemReader = itemReader
        self.itemSelector = itemSelector
        self.itemBatcher = itemBatcher
        self.resultWriter = resultWriter
        self.executionType = executionType
        self.processor = processor
        self.maxConcurrency = maxConcurrency
        self.toleratedFailureCount = toleratedFailureCount
        self.toleratedFailurePercentage = toleratedFailurePercentage
        self.redriven = redriven
    }
}

package struct ExecutionOutcome: Hashable, Sendable {
    package var status: ExecutionStatus
    package var output: JSON?
    package var error: String?
    package var cause: String?

    package init(status: ExecutionStatus, output: JSON? = nil, error: String? = nil, cause: String? = nil) {
        self.status = status
        self.output = output
        self.error = error
        self.cause = cause
    }
}
