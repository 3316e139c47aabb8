package import Telemetry

/// What can be opened: a screen together with what it shows.
package enum Route: Hashable, Sendable {
    case functions
    case function(String, FunctionTab)
    case invocation(RequestID)
    case logs(filter: String)
    case logLine(UInt64)
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
    case alarms
    case alarm(String)
}

package enum FunctionTab: String, Hashable, Sendable, CaseIterable {
    case overview, invocations, logs, environments, configuration
}
