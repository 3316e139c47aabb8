import Testing

@testable import Terminal

/// The numbers of one axis have one unit, equally many decimals, and are round.
struct AxisTests {
    @Test(
        arguments: [
            ([0, 500, 1000, 1500], ["0", "0.5 ms", "1.0 ms", "1.5 ms"]),
            ([0, 200, 400, 600], ["0", "200 µs", "400 µs", "600 µs"]),
            ([0, 100_000, 200_000], ["0", "100 ms", "200 ms"]),
            ([0, 500_000, 1_000_000], ["0", "0.5 s", "1.0 s"]),
            ([0, 30_000_000, 60_000_000], ["0", "30 s", "60 s"]),
            // No tenths of a minute.
            ([0, 30_000_000, 60_000_000, 90_000_000, 120_000_000], ["0", "30 s", "60 s", "90 s", "120 s"]),
            ([0, 60_000_000, 120_000_000, 180_000_000], ["0", "1 min", "2 min", "3 min"]),
            ([0, 86_400_000_000, 172_800_000_000], ["0", "1 d", "2 d"]),
            // Behind a long wait that is folded.
            ([0, 1_000_000, 3_600_000_000, 3_601_000_000], ["0", "1 s", "3,600 s", "3,601 s"]),
            ([], []),
        ] as [([Int64], [String])])
    func durationsShareAUnit(_ ticks: [Int64], _ labels: [String]) {
        #expect(DurationAxis.labels(ticks) == labels)
    }

    @Test(
        arguments: [(706_000, 7, 200_000), (1, 6, 1), (90_000_000, 3, 30_000_000), (.max, 4, 0)]
            as [(Int64, Int, Int64)])
    func ticksAreRoundAndFew(_ length: Int64, _ most: Int, _ step: Int64) {
        let ticks = DurationAxis.ticks(until: length, atMost: most)
        #expect(ticks.first == 0)
        #expect(ticks.count <= most + 1)
        if step > 0 { #expect(ticks.dropFirst().first ?? step == step) }
    }

    @Test(
        arguments: [
            (.microseconds, 1_400_000, ["0", "0.5 s", "1.0 s", "1.5 s"]),
            (.duration(of: 1000), 180, ["0", "100 ms", "200 ms"]),
            // No call and a half.
            (.count, 1, ["0", "1"]),
            (.count, 42_000, ["0", "20k", "40k", "60k"]),
            (.number, 2, ["0", "1", "2"]),
            (.number, 0.7, ["0", "0.5", "1.0"]),
            (.bytes, 90.0 * 1_048_576, ["0", "50 MiB", "100 MiB"]),
            (.percent, 0.09, ["0", "5 %", "10 %"]),
        ] as [(ValueAxis, Double, [String])])
    func valuesShareAUnit(_ axis: ValueAxis, _ greatest: Double, _ labels: [String]) {
        let scale = axis.scale(maximum: greatest, rows: 9)
        #expect(axis.labels(scale.ticks) == labels)
        #expect(scale.maximum >= greatest)
    }
}
