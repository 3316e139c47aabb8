package import Telemetry

/// One table over a window, bucket by bucket.
package struct TableDetail: Hashable, Sendable {
    package var window: TimeWindow
    package var summary: TableSummary
    /// Equal spans that fill the window, oldest first.
    package var buckets: [Bucket] = []
    /// The busiest first.
    package var operations: [Operation] = []
    /// The event source mappings that read its stream.
    package var stories: [EventSourceStory] = []
    /// Spans in which something was not seen.
    package var gaps: [Gap] = []

    package init(window: TimeWindow, summary: TableSummary) {
        self.window = window
        self.summary = summary
    }

    package struct Bucket: Hashable, Sendable {
        package var start: Timestamp
        package var reads = 0
        package var writes = 0
        package var readUnits = 0.0
        package var writeUnits = 0.0
        package var throttles = 0
        package var conditionalFailures = 0
        package var errors = 0
        package var readLatency: Percentiles?
        package var writeLatency: Percentiles?

        package init(start: Timestamp) { self.start = start }
    }

    /// What one operation did on the table or one of its indexes.
    package struct Operation: Hashable, Sendable {
        package var name: String
        package var index: String?
        package var calls = 0
        package var items = 0
        package var readUnits = 0.0
        package var writeUnits = 0.0
        package var throttles = 0
        package var conditionalFailures = 0
        package var errors = 0
        package var latency: Percentiles?

        package init(name: String, index: String? = nil) {
            self.name = name
            self.index = index
        }
    }
}

/// A call that touched a table, with who made it.
package struct TableCall: Hashable, Sendable {
    package var time: Timestamp
    package var call: ServiceCall
    /// `nil` where no invocation that is kept made it.
    package var function: String?
    package var invocation: RequestID?
    /// Where a state of an execution made it by itself.
    package var execution: ExecutionPlace?

    package init(
        time: Timestamp, call: ServiceCall, function: String? = nil, invocation: RequestID? = nil,
        execution: ExecutionPlace? = nil
    ) {
        self.time = time
        self.call = call
        self.function = function
        self.invocation = invocation
        self.execution = execution
    }
}
