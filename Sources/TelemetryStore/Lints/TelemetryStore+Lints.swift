import Telemetry

/// A report that is good for a second.
struct KnownLints: Sendable {
    var report: LintReport
    var made: ContinuousClock.Instant

    private static let life = Duration.seconds(1)

    /// Whether it answers for a window as well that moved on by less than a second.
    func isGood(for window: TimeWindow) -> Bool {
        let step = window.end - report.window.end
        return window.length == report.window.length && step >= .zero && step < .seconds(1)
            && made.duration(to: .now) < Self.life
    }
}

extension TelemetryStore {
    package func lints(_ window: TimeWindow) async -> LintReport {
        if let lastLints, lastLints.isGood(for: window) { return lastLints.report }
        let log = await logLints.scan(logs.snapshot, window)
        let report = lintFacts(window, log).report
        lastLints = KnownLints(report: report, made: .now)
        return report
    }

    func lintFacts(_ window: TimeWindow, _ log: LogLintFacts) -> LintFacts {
        var facts = LintFacts(window: window, observed: observed(of: window))
        var all: [String: FunctionLintFacts] = [:]
        for (name, state) in functions where !state.isDeleted {
            all[name] = FunctionLintFacts(summary: state.summary(window, buckets: 60))
        }
        var retried: Set<RequestID> = []
        invocations.forNewest(LintThresholds.invocations, in: window) { record, end in
            all[record.start.function]?.note(record, end, log)
            guard record.start.isAsynchronous, record.start.attempt > 1 else { return }
            if retried.insert(record.requestID).inserted {
                all[record.start.function]?.retriedEvents.note(record.requestID)
            }
        }
        facts.functions = all.values.sorted { $0.name < $1.name }
        facts.machines = executions.lintFacts(in: window)
        facts.eventSources = eventSources.stories { _ in true }
        return facts
    }

    private func observed(of window: TimeWindow) -> Microseconds {
        var overview = Overview(window: window)
        overview.health.firstEvent = health.firstEvent
        return overview.observed
    }
}

extension FunctionLintFacts {
    /// Attempts of an asynchronous event: the first and two retries.
    private static let attempts = 3

    mutating func note(_ record: InvocationRecord, _ end: InvocationEnd, _ log: LogLintFacts) {
        let id = record.requestID
        switch end.status {
        case .timeout: timeouts.note(id)
        case .outOfMemory: outOfMemory.note(id)
        case .success:
            successes += 1
            if let trouble = log.errors[id] {
                if swallowed.count == 0 { swallowedLine = trouble.text }
                swallowed.note(id)
            }
        case .error, .crash, .throttled: break
        }
        if record.start.isAsynchronous, record.start.attempt >= Self.attempts, record.isFailure {
            exhaustedEvents.note(id)
        }
        if let count = log.lines[id], count > LintThresholds.floodLines {
            floods.note(id)
            mostLines = max(mostLines, count)
        }
    }
}

extension ExecutionArchive {
    /// Of the newest executions of each machine, without the children of Map runs.
    func lintFacts(in window: TimeWindow) -> [MachineLintFacts] {
        var all: [String: MachineLintFacts] = [:]
        for record in records.reversed().prefix(LintThresholds.executions) where record.start.mapRunARN == nil {
            let time = record.endTime ?? window.end
            guard time >= window.start, record.startTime < window.end else { continue }
            let arn = record.start.machineARN
            all[arn, default: MachineLintFacts(arn: arn, name: arn.machineName)].note(record, in: window)
        }
        return all.values.sorted { ($0.name, $0.arn) < ($1.name, $1.arn) }
    }
}

extension MachineLintFacts {
    mutating func note(_ record: ExecutionRecord, in window: TimeWindow) {
        if let end = record.end, let time = record.endTime, window.contains(time) {
            ended += 1
            if end.status != .succeeded, end.status != .running {
                let error =
                    end.error.map { String($0.prefix(80)) }
                    ?? end.status.rawValue.lowercased().replacing("_", with: " ")
                var failure = failures[error] ?? Failure(execution: record.start.arn, state: record.row.state)
                failure.count += 1
                failures[error] = failure
            }
        }
        let visits = record.progress.visits.prefix(LintThresholds.visits)
        var retries: [String: Int] = [:]
        var entered: [String: Int] = [:]
        for visit in visits {
            if visit.retries > 0 { retries[visit.name, default: 0] += visit.retries }
            // Items of a Map are no loop.
            if visit.isOutside { entered[visit.name, default: 0] += 1 }
        }
        if retries.values.reduce(0, +) >= LintThresholds.executionRetries {
            retrying += 1
            mostRetries = Self.higher(mostRetries, retries, record)
        }
        mostVisits = Self.higher(mostVisits, entered, record)
    }

    /// The newer one of equals.
    private static func higher(_ peak: Peak?, _ counts: [String: Int], _ record: ExecutionRecord) -> Peak? {
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > peak?.count ?? 0
        else { return peak }
        return Peak(
            execution: record.start.arn, executionName: record.start.name, state: most.key, count: most.value)
    }
}
