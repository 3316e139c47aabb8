import DequeModule
import Telemetry

/// One metric over time: by the second for three hours, then by the minute for fifteen days, as CloudWatch keeps it.
struct MetricHistory: Sendable {
    let key: MetricKey
    var unit: String
    /// The function whose log told of it last.
    var function: String?
    private(set) var buckets: Deque<MetricBucket> = []
    /// When something was added last, whatever its time.
    private(set) var updated = Timestamp(microseconds: 0)
    private(set) var weight: Int
    private var newest: Int64 = .min

    private static let fineSeconds: Int64 = 3 * 3600
    private static let keptSeconds: Int64 = 15 * 86_400
    /// Old buckets are put together when there are so many.
    private static let mostOldFine = 256

    init(_ key: MetricKey, unit: String) {
        self.key = key
        self.unit = unit
        weight = key.weight
    }

    /// - Parameter now: when it came.
    mutating func add(at second: Int64, now: Timestamp, _ change: (inout MetricBucket) -> Void) {
        let isFine = newest == .min || second >= newest - Self.fineSeconds
        let index = index(of: isFine ? second : second - second % 60)
        let before = buckets[index].weight
        change(&buckets[index])
        weight += buckets[index].weight - before
        updated = max(updated, now)
        guard second > newest else { return }
        newest = second
        dropOld()
    }

    private mutating func index(of start: Int64) -> Int {
        if let last = buckets.last, last.start == start { return buckets.count - 1 }
        let index = lower(of: start)
        if index < buckets.count, buckets[index].start == start { return index }
        let bucket = MetricBucket(start: start)
        buckets.insert(bucket, at: index)
        weight += bucket.weight
        return index
    }

    private mutating func dropOld() {
        while let first = buckets.first, first.start < newest - Self.keptSeconds { _ = dropFirst() }
        let end = lower(of: newest - Self.fineSeconds)
        guard end >= Self.mostOldFine, isFine(end) else { return }
        putTogether(before: end)
    }

    /// Whether there are seconds, and not only minutes, among the last ones before the end.
    private func isFine(_ end: Int) -> Bool {
        buckets[end - 1].start - buckets[end - Self.mostOldFine].start < Int64(Self.mostOldFine) * 60 - 60
    }

    private mutating func putTogether(before end: Int) {
        var minutes: Deque<MetricBucket> = []
        for bucket in buckets.prefix(end) {
            let minute = bucket.start - bucket.start % 60
            if minutes.last?.start != minute { minutes.append(MetricBucket(start: minute)) }
            minutes[minutes.count - 1].add(bucket)
        }
        minutes += buckets.dropFirst(end)
        buckets = minutes
        weight = buckets.reduce(key.weight) { $0 + $1.weight }
    }

    /// - Returns: how many values left with it.
    mutating func dropFirst() -> Int {
        guard let bucket = buckets.popFirst() else { return 0 }
        weight -= bucket.weight
        return bucket.valueCount
    }

    /// The buckets that begin in the window.
    func within(_ window: TimeWindow) -> Deque<MetricBucket>.SubSequence {
        buckets[lower(of: window.start.upperSecond)..<lower(of: window.end.upperSecond)]
    }

    /// The first bucket that does not begin before the second.
    private func lower(of second: Int64) -> Int {
        var low = 0
        var high = buckets.count
        while low < high {
            let middle = (low + high) / 2
            if buckets[middle].start < second { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Timestamp {
    /// Seconds since 1970, rounded up.
    fileprivate var upperSecond: Int64 {
        let (whole, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return rest > 0 ? whole + 1 : whole
    }
}
