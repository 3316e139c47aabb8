package import Telemetry

/// What happened, in memory, with a cap on everything: ingest in batches, answers as values.
package actor TelemetryStore {
    var functions: [String: FunctionState] = [:]
    var invocations: InvocationArchive
    var apis: APIArchive
    var traces: TraceArchive
    var latestMap: ServiceMap?
    var executions: ExecutionArchive
    var tables: TableArchive
    var eventSources = EventSourceArchive()
    var logs: LogArchive
    var metrics: MetricArchive
    var serviceMetrics = ServiceMetrics()
    var alarms = AlarmArchive()
    let volumes = VolumeCounter()
    let logLints = LogLintScanner()
    var lastLints: KnownLints?
    var sources: [SourceState] = []
    var gaps: [Gap] = []
    private var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    private var nextListener = 0
    private var ignored = 0
    private(set) var firstEvent: Timestamp?

    static let gapsKept = 200
    /// A clock that is further ahead is wrong: its times would push everything else out of the windows.
    private static let mostAhead = Microseconds.seconds(60)
    /// CloudWatch takes metrics of so much later.
    static let mostAheadOfMetrics = Microseconds.seconds(7200)
    /// Names beyond this are an attack, not an application.
    private static let mostFunctions = 10_000

    /// - Parameters:
    ///   - logCap: bytes of memory for log lines.
    ///   - invocationCap: invocations that are kept.
    ///   - payloadCap: bytes of events and responses that are kept.
    ///   - executionCap: executions that are kept.
    ///   - historyCap: bytes of their definitions, inputs and histories that are kept.
    ///   - requestCap: requests of APIs that are kept; their headers and bodies together up to `payloadCap` bytes.
    ///   - traceCap: traces that are kept.
    ///   - tableCap: bytes of what was done with tables that are kept.
    ///   - metricCap: bytes of metrics that are kept.
    package init(
        logCap: Int = 512 * 1024 * 1024,
        invocationCap: Int = 200_000,
        payloadCap: Int = 64 * 1024 * 1024,
        executionCap: Int = 50_000,
        historyCap: Int = 64 * 1024 * 1024,
        requestCap: Int = 50_000,
        traceCap: Int = 50_000,
        tableCap: Int = 32 * 1024 * 1024,
        metricCap: Int = 64 * 1024 * 1024
    ) {
        logs = LogArchive(cap: logCap)
        invocations = InvocationArchive(capacity: invocationCap, payloadCap: payloadCap)
        executions = ExecutionArchive(capacity: executionCap, historyCap: historyCap)
        apis = APIArchive(capacity: requestCap, payloadCap: payloadCap)
        traces = TraceArchive(capacity: traceCap)
        tables = TableArchive(cap: tableCap)
        metrics = MetricArchive(cap: metricCap)
    }

    package func ingest(_ events: [TelemetryEvent]) {
        let latest = Timestamp.now() + Self.mostAhead
        for event in events {
            let latest = event.hasOwnTime ? latest + Self.mostAheadOfMetrics : latest
            guard event.time > latest else {
                take(event)
                continue
            }
            var event = event
            event.time = latest
            take(event)
        }
        metrics.trim()
        for listener in listeners.values { listener.yield() }
    }

    package func setSource(_ source: SourceState) {
        if let index = sources.firstIndex(where: { $0.name == source.name }) {
            sources[index] = source
        } else {
            sources.append(source)
        }
        for listener in listeners.values { listener.yield() }
    }

    package func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = nextListener
        nextListener += 1
        listeners[number] = continuation
        continuation.onTermination = { [weak self] _ in
            guard let self else { return }
            Task { await self.forget(number) }
        }
        return stream
    }

    private func forget(_ listener: Int) { listeners[listener] = nil }

    private func take(_ event: TelemetryEvent) {
        if !event.hasOwnTime { firstEvent = min(firstEvent ?? event.time, event.time) }
        switch event.kind {
        case .functionChanged(let description):
            change(description.name) {
                $0.description = description
                $0.isDeleted = false
            }
        case .functionDeleted(let name): functions[name]?.isDeleted = true
        case .environment(let environment): change(environment.function) { $0.changed(environment, at: event.time) }
        case .invocationStarted(let start):
            traces.started(start, number: invocations.started(start, at: event.time), at: event.time)
            change(start.function) { $0.started(start, at: event.time) }
        case .invocationFinished(let end):
            let start = invocations.finished(end, at: event.time)
            if let start {
                let began = invocations[end.requestID]?.startTime
                let over = began.map { $0 + end.queued + end.duration + end.overhead } ?? event.time
                traces.finished(start, end, at: over)
            }
            change(end.function) { $0.finished(end, of: start, at: event.time) }
        case .log(let batch):
            logs.take(batch)
            measure(batch)
        case .call(let call):
            traces.took(call, at: event.time)
            tables.take(call, at: event.time)
            serviceMetrics.take(call, at: event.time, into: &metrics)
        case .traceSegment(let segment): traces.took(segment)
        case .apiRequest(let request):
            if let number = apis.take(request, at: event.time) {
                traces.took(request, number: number, at: event.time)
            }
            serviceMetrics.take(request, at: event.time, into: &metrics)
        case .apiChanged(let description): apis.changed(description)
        case .apiDeleted(let id): apis.deleted(id)
        case .metric(let metric): metrics.take(metric, at: event.time)
        case .alarmChanged(let alarm): alarms.changed(alarm, at: event.time)
        case .alarmDeleted(let name): alarms.deleted(name)
        case .gap(let gap): take(gap)
        case .tableChanged(let table): tables.changed(table)
        case .tableDeleted(let name): tables.deleted(name)
        case .eventSource(let change): eventSources.take(change, at: event.time)
        case .stateMachineChanged(let machine): executions.changed(machine)
        case .stateMachineDeleted(let arn): executions.deleted(arn)
        case .executionStarted(let start):
            traces.started(start, isNew: executions[start.arn] == nil, at: event.time)
            executions.started(start, at: event.time)
        case .executionHistory(let history):
            executions.took(history)
            serviceMetrics.take(history, into: &metrics)
        case .executionEnded(let end):
            executions.ended(end, at: event.time)
            if let record = executions[end.arn] { traces.ended(record.start, end, at: event.time) }
            serviceMetrics.ended(end.arn)
        }
    }

    private func change(_ name: String, _ change: (inout FunctionState) -> Void) {
        guard functions[name] != nil || functions.count < Self.mostFunctions else {
            ignored += 1
            return
        }
        change(&functions[name, default: FunctionState(FunctionDescription(name: name))])
    }

    /// A gap that goes on replaces what was known of it.
    private func take(_ gap: Gap) {
        if let index = gaps.firstIndex(where: {
            $0.source == gap.source && $0.start == gap.start && $0.reason == gap.reason
        }) {
            gaps[index] = gap
        } else {
            gaps.append(gap)
            if gaps.count > Self.gapsKept { gaps.removeFirst() }
        }
    }

    var health: StoreHealth {
        var health = StoreHealth()
        health.sources = sources
        health.gaps = gaps
        health.firstEvent = firstEvent
        health.logLines = logs.lines
        health.logBytes = logs.bytes
        health.logCapBytes = logs.cap
        if logs.evictedLines > 0 { health.evicted["log"] = logs.evictedLines }
        if invocations.evicted > 0 { health.evicted["invocation"] = invocations.evicted }
        if apis.evicted > 0 { health.evicted["apiRequest"] = apis.evicted }
        if apis.ignored > 0 { health.evicted["api"] = apis.ignored }
        if traces.evicted > 0 { health.evicted["trace"] = traces.evicted }
        if ignored > 0 { health.evicted["function"] = ignored }
        if executions.evicted > 0 { health.evicted["execution"] = executions.evicted }
        if executions.evictedHistories > 0 { health.evicted["history"] = executions.evictedHistories }
        health.evicted.merge(tables.evicted) { $1 }
        health.evicted.merge(eventSources.evicted) { $1 }
        if executions.ignoredMachines > 0 { health.evicted["state machine"] = executions.ignoredMachines }
        if metrics.evictedMetrics > 0 { health.evicted["metric"] = metrics.evictedMetrics }
        if metrics.evictedValues > 0 { health.evicted["metric value"] = metrics.evictedValues }
        if metrics.invalidDocuments > 0 { health.evicted["invalid metric document"] = metrics.invalidDocuments }
        if alarms.ignored > 0 { health.evicted["alarm"] = alarms.ignored }
        return health
    }
}

extension TelemetryEvent {
    /// Its time is not when it happened but what it is about, and may be long ago.
    fileprivate var hasOwnTime: Bool { if case .metric = kind { true } else { false } }
}
