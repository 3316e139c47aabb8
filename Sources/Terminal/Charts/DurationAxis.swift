/// Durations along an axis: round ones, and all of them in the one unit that fits their range.
///
/// Used by every axis of durations, beside a chart and below it.
package enum DurationAxis {
    /// Steps of a second and more are those of a clock, shorter ones 1, 2 or 5 times a power of ten. Microseconds.
    private static let steps: [Int64] = {
        let short = (0..<6).flatMap { power -> [Int64] in
            let unit = (0..<power).reduce(Int64(1)) { product, _ in product * 10 }
            return [unit, 2 * unit, 5 * unit]
        }
        let seconds: [Int64] = [
            1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800,
            2_592_000, 31_536_000,
        ]
        return short + seconds.map { $0 * 1_000_000 }
    }()

    /// A unit is taken from what is so long on, in microseconds.
    private static let units: [(from: Int64, length: Int64, name: String)] = [
        (172_800_000_000, 86_400_000_000, "d"), (7_200_000_000, 3_600_000_000, "h"), (120_000_000, 60_000_000, "min"),
        (1_000_000, 1_000_000, "s"), (1000, 1000, "ms"), (0, 1, "µs"),
    ]

    /// The shortest round step that is not shorter; microseconds.
    package static func step(atLeast least: Double) -> Int64 {
        if let step = steps.first(where: { Double($0) >= least * 0.999_999 }) { return step }
        var step = steps.last ?? 1
        while Double(step) < least, step < .max / 20 { step *= 10 }
        return step
    }

    /// Round moments from 0 on; microseconds.
    package static func ticks(until length: Int64, atMost count: Int) -> [Int64] {
        let step = step(atLeast: Double(max(length, 1)) / Double(max(count, 1)))
        return Array(stride(from: 0, through: max(length, 0), by: Int(max(step, 1))).prefix(max(count, 1) + 1))
    }

    /// `0`, `0.5 ms`, `1.0 ms`, `1.5 ms`: in the unit that fits the greatest, or in the next smaller one that says all
    /// of them without a rest.
    ///
    /// - Parameter ticks: microseconds.
    package static func labels(_ ticks: [Int64]) -> [String] {
        let greatest = ticks.map { max($0, 0) }.max() ?? 0
        let fitting = units.filter { greatest >= $0.from }
        for unit in fitting {
            // A tenth of a minute is no round number.
            let mostPlaces = unit.length > 1_000_000 ? 0 : 2
            guard let places = places(of: ticks, in: unit.length, most: mostPlaces) else { continue }
            return ticks.map { label($0, unit, places) }
        }
        return ticks.map { label($0, fitting.first ?? (0, 1, "µs"), 2) }
    }

    private static func places(of ticks: [Int64], in unit: Int64, most: Int) -> Int? {
        (0...most).first { places in
            let factor: Int64 = places == 0 ? 1 : places == 1 ? 10 : 100
            return unit % factor == 0 && ticks.allSatisfy { $0 % (unit / factor) == 0 }
        }
    }

    private static func label(_ tick: Int64, _ unit: (from: Int64, length: Int64, name: String), _ places: Int)
        -> String
    {
        guard tick > 0 else { return "0" }
        guard places > 0 else { return "\(Format.grouped(UInt(tick / unit.length))) \(unit.name)" }
        return "\(Format.decimal(Double(tick) / Double(unit.length), places: places)) \(unit.name)"
    }
}
