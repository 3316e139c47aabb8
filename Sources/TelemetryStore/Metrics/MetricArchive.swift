import Telemetry

/// All metrics that are kept, up to a number of them and of bytes; the longest unchanged ones and the oldest values
/// leave first.
struct MetricArchive {
    private(set) var histories: [MetricHistory] = []
    private var places: [MetricKey: Int] = [:]
    private(set) var bytes = 0
    /// Metrics and values that left, and documents in the log that said they hold metrics and do not.
    private(set) var evictedMetrics = 0
    private(set) var evictedValues = 0
    var invalidDocuments = 0
    /// Grows when places change.
    private(set) var generation = 0
    let cap: Int
    let mostMetrics: Int

    init(cap: Int, mostMetrics: Int = 20_000) {
        self.cap = cap
        self.mostMetrics = max(mostMetrics, 8)
    }

    /// Where the metric is, for ``add(_:at:to:)``; true until ``generation`` changes.
    mutating func place(of key: MetricKey, unit: String) -> Int {
        if let place = places[key] { return place }
        if histories.count >= mostMetrics { forgetOldest() }
        let history = MetricHistory(key, unit: unit)
        bytes += history.weight
        histories.append(history)
        places[key] = histories.count - 1
        return histories.count - 1
    }

    mutating func add(_ value: Double, count: Double = 1, at time: Timestamp, to place: Int) {
        change(place, at: time) { $0.add(CustomMetric.Value(value, count: count)) }
    }

    /// - Parameter function: whose log told it.
    mutating func take(_ metric: CustomMetric, at time: Timestamp, function: String? = nil) {
        let key = MetricKey(metric.namespace, metric.name, metric.dimensions)
        let place = place(of: key, unit: metric.unit)
        histories[place].unit = metric.unit
        if let function { histories[place].function = function }
        change(place, at: time) { bucket in
            for value in metric.values where value.value.isFinite && value.count > 0 && value.count.isFinite {
                bucket.add(value)
            }
            if let summary = metric.summary, summary.count > 0, summary.sum.isFinite { bucket.add(summary) }
        }
        trim()
    }

    private mutating func change(_ place: Int, at time: Timestamp, _ change: (inout MetricBucket) -> Void) {
        let before = histories[place].weight
        histories[place].add(at: time.seconds, now: time, change)
        bytes += histories[place].weight - before
    }

    // MARK: - Caps

    /// Makes room when more is kept than may be; recording does it once a batch.
    mutating func trim() {
        guard bytes > cap else { return }
        // An eighth at once, so that it is seldom.
        while bytes > cap / 8 * 7, let oldest = histories.compactMap({ $0.buckets.first?.start }).min() {
            let newest = histories.compactMap { $0.buckets.last?.start }.max() ?? oldest
            let cut = oldest + max((newest - oldest) / 8, 1)
            for place in histories.indices {
                let before = histories[place].weight
                while let first = histories[place].buckets.first, first.start < cut {
                    evictedValues += histories[place].dropFirst()
                }
                bytes += histories[place].weight - before
            }
        }
        guard bytes > cap else { return }
        forgetOldest()
    }

    private mutating func forgetOldest() {
        let order = histories.indices.sorted { histories[$0].updated < histories[$1].updated }
        let gone = Set(order.prefix(max(histories.count / 8, 1)))
        evictedMetrics += gone.count
        for place in gone { evictedValues += histories[place].buckets.reduce(0) { $0 + $1.valueCount } }
        histories = histories.indices.filter { !gone.contains($0) }.map { histories[$0] }
        places = Dictionary(histories.enumerated().map { ($1.key, $0) }) { first, _ in first }
        bytes = histories.reduce(0) { $0 + $1.weight }
        generation += 1
    }

    // MARK: - Reading

    subscript(key: MetricKey) -> MetricHistory? { places[key].map { histories[$0] } }

    /// The periods of a window that have values, oldest first.
    func periods(_ key: MetricKey, in window: TimeWindow, period: Int64) -> [MetricPeriod] {
        guard let history = self[key] else { return [] }
        var periods: [MetricPeriod] = []
        for bucket in history.within(window) {
            let start = bucket.start - bucket.start % period
            if periods.last?.start != start { periods.append(MetricPeriod(start: start)) }
            bucket.add(to: &periods[periods.count - 1].samples)
        }
        return periods
    }
}

/// The values of one metric in one period.
package struct MetricPeriod: Hashable, Sendable {
    /// In seconds since 1970, a multiple of the period's length.
    package var start: Int64
    package var samples = Samples()

    package init(start: Int64, samples: Samples = Samples()) {
        self.start = start
        self.samples = samples
    }
}
