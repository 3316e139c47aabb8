import Synchronization
import Telemetry

/// How many calls may come: so many a second, and so many at once.
struct ThrottleLimit: Hashable, Sendable {
    var rate: Double
    var burst: Double
}

/// Token buckets by name.
final class Throttles: Sendable {
    private struct Bucket {
        var tokens: Double
        var time: Timestamp
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    private static let most = 20_000

    /// Takes a token.
    ///
    /// - Returns: whether there was one.
    func admit(_ name: String, _ limit: ThrottleLimit, at now: Timestamp) -> Bool {
        buckets.withLock { buckets in
            if buckets.count > Self.most { buckets.removeAll() }
            var bucket = buckets[name] ?? Bucket(tokens: limit.burst, time: now)
            let seconds = max(Double((now - bucket.time).count) / 1_000_000, 0)
            bucket.tokens = min(limit.burst, bucket.tokens + seconds * limit.rate)
            bucket.time = now
            let isAdmitted = bucket.tokens >= 1
            if isAdmitted { bucket.tokens -= 1 }
            buckets[name] = bucket
            return isAdmitted
        }
    }
}

/// Calls by usage plan, API key and day.
final class UsageCounter: Sendable {
    struct Key: Hashable, Sendable {
        var plan: String
        var key: String
    }

    /// The day is the count of days since 1970.
    private let counts = Mutex<[Key: [Int64: Int]]>([:])
    private static let daysKept: Int64 = 90

    /// Counts a call if the quota allows it.
    ///
    /// - Parameter days: the days of the quota's period so far, today last.
    func admit(_ key: Key, quota: Int?, days: ClosedRange<Int64>) -> Bool {
        counts.withLock { counts in
            var byDay = counts[key] ?? [:]
            if let quota {
                let used = byDay.reduce(0) { days.contains($1.key) ? $0 + $1.value : $0 }
                guard used < quota else { return false }
            }
            byDay[days.upperBound, default: 0] += 1
            byDay = byDay.filter { $0.key > days.upperBound - Self.daysKept }
            counts[key] = byDay
            return true
        }
    }

    func used(_ key: Key, day: Int64) -> Int { counts.withLock { $0[key]?[day] ?? 0 } }

    func used(_ key: Key, days: ClosedRange<Int64>) -> Int {
        counts.withLock { $0[key]?.reduce(0) { days.contains($1.key) ? $0 + $1.value : $0 } ?? 0 }
    }

    /// Sets what remains of a quota, as `UpdateUsage` does: the difference is booked on today.
    func setRemaining(_ remaining: Int, of quota: Int, _ key: Key, days: ClosedRange<Int64>) {
        counts.withLock { counts in
            let used = counts[key]?.reduce(0) { days.contains($1.key) ? $0 + $1.value : $0 } ?? 0
            counts[key, default: [:]][days.upperBound, default: 0] += quota - remaining - used
        }
    }

    func keys(of plan: String) -> [String] {
        counts.withLock { $0.keys.filter { $0.plan == plan }.map(\.key).sorted() }
    }
}
