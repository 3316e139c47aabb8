/// The numbers beside a chart.
package struct ValueAxis: Sendable {
    /// How a number is written.
    package var label: @Sendable (Double) -> String
    /// At least so much is shown, so that noise near zero does not look big.
    package var leastMaximum: Double
    /// What is between two numbers at least: of what is counted there are no halves.
    package var leastStep: Double

    package init(leastMaximum: Double = 1, leastStep: Double = 0, label: @escaping @Sendable (Double) -> String) {
        self.label = label
        self.leastMaximum = leastMaximum
        self.leastStep = leastStep
    }

    package static let count = ValueAxis(leastStep: 1) { Format.count(Int(min(max($0.rounded(), 0), 1e18))) }
    package static let percent = ValueAxis(leastMaximum: 0.01) { Format.percent($0) }
    package static let bytes = ValueAxis(leastMaximum: 1024) { Format.bytes(Int(min(max($0, 0), 1e18))) }

    /// Values in microseconds; labels as short as they can be: `2 s`, `1.5 s`, `250 ms`.
    package static let microseconds = ValueAxis(leastMaximum: 1000) { value in
        switch value {
        case ..<1: return "0"
        case ..<1000: return Format.decimal(value, places: 0) + " µs"
        case ..<1_000_000: return short(value / 1000) + " ms"
        case ..<120_000_000: return short(value / 1_000_000) + " s"
        default: return Format.duration(microseconds: Int64(min(value, 9e18)))
        }
    }

    private static func short(_ value: Double) -> String {
        Format.decimal(value, places: value == value.rounded() ? 0 : 1)
    }

    /// Round steps (1, 2 or 5 times a power of ten) from 0 to at least the maximum.
    func scale(maximum: Double, rows: Int) -> ValueScale {
        let greatest = maximum.isFinite ? max(maximum, leastMaximum, 1e-9) : max(leastMaximum, 1e-9)
        let wanted = Double(max(min(rows / 3, 6), 1))
        let step = max(Self.roundedUp(greatest / wanted), leastStep)
        let count = max(Int((greatest / step - 1e-9).rounded(.up)), 1)
        return ValueScale(maximum: step * Double(count), ticks: (0...count).map { Double($0) * step })
    }

    private static func roundedUp(_ value: Double) -> Double {
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
