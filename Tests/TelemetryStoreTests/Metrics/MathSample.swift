import Telemetry

@testable import TelemetryStore

/// Series by id over five minutes, evaluated without a store: `-` in the tables is a minute without a value.
struct MathSample {
    /// 2023-11-14T22:14:00Z, a Tuesday.
    static let start: Int64 = 1_700_000_040 / 60 * 60
    static let window = TimeWindow(start: Timestamp(seconds: start), end: Timestamp(seconds: start + 300))

    var series: [String: [Double?]]

    /// - Returns: the values of each series that comes out, minute by minute.
    func evaluate(_ expression: String) throws(MetricQueryError) -> [[Double?]] {
        try results(expression).map { result in
            (0..<5).map { minute in result.value(at: Self.start + Int64(minute) * 60) }
        }
    }

    func results(_ expression: String, label: String? = nil) throws(MetricQueryError) -> [MetricSeries] {
        let metrics = series.keys.sorted().map { id in
            MetricQuery(
                id, .metric(MetricKey("N", id), period: 60, statistic: "Average", unit: nil), isReturned: false)
        }
        let query = MetricQuery("e1", .expression(expression, period: nil), label: label)
        return try evaluate(metrics + [query])
    }

    func evaluate(_ queries: [MetricQuery]) throws(MetricQueryError) -> [MetricSeries] {
        let series = series
        var evaluator = MathEvaluator(
            queries, window: Self.window,
            fetch: { (key, _, period, _) throws(MetricQueryError) in
                let values = (series[key.name] ?? []).enumerated()
                let points = values.compactMap { minute, value in
                    value.map { MetricSeries.Point(Self.start + Int64(minute) * 60, $0) }
                }
                return MetricSeries(label: key.name, period: period, points: points, key: key)
            },
            listed: {
                series.keys.sorted().map {
                    ListedMetric(key: MetricKey("N", $0), unit: "None", updated: Timestamp(seconds: Self.start))
                }
            })
        return try evaluator.results()
    }
}
