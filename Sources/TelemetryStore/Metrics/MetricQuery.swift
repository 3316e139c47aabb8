package import Telemetry

/// One time series that is asked for: a metric with a statistic, or an expression over others.
package struct MetricQuery: Hashable, Sendable {
    package var id: String
    package var source: Source
    package var label: String?
    /// Whether the answer has it; others are only there for expressions.
    package var isReturned: Bool

    package enum Source: Hashable, Sendable {
        /// - Parameters:
        ///   - period: in seconds.
        ///   - unit: only values of that unit; any when `nil`.
        case metric(MetricKey, period: Int, statistic: String, unit: String?)
        /// - Parameter period: for what has no period from a metric.
        case expression(String, period: Int?)
    }

    package init(_ id: String, _ source: Source, label: String? = nil, isReturned: Bool = true) {
        self.id = id
        self.source = source
        self.label = label
        self.isReturned = isReturned
    }

    package var metric: MetricKey? {
        guard case .metric(let key, _, _, _) = source else { return nil }
        return key
    }
}

/// A time series: for a query there may be several.
package struct MetricSeries: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        /// The begin of the period, in seconds since 1970.
        package var time: Int64
        package var value: Double

        package init(_ time: Int64, _ value: Double) {
            self.time = time
            self.value = value
        }
    }

    package var id: String
    package var label: String
    /// In seconds.
    package var period: Int
    /// Oldest first; periods without a value are left out.
    package var points: [Point]
    /// The metric that it is of; `nil` for what was computed.
    package var key: MetricKey?

    package init(id: String = "", label: String = "", period: Int, points: [Point], key: MetricKey? = nil) {
        self.id = id
        self.label = label
        self.period = period
        self.points = points
        self.key = key
    }
}

/// Why a query cannot be answered.
package struct MetricQueryError: Error, Hashable, CustomStringConvertible {
    /// CloudWatch's words, or ours for what is not served.
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// A metric that there is.
package struct ListedMetric: Hashable, Sendable {
    package var key: MetricKey
    package var unit: String
    /// When something was measured last.
    package var updated: Timestamp

    package init(key: MetricKey, unit: String, updated: Timestamp) {
        self.key = key
        self.unit = unit
        self.updated = updated
    }
}
