import Telemetry
import Testing

@testable import TelemetryStore

struct HotKeyTests {
    private let start = TableSampleEvents.start

    @Test("A key that is hot among many stays in the sketch, with a count within its error", arguments: [1, 2, 3])
    func heavyHitters(seed: Int) throws {
        var numbers = SeededNumbers(UInt64(seed))
        var sketch = HotKeySketch()
        var hot = 0
        for number in 0..<20_000 {
            let isHot = Int.random(in: 0..<10, using: &numbers) == 0
            hot += isHot ? 1 : 0
            sketch.take(isHot ? "hot" : "cold-\(number % 5000)")
        }
        #expect(sketch.keys.count == HotKeySketch.capacity)
        let place = try #require(sketch.keys.firstIndex(of: "hot"))
        #expect(sketch.counts[place] >= hot)
        #expect(sketch.counts[place] - sketch.errors[place] <= hot)
        #expect(sketch.counts[place] == sketch.counts.max())
        #expect(sketch.counts.reduce(0, +) == sketch.total)
    }

    @Test("Few keys are counted exactly")
    func few() {
        var sketch = HotKeySketch()
        for number in 0..<90 { sketch.take("k\(number % 9)") }
        #expect(sketch.counts == Array(repeating: 10, count: 9))
        #expect(sketch.errors == Array(repeating: 0, count: 9))
    }

    @Test("Among keys that are all alike none is called hot; one that stands out is, by what it had for certain")
    func noise() throws {
        var keys = HotKeyMinutes()
        let window = TimeWindow(start: start, end: start + .seconds(59))
        for number in 0..<600 { keys.take("k\(number % 200)", second: start.seconds) }
        let noise = keys.hottest(in: window, limit: 50)
        #expect(noise.keys.isEmpty && noise.calls == 600 && noise.bound > 0)
        for number in 0..<300 { keys.take(number % 3 == 0 ? "hot" : "k\(number % 200)", second: start.seconds) }
        let hot = keys.hottest(in: window, limit: 50)
        let key = try #require(hot.keys.first)
        #expect(hot.keys.count == 1 && key.key == "hot" && (50...100).contains(key.least))
        #expect(hot.share(key) == Double(key.least) / 900)
    }

    @Test("Only the minutes of the window are told, and a quarter of an hour is kept")
    func minutes() {
        var keys = HotKeyMinutes()
        for minute in 0..<20 { keys.take("k\(minute)", second: start.seconds + Int64(minute) * 60) }
        #expect(keys.minutes.count == HotKeyMinutes.kept)
        let all = keys.hottest(in: TimeWindow(start: start, end: start + .seconds(3600)), limit: 50)
        #expect(all.calls == 15 && all.minutes == 15 && all.keys.first?.key == "k10")
        let last = TimeWindow(start: start + .seconds(19 * 60), end: start + .seconds(20 * 60 - 1))
        #expect(keys.hottest(in: last, limit: 50).keys.map(\.key) == ["k19"])
        #expect(keys.hottest(in: TimeWindow(start: start, end: start), limit: 50).keys.isEmpty)
    }
}
