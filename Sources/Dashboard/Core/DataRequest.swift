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
    case insights(InsightsRequest)
    case executions(ExecutionQuery)
    /// By ARN or name.
    case execution(String)
    /// The execution that a function was called for.
    case executionPlace(RequestID)
    case apis(buckets: Int)
    case apiRequests(APIRequestQuery)
    case apiRequest(String)
    case traces(TraceQuery)
    case trace(String)
    /// The trace of an invocation.
    case tracePlace(RequestID)
    case serviceMap
    case tables(buckets: Int)
    case table(String, buckets: Int)
    /// The latest calls that touched the table.
    case tableCalls(String)
    /// Of a function.
    case eventSources(String)
    case lints
    /// The newest lines of fntop's own log.
    case diagnostics
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
    case insights(InsightsAnswer)
    case executions(ExecutionPage)
    case execution(ExecutionDetail?)
    case executionPlace(ExecutionPlace?)
    case apis(APIOverview)
    case apiRequests(APIRequestPage)
    case apiRequest(APIRequestDetail?)
    case traces(TracePage)
    case trace(Trace?)
    case tracePlace(TracePlace?)
    case serviceMap(ServiceMap)
    case tables(TablesOverview)
    case table(TableDetail?)
    case tableCalls([TableCall])
    case eventSources([EventSourceStory])
    case lints(LintReport)
    case diagnostics(DiagnosticsTail)
    case alarms([AlarmRow])
    case metrics([MetricRow])
}
