import Telemetry
import Testing

@testable import TelemetryStore

struct MetricArchiveTests {
    private static let start: Int64 = 1_700_006_400

    private func window(_ from: Int64, _ to: Int64) -> TimeWindow {
        TimeWindow(start: Timestamp(seconds: Self.start + from), end: Timestamp(seconds: Self.start + to))
    }

    @Test func periodsAreWhatWasMeasuredInThem() {
        var archive = MetricArchive(cap: 1 << 20)
        let key = MetricKey("n", "m")
        let place = archive.place(of: key, unit: "Count")
        // One, two, three … at each tenth second, and each of them twice.
        for step in 0..<12 {
            archive.add(Double(step + 1), count: 2, at: Timestamp(seconds: Self.start + Int64(step) * 10), to: place)
        }
        let minutes = archive.periods(key, in: window(0, 120), period: 60)
        #expect(minutes.map(\.start) == [Self.start, Self.start + 60])
        #expect(minutes.map(\.samples.sum) == [42, 114])
        #expect(minutes.map(\.samples.count) == [12, 12])
        #expect(archive.periods(key, in: window(10, 30), period: 10).map(\.samples.sum) == [4, 6])
        #expect(archive.periods(MetricKey("n", "other"), in: window(0, 120), period: 60).isEmpty)
    }

    @Test func theOrderOfDimensionsDoesNotMatter() {
        let (a, b) = (CustomMetric.Dimension(name: "a", value: "1"), CustomMetric.Dimension(name: "b", value: "2"))
        #expect(MetricKey("n", "m", [a, b]) == MetricKey("n", "m", [b, a]))
    }

    @Test func afterThreeHoursSecondsBecomeMinutesWithTheSameStatistics() {
        var archive = MetricArchive(cap: 1 << 26)
        let key = MetricKey("n", "m")
        let place = archive.place(of: key, unit: "Count")
        for second in Int64(0)..<15_000 {
            archive.add(Double(second % 60), at: Timestamp(seconds: Self.start + second), to: place)
        }
        #expect((archive[key]?.buckets.count ?? 0) < 11_200)
        let minutes = archive.periods(key, in: window(0, 15_000), period: 60)
        #expect(minutes.count == 250)
        #expect(minutes.allSatisfy { $0.samples.sum == 1770 && $0.samples.count == 60 && $0.samples.maximum == 59 })
        // What comes late for long ago goes into its minute.
        archive.add(1000, at: Timestamp(seconds: Self.start + 61), to: place)
        #expect(archive.periods(key, in: window(60, 120), period: 60).map(\.samples.maximum) == [1000])
    }

    @Test func theCapInBytesHoldsAndWhatLeftIsCounted() {
        var archive = MetricArchive(cap: 100_000)
        for number in 0..<20 {
            let place = archive.place(of: MetricKey("n", "m\(number)"), unit: "Count")
            for second in Int64(0)..<1000 {
                archive.add(Double(second), at: Timestamp(seconds: Self.start + second), to: place)
                archive.trim()
            }
        }
        #expect(archive.bytes <= 100_000)
        #expect(archive.evictedValues > 10_000)
        #expect(archive.bytes == archive.histories.reduce(0) { $0 + $1.weight })
    }

    @Test func tooManyMetricsLoseTheOnesThatWereSilentLongest() {
        var archive = MetricArchive(cap: 1 << 24, mostMetrics: 80)
        for number in 0..<100 {
            let metric = CustomMetric(namespace: "n", name: "m\(number)", value: 1)
            archive.take(metric, at: Timestamp(seconds: Self.start + Int64(number)))
        }
        #expect(archive.histories.count <= 80)
        #expect(archive.evictedMetrics >= 20)
        #expect(archive[MetricKey("n", "m99")] != nil)
        #expect(archive[MetricKey("n", "m0")] == nil)
    }

    @Test func hostileValuesAndTimesAreTaken() {
        var archive = MetricArchive(cap: 1 << 20)
        for time in [Int64.min, -1, 0, 1, Int64.max] {
            archive.take(
                CustomMetric(
                    namespace: "", name: "", values: [.init(.nan), .init(.infinity), .init(1, count: -1), .init(1)],
                    summary: .init(count: .nan, sum: .nan, minimum: 0, maximum: 0)),
                at: Timestamp(microseconds: time))
        }
        #expect(archive.histories.count == 1)
    }

    @Test func theStoreCountsWhatLeftAndKeepsMetricsOfOtherTimesOutOfItsOwn() async {
        let store = TelemetryStore(metricCap: 20_000)
        let old = Timestamp(seconds: Self.start)
        for number in 0..<400 {
            let metric = CustomMetric(namespace: "n", name: "m\(number % 4)", value: Double(number))
            await store.ingest([TelemetryEvent(.metric(metric), at: old + .seconds(Int64(number)))])
        }
        let health = await store.storeHealth()
        #expect(health.firstEvent == nil)
        #expect((health.evicted["metric value"] ?? 0) > 0)
    }
}
