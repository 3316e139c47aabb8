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
}

package enum FunctionTab: String, Hashable, Sendable, CaseIterable {
    case overview, invocations, logs, environments, configuration
}
