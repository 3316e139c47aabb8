package import Telemetry

/// An invocation from its acceptance to its end.
package struct InvocationRecord: Hashable, Sendable {
    package var start: InvocationStart
    package var startTime: Timestamp
    /// `nil` while it waits or runs.
    package var end: InvocationEnd?
    package var endTime: Timestamp?

    package init(start: InvocationStart, startTime: Timestamp, end: InvocationEnd? = nil, endTime: Timestamp? = nil) {
        self.start = start
        self.startTime = startTime
        self.end = end
        self.endTime = endTime
    }

    package var requestID: RequestID { start.requestID }
    package var isFailure: Bool { end.map { $0.status != .success } ?? false }
}

/// Which invocations are asked for.
package struct InvocationQuery: Hashable, Sendable {
    package var function: String?
    package var window: TimeWindow
    package var failuresOnly: Bool
    package var coldOnly: Bool
    package var limit: Int

    package init(
        function: String? = nil,
        window: TimeWindow,
        failuresOnly: Bool = false,
        coldOnly: Bool = false,
        limit: Int = 1000
    ) {
        self.function = function
        self.window = window
        self.failuresOnly = failuresOnly
        self.coldOnly = coldOnly
        self.limit = limit
    }
}

/// Everything about one invocation.
package struct InvocationDetail: Hashable, Sendable {
    package var record: InvocationRecord
    package var function: FunctionDescription?
    package var logLines: [LogLine] = []
    /// More lines than are given here.
    package var omittedLogLines = 0
    /// The calls that it made, oldest first.
    package var calls: [TimedCall] = []
    /// The execution that called it.
    package var execution: ExecutionPlace?

    package init(record: InvocationRecord) { self.record = record }

    package struct TimedCall: Hashable, Sendable {
        package var time: Timestamp
        package var call: ServiceCall

        package init(time: Timestamp, call: ServiceCall) {
            self.time = time
            self.call = call
        }
    }
}
