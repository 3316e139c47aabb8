import Telemetry
import Testing

@testable import TelemetryStore

struct PercentilesTests {
    @Test("Percentiles are the nearest ranks, however many there are and however they lie", arguments: 1...8)
    func nearestRank(seed: Int) {
        var numbers = SeededNumbers(UInt64(seed))
        for count in [1, 2, 99, 100, 4095, 4096, 20_000] {
            let highest = ([10, 5000, .max] as [UInt32]).randomElement(using: &numbers) ?? 1
            var durations = (0..<count).map { _ in UInt32.random(in: 0...highest, using: &numbers) }
            if seed % 2 == 0 { durations[0] = .max }
            let sorted = durations.sorted()
            func rank(_ percent: Int) -> Microseconds {
                Microseconds(Int64(sorted[(count * percent + 99) / 100 - 1]))
            }
            let percentiles = Percentiles(durations)
            #expect(percentiles?.p50 == rank(50))
            #expect(percentiles?.p90 == rank(90))
            #expect(percentiles?.p95 == rank(95))
            #expect(percentiles?.p99 == rank(99))
            #expect(percentiles?.max == rank(100))
            #expect(percentiles?.count == count)
        }
        #expect(Percentiles([]) == nil)
    }
}
