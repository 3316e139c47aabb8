import Telemetry

/// What the rules look at.
struct LintFacts: Sendable {
    var window: TimeWindow
    /// The part of the window in which something could be seen.
    var observed: Microseconds
    var functions: [FunctionLintFacts] = []
    var machines: [MachineLintFacts] = []
    var eventSources: [EventSourceStory] = []
}

/// One function over the window; the counts beside the summary's are of the newest invocations only.
struct FunctionLintFacts: Sendable {
    var summary: FunctionSummary
    var timeouts = InvocationTally()
    var outOfMemory = InvocationTally()
    /// Events of asynchronous invocations that were tried again, and those that failed for good.
    var retriedEvents = InvocationTally()
    var exhaustedEvents = InvocationTally()
    /// Successes that logged an error, of ``successes``.
    var swallowed = InvocationTally()
    var successes = 0
    /// The beginning of such an error line.
    var swallowedLine = ""
    var floods = InvocationTally()
    /// The most lines of one invocation.
    var mostLines = 0

    init(summary: FunctionSummary) { self.summary = summary }

    var name: String { summary.function.name }

    /// What is configured is known; a function that was only seen running has defaults there.
    var isDescribed: Bool { !summary.function.arn.isEmpty || !summary.function.runtime.isEmpty }
}

/// How many invocations there were, and the newest of them.
struct InvocationTally: Sendable {
    private(set) var count = 0
    private(set) var newest: RequestID?

    /// Newest first.
    mutating func note(_ id: RequestID) {
        count += 1
        newest = newest ?? id
    }
}

/// One state machine over the window: its newest executions.
struct MachineLintFacts: Sendable {
    var arn: String
    var name: String
    /// Those that ended.
    var ended = 0
    /// By error, or by how they ended when there was none.
    var failures: [String: Failure] = [:]
    /// How many executions tried something again so often that it is no exception.
    var retrying = 0
    var mostRetries: Peak?
    var mostVisits: Peak?

    struct Failure: Sendable {
        var count = 0
        /// The newest execution.
        var execution = ""
        /// The state that failed.
        var state: String?
    }

    /// The execution and state that had the most of something.
    struct Peak: Sendable {
        var execution: String
        var executionName: String
        var state: String
        var count: Int
    }

    init(arn: String, name: String) {
        self.arn = arn
        self.name = name
    }
}
