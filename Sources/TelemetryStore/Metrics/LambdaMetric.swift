import Telemetry

/// The metrics of `AWS/Lambda` that are made from what functions did second by second.
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

    static let namespace = "AWS/Lambda"

    var unit: String { self == .duration ? "Milliseconds" : "Count" }

    /// Of the account, of the function, and of the function as the resource.
    static func dimensionSets(_ function: String) -> [[CustomMetric.Dimension]] {
        let name = CustomMetric.Dimension(name: "FunctionName", value: function)
        return [[], [name], [name, CustomMetric.Dimension(name: "Resource", value: function)]]
    }

    func add(_ second: SecondRecord, to period: inout LambdaPeriod) {
        switch self {
        case .invocations: period.samples.add(Samples(ones: second.invocations, of: second.invocations).values)
        case .errors: period.samples.add(Samples(ones: second.errors, of: second.invocations).values)
        case .throttles:
            period.samples.add(Samples(ones: second.throttles, of: second.invocations + second.throttles).values)
        case .duration: period.samples.add(second.durations.lazy.map { CustomMetric.Value(Double($0) / 1000) })
        case .concurrentExecutions, .unreserved: period.concurrency[second.second, default: 0] += second.concurrency
        }
    }
}

/// The values of one period on the way to be put together.
struct LambdaPeriod {
    var samples = Samples()
    /// What ran at once, by second: of several functions it adds up.
    var concurrency: [Int64: Int] = [:]

    var values: Samples {
        guard !concurrency.isEmpty else { return samples }
        return Samples(concurrency.values.filter { $0 > 0 }.map { CustomMetric.Value(Double($0)) })
    }
}

extension TelemetryStore {
    /// - Returns: `nil` when the metric is none of these.
    func lambdaPeriods(_ key: MetricKey, in window: TimeWindow, period: Int64) -> [MetricPeriod]? {
        guard key.namespace == LambdaMetric.namespace, let metric = LambdaMetric(rawValue: key.name) else { return nil }
        var periods: [Int64: LambdaPeriod] = [:]
        for (name, state) in functions where isMeant(name, by: key) {
            if metric == .unreserved, state.description.reservedConcurrency != nil { continue }
            for second in state.seconds.within(window) {
                metric.add(second, to: &periods[second.second - second.second % period, default: LambdaPeriod()])
            }
        }
        return periods.map { MetricPeriod(start: $0, samples: $1.values) }
            .filter { !$0.samples.isEmpty }
            .sorted { $0.start < $1.start }
    }

    /// Without dimensions all functions are meant. The resource is the function itself: which version or alias was
    /// called is not told.
    private func isMeant(_ function: String, by key: MetricKey) -> Bool {
        LambdaMetric.dimensionSets(function).contains(key.dimensions)
    }

    /// Of the functions that were ever invoked or throttled.
    var lambdaKeys: [ListedMetric] {
        var listed: [ListedMetric] = []
        var newest: Timestamp?
        for (function, state) in functions.sorted(by: { $0.key < $1.key }) {
            guard let last = state.seconds.seconds.last else { continue }
            let updated = Timestamp(microseconds: last.second * 1_000_000)
            newest = max(newest ?? updated, updated)
            for dimensions in LambdaMetric.dimensionSets(function).dropFirst() {
                for metric in LambdaMetric.allCases where metric != .unreserved {
                    listed.append(ListedMetric(metric, dimensions, updated: updated))
                }
            }
        }
        guard let newest else { return [] }
        return LambdaMetric.allCases.map { ListedMetric($0, [], updated: newest) } + listed
    }
}

extension ListedMetric {
    fileprivate init(_ metric: LambdaMetric, _ dimensions: [CustomMetric.Dimension], updated: Timestamp) {
        self.init(
            key: MetricKey(LambdaMetric.namespace, metric.rawValue, dimensions), unit: metric.unit, updated: updated)
    }
}
