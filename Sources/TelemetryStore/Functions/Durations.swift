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

    private static let bins = 8192

    private static func selected(_ durations: [UInt32], _ ranks: [Int], _ longest: UInt32) -> [UInt32] {
        let width = longest / UInt32(bins) + 1
        var counts = [Int](repeating: 0, count: bins)
        for duration in durations { counts[Int(duration / width)] += 1 }
        let places = ranks.map { place(of: $0, in: counts) }
        var members: [Int: [UInt32]] = [:]
        for place in places { members[place.bin] = [] }
        let wanted = Set(members.keys)
        for duration in durations where wanted.contains(Int(duration / width)) {
            members[Int(duration / width), default: []].append(duration)
        }
        for bin in wanted { members[bin]?.sort() }
        return places.map { members[$0.bin]?[$0.rank - 1] ?? longest }
    }

    /// The bin that holds the rank, and the rank within it.
    private static func place(of rank: Int, in counts: [Int]) -> (bin: Int, rank: Int) {
        var left = rank
        for (bin, count) in counts.enumerated() {
            if left <= count { return (bin, left) }
            left -= count
        }
        return (counts.count - 1, 1)
    }
}

extension Microseconds {
    /// For keeping: durations above 71 minutes count as that.
    var compact: UInt32 { UInt32(clamping: count) }
}
