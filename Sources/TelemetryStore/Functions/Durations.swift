import Telemetry

extension Percentiles {
    /// Nearest-rank percentiles of durations in microseconds, in any order.
    ///
    /// Few are sorted; many are counted by their upper bits, and only the bins that hold a rank are looked into.
    ///
    /// - Returns: `nil` when there is none.
    init?(_ durations: [UInt32]) {
        guard let longest = durations.max() else { return nil }
        let ranks = [50, 90, 95, 99].map { (durations.count * $0 + 99) / 100 }
        let values = durations.count < 4096 ? Self.sorted(durations, ranks) : Self.selected(durations, ranks, longest)
        self.init(
            p50: Microseconds(Int64(values[0])),
            p90: Microseconds(Int64(values[1])),
            p95: Microseconds(Int64(values[2])),
            p99: Microseconds(Int64(values[3])),
            max: Microseconds(Int64(longest)),
            count: durations.count
        )
    }

    private static func sorted(_ durations: [UInt32], _ ranks: [Int]) -> [UInt32] {
        let sorted = durations.sorted()
        return ranks.map { sorted[$0 - 1] }
    }

    private static func selected(_ durations: [UInt32], _ ranks: [Int], _ longest: UInt32) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: bin(of: longest) + 1)
        for duration in durations { counts[bin(of: duration)] += 1 }
        let places = ranks.map { place(of: $0, in: counts) }
        var slots = [Int8](repeating: -1, count: counts.count)
        var members: [[UInt32]] = []
        for place in places where slots[place.bin] < 0 {
            slots[place.bin] = Int8(members.count)
            members.append([])
        }
        for duration in durations {
            let slot = slots[bin(of: duration)]
            if slot >= 0 { members[Int(slot)].append(duration) }
        }
        for slot in members.indices { members[slot].sort() }
        return places.map { members[Int(slots[$0.bin])][$0.rank - 1] }
    }

    /// Up to 1023 each duration has its own bin; above, a bin is a 512th of its power of two.
    private static func bin(of duration: UInt32) -> Int {
        let shift = Swift.max(22 - duration.leadingZeroBitCount, 0)
        return shift << 9 &+ Int(duration >> UInt32(shift))
    }

    /// The bin that holds the rank, and the rank within it.
    private static func place(of rank: Int, in counts: [UInt32]) -> (bin: Int, rank: Int) {
        var left = rank
        for (bin, count) in counts.enumerated() {
            if left <= Int(count) { return (bin, left) }
            left -= Int(count)
        }
        return (counts.count - 1, 1)
    }
}

extension Microseconds {
    /// For keeping: durations above 71 minutes count as that.
    var compact: UInt32 { UInt32(clamping: count) }
}
