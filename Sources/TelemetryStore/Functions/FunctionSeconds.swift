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
    var maxMemoryUsedMiB = 0

    init(second: Int64) { self.second = second }
}

/// What one function did, second by second.
typealias FunctionSeconds = SecondLog<SecondRecord>

extension SecondRecord: SecondKept {}
