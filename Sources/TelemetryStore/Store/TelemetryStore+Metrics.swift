package import Telemetry

/// What a function, or all of them, did in one period: enough for every statistic that CloudWatch has.
package struct MetricPeriod: Hashable, Sendable {
    package var start: Timestamp
    package var invocations = 0
    package var errors = 0
    package var throttles = 0
    /// The most that ran at once, by second.
    package var concurrency: [Int64: Int] = [:]
    /// In microseconds, in no order.
    package var durations: [UInt32] = []

    init(start: Timestamp) { self.start = start }
}

extension TelemetryStore {
    /// The periods of a window in which something happened, oldest first.
    ///
    /// - Parameters:
    ///   - function: one function, or all of them together when `nil`.
    ///   - period: seconds; periods begin at multiples of it.
    package func metrics(function: String?, in window: TimeWindow, period: Int) -> [MetricPeriod] {
        let length = Int64(max(period, 1))
        var periods: [Int64: MetricPeriod] = [:]
        for (name, state) in functions where function == nil || function == name {
            for second in state.seconds.within(window) {
                let start = second.second - second.second % length
                var point = periods[start] ?? MetricPeriod(start: Timestamp(microseconds: start * 1_000_000))
                point.invocations += second.invocations
                point.errors += second.errors
                point.throttles += second.throttles
                point.concurrency[second.second, default: 0] += second.concurrency
                point.durations += second.durations
                periods[start] = point
            }
        }
        return periods.values.sorted { $0.start < $1.start }
    }

    /// The functions that were ever invoked or throttled.
    package func functionsWithMetrics() -> [String] {
        functions.filter { !$0.value.seconds.seconds.isEmpty }.keys.sorted()
    }
}
