import Telemetry

/// What one function did in one second.
struct SecondRecord: Sendable {
    let second: Int64
    var invocations = 0
    var errors = 0
    var throttles = 0
    /// Microseconds, in the order they ended.
    var durations: [UInt32] = []
    /// Init durations of the cold starts.
    var inits: [UInt32] = []
    /// The most that ran at once.
    var concurrency = 0
    /// How many ran when it was over.
    var running = 0
    var maxMemoryUsedMiB = 0

    init(second: Int64) { self.second = second }
}

/// What one function did, second by second.
typealias FunctionSeconds = SecondLog<SecondRecord>

extension SecondRecord: SecondKept {}

extension SecondRecord {
    /// - Parameters:
    ///   - before: how many ran until it ended.
    ///   - after: how many run on.
    mutating func add(_ end: InvocationEnd, running before: Int, after: Int) {
        running = after
        guard end.status != .throttled else {
            throttles += 1
            return
        }
        concurrency = max(concurrency, before)
        invocations += 1
        if end.status != .success { errors += 1 }
        durations.append(end.duration.compact)
        if let initDuration = end.initDuration { inits.append(initDuration.compact) }
        maxMemoryUsedMiB = max(maxMemoryUsedMiB, end.maxMemoryUsedMiB)
    }

    mutating func runs(_ count: Int) {
        concurrency = max(concurrency, count)
        running = count
    }
}
