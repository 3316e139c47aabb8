import DequeModule
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

/// What one function did, second by second, for as long as the longest window.
struct FunctionSeconds: Sendable {
    private(set) var seconds: Deque<SecondRecord> = []

    /// 24 hours, the longest window.
    private static let kept: Int64 = 24 * 3600
    /// More durations than this of one function are not kept; the oldest seconds leave.
    private static let mostDurations = 4_000_000
    private var durationCount = 0

    mutating func change(at time: Timestamp, _ change: (inout SecondRecord) -> Void) {
        let index = index(of: time.seconds)
        let before = seconds[index].durations.count
        change(&seconds[index])
        durationCount += seconds[index].durations.count - before
        trim(newest: seconds.last?.second ?? 0)
    }

    private mutating func index(of second: Int64) -> Int {
        if let last = seconds.last, last.second == second { return seconds.count - 1 }
        let index = lower(of: second)
        if index < seconds.count, seconds[index].second == second { return index }
        seconds.insert(SecondRecord(second: second), at: index)
        return index
    }

    private mutating func trim(newest: Int64) {
        while seconds.count > 1, let first = seconds.first,
            first.second < newest - Self.kept || durationCount > Self.mostDurations
        {
            durationCount -= first.durations.count
            seconds.removeFirst()
        }
    }

    /// The seconds that begin in the window.
    func within(_ window: TimeWindow) -> Deque<SecondRecord>.SubSequence {
        seconds[lower(of: window.start)..<lower(of: window.end)]
    }

    /// The first second that does not begin before the time.
    private func lower(of time: Timestamp) -> Int {
        let (whole, rest) = time.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return lower(of: rest > 0 ? whole + 1 : whole)
    }

    private func lower(of second: Int64) -> Int {
        var low = 0
        var high = seconds.count
        while low < high {
            let middle = (low + high) / 2
            if seconds[middle].second < second { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
