import Telemetry
import Testing

@testable import TelemetryStore

struct StatisticTests {
    /// 1 to 10, each once.
    private static let ten = Samples((1...10).map { CustomMetric.Value(Double($0)) })

    @Test(
        "Each statistic is what a person gets with pencil and paper",
        arguments: [
            ("SampleCount", 10), ("Sum", 55), ("Average", 5.5), ("Minimum", 1), ("Maximum", 10),
            ("p0", 1), ("p50", 5), ("p90", 9), ("p91", 10), ("p99.9", 10), ("p100", 10),
            // Without the highest tenth: 1 to 9.
            ("tm90", 5), ("tc90", 9), ("ts90", 45),
            ("TM(10%:90%)", 5.5), ("TC(10%:90%)", 8), ("TS(80%:)", 19), ("TM(:50%)", 3),
            // The highest counts as 9.
            ("wm90", 5.4), ("WM(10%:90%)", 5.5),
            // 3 to 8 of the middle half, as the lower two and the upper two are out: floor(2.5) and ceil(7.5).
            ("IQM", 5.5),
            // As values the lower bound is out, the higher one is in.
            ("TM(2:5)", 4), ("TC(2:5)", 3), ("TS(2:5)", 12), ("TC(:3)", 3), ("PR(:3)", 30), ("PR(2:5)", 30),
            ("WM(3:7)", 5.2),
        ] as [(String, Double)])
    func statistics(_ name: String, _ expected: Double) throws {
        let statistic = try #require(Statistic(name))
        let value = try #require(Self.ten.value(statistic))
        #expect(abs(value - expected) < 1e-9, "\(name) is \(value)")
    }

    @Test(
        "Counts weigh",
        arguments: [("Sum", 13), ("SampleCount", 5), ("p50", 1), ("p90", 10), ("tm80", 0.75)] as [(String, Double)])
    func weights(_ name: String, _ expected: Double) throws {
        let samples = Samples([.init(10, count: 1), .init(1, count: 3), .init(0, count: 1)])
        #expect(samples.value(try #require(Statistic(name))) == expected)
    }

    @Test func aSummaryHasNoPercentilesUnlessAllItsValuesAreTheSame() throws {
        let percentile = try #require(Statistic("p50"))
        var samples = Samples()
        samples.add([CustomMetric.Summary(count: 4, sum: 10, minimum: 1, maximum: 4)])
        #expect(samples.value(percentile) == nil)
        #expect(samples.value(.average) == 2.5)
        #expect(samples.value(.maximum) == 4)
        var even = Samples()
        even.add([CustomMetric.Summary(count: 3, sum: 6, minimum: 2, maximum: 2)])
        #expect(even.value(percentile) == 2)
    }

    @Test func negativeValuesHaveNoPercentiles() throws {
        let samples = Samples([.init(-1), .init(2)])
        #expect(samples.value(try #require(Statistic("p50"))) == nil)
        #expect(samples.value(.minimum) == -1)
    }

    @Test(
        "What is no statistic is none",
        arguments: [
            "", "p", "p101", "p-1", "p5x", "average", "tm", "TM(90)", "TM(:)", "TM(9:1)", "TM(10%:200%)", "PR(10%:90%)",
            "XX(1:2)", "tm1e1", "wm+5", "IQM90", "TM(1:2",
        ])
    func refused(_ text: String) { #expect(Statistic(text) == nil) }
}
