package import Telemetry

/// The values of a metric in one period: what every statistic of CloudWatch is made from.
package struct Samples: Hashable, Sendable {
    package private(set) var values: [CustomMetric.Value]
    /// Values that were put together before they came.
    package private(set) var summaries: [CustomMetric.Summary] = []

    package init(_ values: [CustomMetric.Value] = []) { self.values = values }

    /// Ones and zeros: so many of all events.
    package init(ones: Int, of all: Int) {
        values = []
        if ones > 0 { values.append(CustomMetric.Value(1, count: Double(ones))) }
        if all > ones { values.append(CustomMetric.Value(0, count: Double(all - ones))) }
    }

    package var isEmpty: Bool { values.isEmpty && summaries.isEmpty }

    package mutating func add(_ values: some Sequence<CustomMetric.Value>) { self.values += values }
    package mutating func add(_ summaries: [CustomMetric.Summary]) { self.summaries += summaries }

    package var count: Double {
        values.reduce(0) { $0 + $1.count } + summaries.reduce(0) { $0 + $1.count }
    }

    package var sum: Double {
        values.reduce(0) { $0 + $1.value * $1.count } + summaries.reduce(0) { $0 + $1.sum }
    }

    package var minimum: Double? {
        let least = values.map(\.value).min()
        return (summaries.map(\.minimum) + (least.map { [$0] } ?? [])).min()
    }

    package var maximum: Double? {
        let most = values.map(\.value).max()
        return (summaries.map(\.maximum) + (most.map { [$0] } ?? [])).max()
    }

    /// All values in order; `nil` when some are only known as a summary, or are negative: then CloudWatch has no
    /// percentiles either.
    var sorted: [CustomMetric.Value]? {
        var all = values
        for summary in summaries {
            guard summary.minimum == summary.maximum else { return nil }
            all.append(CustomMetric.Value(summary.minimum, count: summary.count))
        }
        all.sort { $0.value < $1.value }
        guard let least = all.first, least.value >= 0 else { return nil }
        return all
    }
}
