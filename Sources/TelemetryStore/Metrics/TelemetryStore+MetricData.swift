package import Telemetry

extension TelemetryStore {
    /// All metrics, ordered by namespace; the values of a metric that is not among them are not known.
    package func listedMetrics() -> [ListedMetric] {
        let kept = metrics.histories.lazy.filter { !$0.buckets.isEmpty }
            .map { ListedMetric(key: $0.key, unit: $0.unit, updated: $0.updated) }
        return (lambdaKeys + kept).sorted { $0.key.isBefore($1.key) }
    }

    /// The periods that begin in the window and have values, oldest first.
    ///
    /// - Parameter period: in seconds; periods begin at multiples of it, the first one where the window's start is in.
    package func periods(
        _ key: MetricKey, in window: TimeWindow, period: Int, unit: String? = nil
    ) -> [MetricPeriod] {
        let length = Int64(max(period, 1))
        if let unit, let known = self.unit(of: key), known != unit { return [] }
        // All of the first and the last period is looked at.
        let end = window.end.flooredSecond(to: length)
        let aligned = TimeWindow(
            start: Timestamp(seconds: window.start.flooredSecond(to: length)),
            end: Timestamp(seconds: end) == window.end ? window.end : Timestamp(seconds: end + length))
        return lambdaPeriods(key, in: aligned, period: length)
            ?? metrics.periods(key, in: aligned, period: length).filter { !$0.samples.isEmpty }
    }

    package func unit(of key: MetricKey) -> String? {
        if key.namespace == LambdaMetric.namespace, let metric = LambdaMetric(rawValue: key.name) { return metric.unit }
        return metrics[key]?.unit
    }

    /// The series of all queries that are to be returned, in the order of the queries.
    ///
    /// - Throws: when a statistic or an expression is none; the message names the query.
    package func series(
        _ queries: [MetricQuery], in window: TimeWindow
    ) throws(MetricQueryError) -> [MetricSeries] {
        var evaluator = MathEvaluator(
            queries, window: window,
            fetch: { (key, statistic, period, unit) throws(MetricQueryError) in
                try self.series(key, statistic: statistic, period: period, unit: unit, in: window)
            },
            listed: { self.listedMetrics() })
        return try evaluator.results()
    }

    /// - Throws: when the statistic is none.
    func series(
        _ key: MetricKey, statistic: String, period: Int, unit: String? = nil, in window: TimeWindow
    ) throws(MetricQueryError) -> MetricSeries {
        guard let wanted = Statistic(statistic) else {
            throw MetricQueryError("The value \(statistic) for parameter Stat is not supported.")
        }
        let points = periods(key, in: window, period: period, unit: unit).compactMap { period in
            period.samples.value(wanted).map { MetricSeries.Point(period.start, $0) }
        }
        return MetricSeries(label: key.name, period: period, points: points, key: key)
    }
}

extension MetricKey {
    func isBefore(_ other: MetricKey) -> Bool {
        if namespace != other.namespace { return namespace < other.namespace }
        if name != other.name { return name < other.name }
        for (left, right) in zip(dimensions, other.dimensions) where left != right {
            return (left.name, left.value) < (right.name, right.value)
        }
        return dimensions.count < other.dimensions.count
    }
}

extension Timestamp {
    package init(seconds: Int64) { self.init(milliseconds: seconds &* 1000) }

    /// The begin of the period that the moment is in.
    package func flooredSecond(to period: Int64) -> Int64 {
        let rest = seconds % max(period, 1)
        return seconds - (rest < 0 ? rest + period : rest)
    }
}
