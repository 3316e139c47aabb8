package import JSON
package import Telemetry

/// What can be opened: a screen together with what it shows.
package enum Route: Hashable, Sendable {
    case functions
    case function(String, FunctionTab)
    case invocation(RequestID)
    case logs(filter: String)
    case logLine(UInt64)
    /// - Parameter query: what the query starts as; `nil` for a simple one.
    case insights(query: String?)
    /// - Parameter event: what the event starts as; `nil` for the function's last one.
    case invoke(function: String, event: [UInt8]?)
    /// - Parameter machine: the ARN of the only state machine that is shown.
    case executions(machine: String?)
    /// - Parameters:
    ///   - name: its ARN, or its name.
    ///   - event: an event of the state that is looked at first.
    case execution(_ name: String, event: Int?)
    /// The execution that a function was called for.
    case executionOf(RequestID)
    /// - Parameter input: what the input starts as; `nil` for the machine's last one.
    case start(machine: String, input: String?)
    /// - Parameter api: the id or the name of the only API that is shown.
    case apis(api: String?)
    /// - Parameter id: what the gateway called the request.
    case apiRequest(String)
    case traces
    /// - Parameter span: the segment that is looked at first.
    case trace(_ id: String, span: String?)
    /// The trace of an invocation.
    case traceOf(RequestID)
    case data
    case table(String, TableTab)
    /// - Parameter key: in DynamoDB's JSON.
    case item(table: String, key: JSON)
    /// What feeds a function from streams and queues.
    case eventSources(function: String)
    /// What the lints found.
    case lints
    case compare(Marked, Marked)
    /// What fntop says of itself.
    case diagnostics
    case alarms
    case alarm(String)
}

package enum TableTab: String, Hashable, Sendable, CaseIterable {
    case items, overview, calls, indexes, streams, configuration
}

/// What can be marked, to be compared with another one of its kind.
package enum Marked: Hashable, Sendable {
    case invocation(RequestID)
    /// By ARN.
    case execution(String)

    func isKind(of other: Marked) -> Bool {
        switch (self, other) {
        case (.invocation, .invocation), (.execution, .execution): true
        default: false
        }
    }
}

package enum FunctionTab: String, Hashable, Sendable, CaseIterable {
    case overview, invocations, logs, environments, configuration
}
