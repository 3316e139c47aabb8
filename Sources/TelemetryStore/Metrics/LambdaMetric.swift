import Telemetry

/// The metrics of `AWS/Lambda` that are made from what functions did second by second; the others come from the service.
///
/// - SeeAlso: AWS Lambda Developer Guide, "Types of metrics for Lambda functions".
enum LambdaMetric: String, CaseIterable {
    case invocations = "Invocations"
    case errors = "Errors"
    case throttles = "Throttles"
    case duration = "Duration"
    case concurrentExecutions = "ConcurrentExecutions"
    /// Of all functions together that have nothing reserved.
    case unreserved = "UnreservedConcurrentExecutions"
    /// That, and all that is reserved.
    case claimed = "ClaimedAccountConcurrency"

    static let namespace = "AWS/Lambda"

    var unit: String { self == .duration ? "Milliseconds" : "Count" }

    /// Whether it is of the account alone.
    var isOfAccount: Bool { self == .unreserved || self == .claimed }

    /// Whether it is of what ran at once, and not of single invocations.
    var isGauge: Bool { self == .concurrentExecutions || isOfAccount }

    func add(_ second: SecondRecord, to samples: inout Samples) {
        switch self {
        case .invocations: samples.add(Samples(ones: second.invocations, of: second.invocations).values)
        case .errors: samples.add(Samples(ones: second.errors, of: second.invocations).values)
        case .throttles:
            samples.add(Samples(ones: second.throttles, of: second.invocations + second.throttles).values)
        case .duration: samples.add(second.durations.lazy.map { CustomMetric.Value(Double($0) / 1000) })
        case .concurrentExecutions, .unreserved, .claimed: break
        }
    }
}

extension FunctionState {
    /// What is known of a version or an alias; of the function itself when none was ever asked for.
    func seconds(of key: ResourceSeconds.Key) -> FunctionSeconds? {
        resources.logs.isEmpty && key == ResourceSeconds.Key() ? seconds : resources.logs[key]
    }

    /// All that it has metrics of.
    fileprivate var subjects: [LambdaSubject] {
        let keys = resources.logs.isEmpty ? [ResourceSeconds.Key()] : Array(resources.logs.keys)
        let known = keys.filter { seconds(of: $0)?.seconds.isEmpty == false }
        return [.function(description.name)] + known.map { .resource(description.name, $0) }
    }
}

extension TelemetryStore {
    /// - Returns: `nil` when the metric is none of these.
    func lambdaPeriods(_ key: MetricKey, in window: TimeWindow, period: Int64) -> [MetricPeriod]? {
        guard key.namespace == LambdaMetric.namespace, let metric = LambdaMetric(rawValue: key.name) else { return nil }
        guard let subject = LambdaSubject(key.dimensions), subject == .account || !metric.isOfAccount else { return [] }
        let logs = secondLogs(of: subject, metric)
        let periods =
            metric.isGauge ? gauge(metric, logs, in: window, period) : Self.counts(metric, logs, window, period)
        return periods.map { MetricPeriod(start: $0, samples: $1) }
            .filter { !$0.samples.isEmpty }
            .sorted { $0.start < $1.start }
    }

    private func secondLogs(of subject: LambdaSubject, _ metric: LambdaMetric) -> [FunctionSeconds] {
        switch subject {
        case .account:
            let meant = functions.values.filter { !metric.isOfAccount || $0.description.reservedConcurrency == nil }
            return meant.map(\.seconds)
        case .function(let name): return functions[name].map { [$0.seconds] } ?? []
        case .resource(let name, let key): return functions[name]?.seconds(of: key).map { [$0] } ?? []
        }
    }

    private static func counts(
        _ metric: LambdaMetric, _ logs: [FunctionSeconds], _ window: TimeWindow, _ period: Int64
    ) -> [Int64: Samples] {
        var periods: [Int64: Samples] = [:]
        for second in logs.lazy.flatMap({ $0.within(window) }) {
            metric.add(second, to: &periods[second.second - second.second % period, default: Samples()])
        }
        return periods
    }

    /// A value each second in which something ran: of several functions it adds up.
    private func gauge(
        _ metric: LambdaMetric, _ logs: [FunctionSeconds], in window: TimeWindow, _ period: Int64
    ) -> [Int64: Samples] {
        var seconds: [Int64: Int] = [:]
        let end = min(window.end, .now()).seconds
        for log in logs {
            var running = log.last(before: window)?.running ?? 0
            var next = window.start.seconds
            for record in log.within(window) {
                // Nothing began or ended in between.
                if running > 0 {
                    for second in next..<max(record.second, next) { seconds[second, default: 0] += running }
                }
                if record.concurrency > 0 { seconds[record.second, default: 0] += record.concurrency }
                (running, next) = (record.running, record.second + 1)
            }
            if running > 0, end > next { for second in next..<end { seconds[second, default: 0] += running } }
        }
        let reserved =
            metric == .claimed ? functions.values.reduce(0) { $0 + ($1.description.reservedConcurrency ?? 0) } : 0
        return seconds.reduce(into: [:]) { periods, second in
            let value = CustomMetric.Value(Double(second.value + reserved))
            periods[second.key - second.key % period, default: Samples()].add(CollectionOfOne(value))
        }
    }

    /// Of the functions that were ever invoked or throttled.
    var lambdaKeys: [ListedMetric] {
        var listed: [ListedMetric] = []
        var newest: Timestamp?
        for (_, state) in functions.sorted(by: { $0.key < $1.key }) {
            guard let last = state.seconds.seconds.last else { continue }
            let updated = Timestamp(microseconds: last.second * 1_000_000)
            newest = max(newest ?? updated, updated)
            for subject in state.subjects {
                for metric in LambdaMetric.allCases where !metric.isOfAccount {
                    listed.append(ListedMetric(metric, subject, updated: updated))
                }
            }
        }
        guard let newest else { return [] }
        return LambdaMetric.allCases.map { ListedMetric($0, .account, updated: newest) } + listed
    }
}

extension ListedMetric {
    fileprivate init(_ metric: LambdaMetric, _ subject: LambdaSubject, updated: Timestamp) {
        self.init(
            key: MetricKey(LambdaMetric.namespace, metric.rawValue, subject.dimensions), unit: metric.unit,
            updated: updated)
    }
}
