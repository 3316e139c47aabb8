import Telemetry

/// What one route answered in one second.
struct RouteSecond: SecondKept {
    let second: Int64
    /// By status class: the place of `4xx` is 4; what is no status is 0.
    var classes = StatusClasses()
    /// Latencies in microseconds, in the order they ended.
    var durations: [UInt32] = []
    /// Of that, what integrations took.
    var integrations: [UInt32] = []

    init(second: Int64) { self.second = second }
}

/// Answers by the first digit of their status.
package struct StatusClasses: Hashable, Sendable {
    private var counts: [Int] = [0, 0, 0, 0, 0, 0]

    package init() {}

    /// - Parameter digit: 4 for `4xx`.
    package subscript(digit: Int) -> Int { counts.indices.contains(digit) ? counts[digit] : 0 }

    package var total: Int { counts.reduce(0, +) }
    package var failures: Int { self[5] }

    package mutating func add(status: Int) { counts[Self.digit(of: status)] += 1 }

    mutating func add(_ other: StatusClasses) {
        for place in counts.indices { counts[place] += other.counts[place] }
    }

    static func digit(of status: Int) -> Int { (100..<600).contains(status) ? status / 100 : 0 }
}
