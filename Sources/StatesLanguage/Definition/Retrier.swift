import JSON

/// One entry of `Retry`.
package struct Retrier: Hashable, Sendable {
    package let errors: [String]
    package let intervalSeconds: Int
    package let maxAttempts: Int
    package let backoffRate: Double
    package let maxDelaySeconds: Int?
    package let hasFullJitter: Bool
    package let comment: String?

    init(_ source: JSON) {
        errors = (source["ErrorEquals"]?.array ?? []).compactMap(\.string)
        intervalSeconds = source["IntervalSeconds"]?.int ?? 1
        maxAttempts = source["MaxAttempts"]?.int ?? 3
        backoffRate = source["BackoffRate"]?.double ?? 2
        maxDelaySeconds = source["MaxDelaySeconds"]?.int
        hasFullJitter = source["JitterStrategy"]?.string == "FULL"
        comment = source["Comment"]?.string
    }
}
