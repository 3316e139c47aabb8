import Telemetry

/// The values of one metric in one second, or in one minute when they are older.
struct MetricBucket: Sendable {
    /// In seconds since 1970.
    let start: Int64
    /// Most buckets have one value, many times: it takes no memory of its own.
    private var first: CustomMetric.Value?
    private var more: [CustomMetric.Value] = []
    private var summaries: [CustomMetric.Summary] = []

    /// From here on equal values are looked for each time that their number doubled.
    private static let fewValues = 64

    init(start: Int64) { self.start = start }

    /// Bytes in memory, roughly.
    var weight: Int {
        56 + (more.isEmpty ? 0 : 32 + more.count * 16) + (summaries.isEmpty ? 0 : 32 + summaries.count * 32)
    }

    var valueCount: Int { (first == nil ? 0 : 1) + more.count + summaries.count }

    mutating func add(_ value: CustomMetric.Value) {
        guard let known = first else {
            first = value
            return
        }
        if known.value == value.value {
            first?.count += value.count
        } else if let last = more.indices.last, more[last].value == value.value {
            more[last].count += value.count
        } else {
            more.append(value)
            if more.count >= Self.fewValues, more.count & (more.count - 1) == 0 { unite() }
        }
    }

    mutating func add(_ summary: CustomMetric.Summary) { summaries.append(summary) }

    mutating func add(_ other: MetricBucket) {
        for value in other.values { add(value) }
        summaries += other.summaries
    }

    private mutating func unite() {
        more.sort { $0.value < $1.value }
        var united: [CustomMetric.Value] = []
        for value in more {
            if let last = united.indices.last, united[last].value == value.value {
                united[last].count += value.count
            } else {
                united.append(value)
            }
        }
        more = united
    }

    private var values: [CustomMetric.Value] { (first.map { [$0] } ?? []) + more }

    func add(to samples: inout Samples) {
        if let first { samples.add(CollectionOfOne(first)) }
        samples.add(more)
        samples.add(summaries)
    }
}
