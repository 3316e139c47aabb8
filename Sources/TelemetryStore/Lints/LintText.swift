import Telemetry

/// Numbers in findings, with their units.
enum LintText {
    static func duration(_ duration: Microseconds) -> String {
        let value = Double(duration.count)
        switch duration.count {
        case ..<1000: return "\(duration.count) µs"
        case ..<9950: return "\(tenths(value / 1000)) ms"
        case ..<999_500: return "\(Int((value / 1000).rounded())) ms"
        case ..<60_000_000: return "\(hundredths(value / 1_000_000)) s"
        case ..<3_600_000_000: return "\(duration.count / 60_000_000) min"
        default:
            let minutes = duration.count / 60_000_000
            return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
        }
    }

    /// How long was looked at: seconds are enough.
    static func span(_ span: Microseconds) -> String {
        duration(.seconds(max((span.count + 500_000) / 1_000_000, 1)))
    }

    static func percent(_ share: Double) -> String {
        guard share.isFinite else { return "·" }
        return share > 0 && share < 0.0005 ? "<0.1 %" : "\(tenths(share * 100)) %"
    }

    /// `1 time`, `12 times`
    static func count(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(grouped(count)) \(count == 1 ? one : many ?? one + "s")"
    }

    static func grouped(_ count: Int) -> String {
        var digits = Array(String(count.magnitude))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return (count < 0 ? "-" : "") + String(digits)
    }

    private static func tenths(_ value: Double) -> String { decimal(value, 10) }
    private static func hundredths(_ value: Double) -> String { decimal(value, 100) }

    private static func decimal(_ value: Double, _ factor: Int) -> String {
        let scaled = Int((min(max(value, 0), 1e12) * Double(factor)).rounded())
        guard scaled % factor != 0 else { return String(scaled / factor) }
        let fraction = String(factor + scaled % factor).dropFirst()
        return "\(scaled / factor).\(fraction.last == "0" ? fraction.dropLast() : fraction)"
    }
}
