import AWSCore
import JSON
import Telemetry
package import TelemetryStore

/// What the operations of CloudWatch metrics work on.
package struct MetricsContext: Sendable {
    let store: TelemetryStore
    let flush: @Sendable () async -> Void

    package init(store: TelemetryStore, flush: @escaping @Sendable () async -> Void) {
        self.store = store
        self.flush = flush
    }

    /// The periods of a metric, oldest first; those without data are left out.
    func points(
        _ namespace: String, _ name: String, _ dimensions: JSON?, _ window: TimeWindow, period: Int
    ) async -> [(start: Timestamp, samples: Samples)] {
        guard namespace == LambdaMetric.namespace, let metric = LambdaMetric(rawValue: name) else { return [] }
        let target = MetricTarget(dimensions)
        guard target != .none else { return [] }
        await flush()
        let function: String? = if case .function(let name) = target { name } else { nil }
        let length = Microseconds.seconds(Int64(period))
        // A period belongs to the window when it begins in it: look at all of the first and the last one.
        let aligned = TimeWindow(start: Self.floor(window.start, period), end: Self.floor(window.end, period) + length)
        return await store.metrics(function: function, in: aligned, period: period)
            .map { ($0.start, metric.samples($0)) }
            .filter { !$0.samples.isEmpty && $0.start < window.end }
    }

    private static func floor(_ time: Timestamp, _ period: Int) -> Timestamp {
        let seconds = time.seconds
        return Timestamp(microseconds: (seconds - seconds % Int64(max(period, 1))) * 1_000_000)
    }

    /// A time as any of the protocols has it: seconds since 1970 or ISO 8601.
    static func time(_ json: JSON?, _ name: String) throws(ServiceError) -> Timestamp {
        let seconds = json?.double ?? json?.string.flatMap { Double($0) ?? ISOTime.seconds($0) }
        guard let seconds, seconds.isFinite, abs(seconds) < 1e11 else {
            throw ServiceError("MissingParameter", "The parameter \(name) is required.")
        }
        return Timestamp(microseconds: Int64(seconds * 1_000_000))
    }

    static func int(_ json: JSON?) -> Int? { json?.int ?? json?.string.flatMap(Int.init) }

    static func period(_ json: JSON?) throws(ServiceError) -> Int {
        guard let period = int(json) else {
            throw ServiceError("MissingParameter", "The parameter Period is required.")
        }
        guard period >= 1, period <= 86_400, [1, 5, 10, 20, 30].contains(period) || period % 60 == 0 else {
            throw ServiceError(
                "InvalidParameterValue",
                "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60, and at most 86400.")
        }
        return period
    }
}
