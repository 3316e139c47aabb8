/// The numbers beside a chart.
package struct ValueAxis: Sendable {
    /// The least round step between two numbers that is at least so much.
    package var step: @Sendable (Double) -> Double
    /// How the numbers are written, all at once, as those of one axis have one unit and equally many decimals.
    package var labels: @Sendable ([Double]) -> [String]
    /// At least so much is shown, so that noise near zero does not look big.
    package var leastMaximum: Double

    package init(
        leastMaximum: Double = 1, step: @escaping @Sendable (Double) -> Double = roundedUp,
        labels: @escaping @Sendable ([Double]) -> [String]
    ) {
        self.leastMaximum = leastMaximum
        self.step = step
        self.labels = labels
    }

    /// Of what is counted there are no halves.
    package static let count = ValueAxis(step: { max(roundedUp($0), 1) }, labels: numbers)
    package static let number = ValueAxis(labels: numbers)
    package static let percent = ValueAxis(leastMaximum: 0.01) { ticks in
        labels(ticks.map { $0 * 100 }, unit: 1, name: " %")
    }

    package static let bytes = ValueAxis(
        leastMaximum: 1024,
        step: { least in
            var unit = 1.0
            while unit * 1024 <= least { unit *= 1024 }
            // What is rounded up to 1000 of a unit is one of the next.
            let rounded = roundedUp(least / unit)
            return rounded >= 1000 ? unit * 1024 : max(rounded, 1) * unit
        },
        labels: { ticks in
            let names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
            let greatest = ticks.max() ?? 0
            var (unit, place) = (1.0, 0)
            while unit * 1024 <= greatest, place < names.count - 1 { (unit, place) = (unit * 1024, place + 1) }
            return labels(ticks, unit: unit, name: " " + names[place])
        })

    package static let microseconds = duration(of: 1, leastMaximum: 1000)

    /// Durations, whose values are so many microseconds each.
    package static func duration(of unit: Double, leastMaximum: Double = 1) -> ValueAxis {
        ValueAxis(
            leastMaximum: leastMaximum,
            step: { Double(DurationAxis.step(atLeast: $0 * unit)) / unit },
            labels: { DurationAxis.labels($0.map { Int64(min(max(($0 * unit).rounded(), 0), 9e18)) }) })
    }

    /// `0`, `2,500`, `5,000`; `10k`, `20k`; `0.5`, `1.0`.
    private static func numbers(_ ticks: [Double]) -> [String] {
        let greatest = ticks.max() ?? 0
        let units = [(1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]
        let unit = greatest < 10_000 ? (1, "") : units.first { greatest >= $0.0 } ?? (1, "")
        return labels(ticks, unit: unit.0, name: unit.1)
    }

    private static func labels(_ ticks: [Double], unit: Double, name: String) -> [String] {
        let shown = ticks.map { $0 / unit }
        let places = (0...3).first { places in
            let factor = [1.0, 10, 100, 1000][places]
            return shown.allSatisfy { abs(($0 * factor).rounded() - $0 * factor) < 1e-6 * max(abs($0 * factor), 1) }
        }
        return shown.map { value in
            guard value != 0 else { return "0" }
            guard places ?? 3 == 0, value > 0, value < 1e12 else {
                return Format.decimal(value, places: places ?? 3) + name
            }
            return Format.grouped(UInt(value.rounded())) + name
        }
    }

    /// Round steps from 0 to at least the maximum.
    func scale(maximum: Double, rows: Int) -> ValueScale {
        let greatest = maximum.isFinite ? max(maximum, leastMaximum, 1e-9) : max(leastMaximum, 1e-9)
        let wanted = Double(max(min(rows / 3, 6), 1))
        let step = step(greatest / wanted)
        let count = max(Int((greatest / step - 1e-9).rounded(.up)), 1)
        return ValueScale(maximum: step * Double(count), ticks: (0...count).map { Double($0) * step })
    }

    /// 1, 2 or 5 times a power of ten.
    @Sendable
    package static func roundedUp(_ value: Double) -> Double {
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        while power > value { power /= 10 }
        return [1, 2, 5].map { $0 * power }.first { $0 >= value * 0.999_999 } ?? power * 10
    }
}

struct ValueScale {
    let maximum: Double
    let ticks: [Double]

    /// 0 at the bottom, 1 at the top.
    func fraction(_ value: Double) -> Double { min(max(value / maximum, 0), 1) }
}
