package import Telemetry

/// One function over a window, bucket by bucket: the function's Overview and the lower pane.
package struct FunctionDetail: Hashable, Sendable {
    package var window: TimeWindow
    package var summary: FunctionSummary
    /// Equal spans that fill the window, oldest first.
    package var buckets: [Bucket] = []
    package var heatmap = Heatmap()
    /// The latest that ended or still run, newest first.
    package var latest: [InvocationRecord] = []
    package var environments: [EnvironmentRecord] = []
    /// The metrics that its log holds.
    package var metrics: [MetricRow] = []
    /// Spans in which something was not seen.
    package var gaps: [Gap] = []

    package init(window: TimeWindow, summary: FunctionSummary) {
        self.window = window
        self.summary = summary
    }

    package struct Bucket: Hashable, Sendable {
        package var start: Timestamp
        package var invocations = 0
        package var errors = 0
        package var throttles = 0
        package var coldStarts = 0
        /// The most that ran at once.
        package var concurrency = 0
        package var latency: Percentiles?
        package var maxMemoryUsedMiB = 0

        package init(start: Timestamp) { self.start = start }
    }
}

/// How many invocations took how long, over time.
package struct Heatmap: Hashable, Sendable {
    /// Upper bounds of the rows, shortest first: 1 ms, 2 ms, 4 ms, …
    package var bounds: [Microseconds] = []
    /// `counts[column][row]`; a column is a span of the window.
    package var counts: [[Int]] = []

    package init() {}
}

/// An execution environment as it is now or was at its end.
package struct EnvironmentRecord: Hashable, Sendable {
    package var change: EnvironmentChange
    package var started: Timestamp
    package var ended: Timestamp?
    package var invocations: Int

    package init(change: EnvironmentChange, started: Timestamp, ended: Timestamp? = nil, invocations: Int = 0) {
        self.change = change
        self.started = started
        self.ended = ended
        self.invocations = invocations
    }
}
