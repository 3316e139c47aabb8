import DequeModule
import Telemetry

/// What is known of one second.
protocol SecondKept: Sendable {
    var second: Int64 { get }
    /// Microseconds, in the order they ended.
    var durations: [UInt32] { get }

    init(second: Int64)
}

/// What something did, second by second, for as long as the longest window.
struct SecondLog<Record: SecondKept>: Sendable {
    private(set) var seconds: Deque<Record> = []
    private var durationCount = 0

    /// 24 hours, the longest window.
    private static var kept: Int64 { 24 * 3600 }
    /// More durations than this of one thing are not kept; the oldest seconds leave.
    private static var mostDurations: Int { 4_000_000 }

    /// Memory in words of four bytes, roughly: a duration is one, a record about 24.
    var weight: Int { durationCount + seconds.count * 24 }

    mutating func change(at time: Timestamp, _ change: (inout Record) -> Void) {
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
        seconds.insert(Record(second: second), at: index)
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

    /// - Returns: how many seconds left.
    mutating func drop(before second: Int64) -> Int {
        let count = lower(of: second)
        for record in seconds.prefix(count) { durationCount -= record.durations.count }
        seconds.removeFirst(count)
        return count
    }

    /// The seconds that begin in the window.
    func within(_ window: TimeWindow) -> Deque<Record>.SubSequence {
        seconds[lower(of: window.start)..<lower(of: window.end)]
    }

    /// The last second that begins before the window.
    func last(before window: TimeWindow) -> Record? {
        let end = lower(of: window.start)
        return end > 0 ? seconds[end - 1] : nil
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
