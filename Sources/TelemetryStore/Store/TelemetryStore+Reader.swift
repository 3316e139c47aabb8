package import Telemetry

extension TelemetryStore: TelemetryReader {
    package func overview(_ window: TimeWindow, buckets: Int) -> Overview {
        var overview = Overview(window: window)
        var durations: [UInt32] = []
        for state in functions.values where !state.isDeleted {
            let summary = state.summary(window, buckets: buckets)
            overview.invocations += summary.invocations
            overview.errors += summary.errors
            overview.throttles += summary.throttles
            overview.coldStarts += summary.coldStarts
            overview.inFlight += summary.inFlight
            overview.functions.append(summary)
            for second in state.seconds.within(window) { durations += second.durations }
        }
        overview.functions.sort { $0.function.name < $1.function.name }
        overview.latency = Percentiles(durations)
        overview.health = health
        overview.executions = executions.overview
        overview.alarms = alarms.overview
        return overview
    }

    package func function(_ name: String, in window: TimeWindow, buckets: Int) -> FunctionDetail? {
        guard let state = functions[name] else { return nil }
        var detail = FunctionDetail(window: window, summary: state.summary(window, buckets: buckets))
        detail.buckets = state.buckets(window, count: buckets)
        detail.heatmap = state.heatmap(window, columns: buckets)
        detail.latest = invocations.select(InvocationQuery(function: name, window: window, limit: 100))
        detail.environments = state.environments.values.sorted { $0.started > $1.started }
        detail.metrics = metricRows(MetricListQuery(function: name, limit: 20), in: window, buckets: buckets)
        detail.gaps = gaps.filter { $0.start < window.end && ($0.end ?? window.end) >= window.start }
        return detail
    }

    package func invocations(_ query: InvocationQuery) -> [InvocationRecord] {
        invocations.select(query)
    }

    package func invocation(_ id: RequestID) async -> InvocationDetail? {
        guard let record = invocations[id] else { return nil }
        var detail = InvocationDetail(record: record)
        detail.function = functions[record.start.function]?.description
        detail.calls = traces.calls(record.start.traceHeader)
        let end = (record.endTime ?? .now()) + .seconds(60)
        let (lines, omitted) = await logs.snapshot.lines(
            of: id, function: record.start.function, in: TimeWindow(start: record.startTime - .seconds(60), end: end))
        detail.logLines = lines
        detail.execution = executions.place(of: id)
        detail.omittedLogLines = omitted
        return detail
    }

    package func executions(_ query: ExecutionQuery) -> ExecutionPage { executions.page(query) }

    package func execution(_ name: String) -> ExecutionDetail? {
        (executions[name] ?? executions.named(name)).map(ExecutionDetail.init)
    }

    package func execution(of invocation: RequestID) -> ExecutionPlace? { executions.place(of: invocation) }

    package func logs(_ query: LogQuery) async -> LogPage {
        await logs.snapshot.page(query)
    }

    package func volume(_ filter: LogFilter, in window: TimeWindow, buckets: Int) async -> LogVolume {
        await volumes.volume(filter, in: window, buckets: buckets, logs.snapshot)
    }

    /// The log as it is now, for who searches in ways of its own.
    package func logSnapshot() -> LogSnapshot { logs.snapshot }

    package func logStreams() -> [LogStreamFacts] { logs.streamFacts }

    package func storeHealth() -> StoreHealth { health }
}
