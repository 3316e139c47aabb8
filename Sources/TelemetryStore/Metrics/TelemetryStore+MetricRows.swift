import Telemetry

extension TelemetryStore {
    package func metricRows(_ query: MetricListQuery, in window: TimeWindow, buckets: Int) -> [MetricRow] {
        let text = query.text.lowercased()
        let wanted = metrics.histories.filter { history in
            guard query.function == nil || history.function == query.function else { return false }
            guard query.includesServices || query.function != nil || !history.key.namespace.hasPrefix("AWS/") else {
                return false
            }
            return text.isEmpty || history.key.contains(text)
        }
        return wanted.sorted { $0.key.isBefore($1.key) }.prefix(max(query.limit, 0)).map { history in
            var whole = Samples()
            var parts = [(sum: Double, count: Double)](repeating: (0, 0), count: max(buckets, 0))
            for bucket in history.within(window) {
                var samples = Samples()
                bucket.add(to: &samples)
                whole.add(samples.values)
                whole.add(samples.summaries)
                guard buckets > 0 else { continue }
                let part = window.bucket(of: bucket.start, of: buckets)
                parts[part].sum += samples.sum
                parts[part].count += samples.count
            }
            return MetricRow(
                key: history.key, unit: history.unit, samples: whole, updated: history.updated,
                series: parts.map { $0.count > 0 ? $0.sum / $0.count : nil })
        }
    }
}

extension MetricKey {
    /// - Parameter text: in lower case.
    fileprivate func contains(_ text: String) -> Bool {
        ([namespace, name] + dimensions.flatMap { [$0.name, $0.value] }).contains { $0.lowercased().contains(text) }
    }
}
