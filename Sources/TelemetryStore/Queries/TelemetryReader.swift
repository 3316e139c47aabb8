package import Telemetry

/// What can be asked of the telemetry: the dashboard, the CloudWatch service and the command line ask nothing else.
///
/// Answers are values, true for one moment. Slow ones (``logs(_:)``, ``volume(_:in:buckets:)``) stop when their task
/// is cancelled and then answer with what they have.
package protocol TelemetryReader: Sendable {
    /// Yields after something changed; many changes become one element while nobody takes it.
    func changes() async -> AsyncStream<Void>

    /// - Parameter buckets: how many parts the sparklines have.
    func overview(_ window: TimeWindow, buckets: Int) async -> Overview

    /// `nil` when no function of that name was ever seen.
    func function(_ name: String, in window: TimeWindow, buckets: Int) async -> FunctionDetail?

    /// Newest first.
    func invocations(_ query: InvocationQuery) async -> [InvocationRecord]

    func invocation(_ id: RequestID) async -> InvocationDetail?

    /// Newest first.
    func executions(_ query: ExecutionQuery) async -> ExecutionPage

    /// - Parameter name: an ARN, or the name of an execution: then the newest of that name.
    func execution(_ name: String) async -> ExecutionDetail?

    /// The execution that a function was called for, and the state.
    func execution(of invocation: RequestID) async -> ExecutionPlace?

    /// - Parameter buckets: how many parts the sparklines have.
    func apis(_ window: TimeWindow, buckets: Int) async -> APIOverview

    /// Newest first.
    func apiRequests(_ query: APIRequestQuery) async -> APIRequestPage

    func apiRequest(_ id: String) async -> APIRequestDetail?

    /// Newest first.
    func traces(_ query: TraceQuery) async -> TracePage

    func trace(_ id: String) async -> Trace?

    /// The trace and the span of an invocation.
    func tracePlace(of invocation: RequestID) async -> TracePlace?

    /// Who called whom, of the newest traces that began in the window.
    func serviceMap(_ window: TimeWindow) async -> ServiceMap

    func tables(_ window: TimeWindow, buckets: Int) async -> TablesOverview

    /// `nil` when no table of that name was ever seen.
    func table(_ name: String, in window: TimeWindow, buckets: Int) async -> TableDetail?

    /// The latest calls that touched the table, newest first.
    func tableCalls(_ name: String) async -> [TableCall]

    /// The event source mappings of a function.
    func eventSources(function: String) async -> [EventSourceStory]

    /// Ordered by name.
    func alarmRows(in window: TimeWindow) async -> [AlarmRow]

    /// Ordered by namespace.
    ///
    /// - Parameter buckets: how many parts the sparklines have.
    func metricRows(_ query: MetricListQuery, in window: TimeWindow, buckets: Int) async -> [MetricRow]

    func logs(_ query: LogQuery) async -> LogPage

    /// The log as it is now, for searches of other kinds.
    func logSnapshot() async -> LogSnapshot

    /// What is wrong or soon will be; looked for at most once a second.
    func lints(_ window: TimeWindow) async -> LintReport

    func volume(_ filter: LogFilter, in window: TimeWindow, buckets: Int) async -> LogVolume
}
