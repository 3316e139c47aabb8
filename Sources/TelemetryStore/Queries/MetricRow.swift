package import Telemetry

/// Which metrics are listed.
package struct MetricListQuery: Hashable, Sendable {
    /// In namespace, name or dimensions, in any case.
    package var text: String
    /// Only those that the function's log holds.
    package var function: String?
    /// Also what the services measure themselves.
    package var includesServices: Bool
    package var limit: Int

    package init(text: String = "", function: String? = nil, includesServices: Bool = false, limit: Int = 500) {
        self.text = text
        self.function = function
        self.includesServices = includesServices
        self.limit = limit
    }
}

/// A metric over a window: a row of the list.
package struct MetricRow: Hashable, Sendable {
    package var key: MetricKey
    package var unit: String
    /// How often it was measured.
    package var count: Double
    package var average: Double?
    package var minimum: Double?
    package var maximum: Double?
    /// Where all single values are known.
    package var p95: Double?
    package var updated: Timestamp
    /// The averages of equal parts of the window; `nil` where there is none.
    package var series: [Double?]

    package init(
        key: MetricKey, unit: String, samples: Samples, updated: Timestamp, series: [Double?]
    ) {
        self.key = key
        self.unit = unit
        count = samples.count
        average = samples.value(.average)
        minimum = samples.minimum
        maximum = samples.maximum
        p95 = samples.value(.percentile(95))
        self.updated = updated
        self.series = series
    }
}
