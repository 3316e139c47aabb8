import Telemetry

/// Decides what becomes of a batch: what is sent when, halved, tried again or given up. A value; the poller acts.
struct BatchMachine {
    /// What the mapping says of failures.
    struct Policy: Hashable, Sendable {
        var bisects = false
        /// `nil`: without end.
        var maximumRetries: Int?
        /// Older records are not sent any more.
        var maximumAge: Microseconds
    }

    enum Condition: String, Hashable, Sendable {
        case retryAttemptsExhausted = "RetryAttemptsExhausted"
        case recordAgeExceeded = "RecordAgeExceeded"
    }

    enum Step: Hashable {
        /// Send these; it is their `attempt`-th time.
        case send(Range<Int>, attempt: Int)
        /// Give these up, after so many times.
        case discard(Range<Int>, Condition, attempts: Int)
        case done
    }

    enum Change: Hashable {
        case bisected
        case retried
        /// The next step gives them up.
        case exhausted
    }

    /// Records that are sent together.
    private struct Part {
        var records: Range<Int>
        /// How often they were sent.
        var attempts = 0
        /// How many of these count as retries; halving costs none.
        var retries = 0
        var isExhausted = false
    }

    private let policy: Policy
    private let times: [Timestamp]
    /// In order; the first one is at work.
    private var parts: [Part]

    /// - Parameter times: when the records came into being.
    init(times: [Timestamp], policy: Policy) {
        self.times = times
        self.policy = policy
        parts = times.isEmpty ? [] : [Part(records: 0..<times.count)]
    }

    /// How many records from the beginning on need no further attention.
    var settled: Int { parts.first?.records.lowerBound ?? times.count }

    /// What to do next. What is to be given up is given up by asking.
    mutating func next(at now: Timestamp) -> Step {
        guard var part = parts.first else { return .done }
        if part.isExhausted {
            parts.removeFirst()
            return .discard(part.records, .retryAttemptsExhausted, attempts: part.attempts)
        }
        let old = part.records.prefix { now - times[$0] > policy.maximumAge }
        guard old.isEmpty else {
            let expired = part.records.lowerBound..<(part.records.lowerBound + old.count)
            if expired == part.records {
                parts.removeFirst()
            } else {
                part.records = expired.upperBound..<part.records.upperBound
                parts[0] = part
            }
            return .discard(expired, .recordAgeExceeded, attempts: part.attempts)
        }
        return .send(part.records, attempt: part.attempts + 1)
    }

    mutating func succeeded() {
        if !parts.isEmpty { parts.removeFirst() }
    }

    /// The function failed on what was sent.
    mutating func failed() -> Change {
        guard var part = parts.first else { return .retried }
        part.attempts += 1
        guard !policy.bisects || part.records.count < 2 else {
            let middle = part.records.lowerBound + part.records.count / 2
            var second = part
            part.records = part.records.lowerBound..<middle
            second.records = middle..<second.records.upperBound
            parts.replaceSubrange(0..<1, with: [part, second])
            return .bisected
        }
        return retry(part)
    }

    /// The function took the records before this one.
    ///
    /// - Parameter first: of those that were sent.
    mutating func failed(from first: Int) -> Change {
        guard var part = parts.first, part.records.contains(first), first > part.records.lowerBound else {
            return failed()
        }
        part.attempts += 1
        part.records = first..<part.records.upperBound
        guard policy.bisects else { return retry(part) }
        parts[0] = part
        return .bisected
    }

    private mutating func retry(_ part: Part) -> Change {
        var part = part
        defer { parts[0] = part }
        if let limit = policy.maximumRetries, part.retries >= limit {
            part.isExhausted = true
            return .exhausted
        }
        part.retries += 1
        return .retried
    }
}
