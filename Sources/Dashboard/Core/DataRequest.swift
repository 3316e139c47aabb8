package import Telemetry
package import TelemetryStore

/// What a screen needs to know now. The loop asks the store, and asks again when something changed.
package enum DataRequest: Hashable, Sendable {
    /// Over the window that is looked at, as the ones below without a window of their own.
    case overview(buckets: Int)
    case function(String, buckets: Int)
    case volume(LogFilter, buckets: Int)
    case invocations(InvocationQuery)
    case invocation(RequestID)
    case logs(LogQuery)
    case executions(ExecutionQuery)
    /// By ARN or name.
    case execution(String)
    /// The execution that a function was called for.
    case executionPlace(RequestID)
    case alarms
    case metrics(MetricListQuery, buckets: Int)
}

package enum DataAnswer: Hashable, Sendable {
    case overview(Overview)
    case function(FunctionDetail?)
    case volume(LogVolume)
    case invocations([InvocationRecord])
    case invocation(InvocationDetail?)
    case logs(LogPage)
    case executions(ExecutionPage)
    case execution(ExecutionDetail?)
    case executionPlace(ExecutionPlace?)
    case alarms([AlarmRow])
    case metrics([MetricRow])
}
