/// Numbers as a person reads them; the same everywhere.
package enum Format {
    /// What stands for "no data": never `0`.
    package static let none = "·"

    /// `840 µs`, `6.4 ms`, `88 ms`, `1.24 s`, `2 min 3 s`, `3 h 4 min`, `2 d 5 h`.
    package static func duration(microseconds: Int64?) -> String {
        guard let microseconds else { return none }
        guard microseconds >= 0 else {
            return "-" + duration(microseconds: microseconds == .min ? .max : -microseconds)
        }
        let value = Double(microseconds)
        switch microseconds {
        case ..<1000: return "\(microseconds) µs"
        case ..<9950: return decimal(value / 1000, places: 1) + " ms"
        case ..<999_500: return decimal(value / 1000, places: 0) + " ms"
        case ..<9_995_000: return decimal(value / 1_000_000, places: 2) + " s"
        case ..<59_950_000: return decimal(value / 1_000_000, places: 1) + " s"
        default: return long(seconds: microseconds / 1_000_000 + (microseconds % 1_000_000 >= 500_000 ? 1 : 0))
        }
    }

    /// A length that was chosen and not measured: `1 s`, `2.5 s`, `15 s`, `5 min`.
    package static func period(microseconds: Int64) -> String {
        guard microseconds % 1_000_000 != 0 || microseconds >= 60_000_000 else {
            return "\(microseconds / 1_000_000) s"
        }
        return duration(microseconds: microseconds)
    }

    private static func long(seconds: Int64) -> String {
        switch seconds {
        case ..<3600: pair(seconds, 60, "min", "s")
        case ..<86400: pair(seconds / 60, 60, "h", "min")
        default: pair(seconds / 3600, 24, "d", "h")
        }
    }

    private static func pair(_ value: Int64, _ divisor: Int64, _ big: String, _ small: String) -> String {
        let rest = value % divisor
        return rest == 0 ? "\(value / divisor) \(big)" : "\(value / divisor) \(big) \(rest) \(small)"
    }

    /// `1,284`, then `12.8k`, `128k`, `1.2M`.
    package static func count(_ value: Int?) -> String {
        guard let value else { return none }
        let magnitude = value.magnitude
        let sign = value < 0 ? "-" : ""
        if magnitude < 10_000 { return sign + grouped(magnitude) }
        let steps: [(Double, String)] = [(1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T"), (1e15, "P")]
        let scaled = steps.first { Double(magnitude) / $0.0 < 999.5 } ?? (1e18, "E")
        return sign + short(Double(magnitude) / scaled.0) + scaled.1
    }

    /// `1,284,000`: all digits, in groups.
    package static func grouped(_ magnitude: UInt) -> String {
        var digits = Array(String(magnitude))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }

    /// `512 B`, `1.5 KiB`, `78 MiB`.
    package static func bytes(_ value: Int?) -> String {
        guard let value else { return none }
        let magnitude = Double(value.magnitude)
        let sign = value < 0 ? "-" : ""
        if magnitude < 1024 { return "\(value) B" }
        let steps: [(Double, String)] = [
            (0x1p10, "KiB"), (0x1p20, "MiB"), (0x1p30, "GiB"), (0x1p40, "TiB"), (0x1p50, "PiB"),
        ]
        let scaled = steps.first { magnitude / $0.0 < 1023.5 } ?? (0x1p60, "EiB")
        return sign + short(magnitude / scaled.0) + " " + scaled.1
    }

    /// A part of one as `4.2 %`, `100 %`, `<0.1 %`; `·` where there is nothing to divide by.
    package static func percent(_ part: Double?) -> String {
        guard let part, part.isFinite else { return none }
        let percent = part * 100
        if percent == 0 { return "0 %" }
        if percent > 0, percent < 0.05 { return "<0.1 %" }
        return (percent >= 99.95 ? decimal(percent, places: 0) : decimal(percent, places: 1)) + " %"
    }

    /// `12.4/s`, `312/s`.
    package static func rate(perSecond rate: Double?) -> String { perUnit(rate, "/s") }

    /// `0.5/min`, `1,284/min`.
    package static func rate(perMinute rate: Double?) -> String { perUnit(rate, "/min") }

    private static func perUnit(_ rate: Double?, _ unit: String) -> String {
        guard let rate, rate.isFinite else { return none }
        if rate.magnitude >= 99.95 || rate == rate.rounded() {
            return count(Int(min(max(rate.rounded(), -9e18), 9e18))) + unit
        }
        return decimal(rate, places: rate.magnitude < 0.095 ? 2 : 1) + unit
    }

    /// `0.2 s ago`, `14 s ago`, `2 min ago`, `3 h ago`, `5 d ago`.
    package static func age(microseconds: Int64?) -> String {
        guard let microseconds else { return none }
        let seconds = max(microseconds, 0) / 1_000_000
        switch seconds {
        case ..<10: return decimal(Double(max(microseconds, 0) / 100_000) / 10, places: 1) + " s ago"
        case ..<60: return "\(seconds) s ago"
        case ..<3600: return "\(seconds / 60) min ago"
        case ..<86400: return "\(seconds / 3600) h ago"
        default: return "\(seconds / 86400) d ago"
        }
    }

    /// Three digits or so: `1.2`, `12.8`, `128`.
    private static func short(_ value: Double) -> String {
        decimal(value, places: value < 99.95 ? 1 : 0).droppingZeroFraction
    }

    /// A number with so many decimals; rounded half away from zero.
    package static func decimal(_ value: Double, places: Int) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return value.isFinite ? "\(value)" : none }
        let places = min(max(places, 0), 6)
        let factor = (0..<places).reduce(1) { product, _ in product * 10 }
        let scaled = Int((value.magnitude * Double(factor)).rounded())
        let sign = value < 0 && scaled != 0 ? "-" : ""
        guard places > 0 else { return sign + String(scaled) }
        let fraction = String(scaled % factor)
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(sign)\(scaled / factor).\(zeros)\(fraction)"
    }
}

extension String {
    fileprivate var droppingZeroFraction: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
