/// A statistic as CloudWatch names it: `Average`, `p99.9`, `tm90`, `TM(10%:90%)`, `PR(:300)`.
///
/// - SeeAlso: Amazon CloudWatch User Guide, "CloudWatch statistics definitions".
package enum Statistic: Hashable, Sendable {
    case sampleCount, sum, average, minimum, maximum
    case percentile(Double)
    case trimmedMean(Bounds), trimmedSum(Bounds), trimmedCount(Bounds), winsorizedMean(Bounds)
    case percentileRank(Bounds)

    /// What lies between; without one it is open.
    package struct Bounds: Hashable, Sendable {
        var low: Double?
        var high: Double?
        /// Shares of all values, in percent, and not values.
        var isPercent: Bool
    }

    /// - Returns: `nil` for what is no statistic.
    package init?(_ text: String) {
        switch text {
        case "SampleCount": self = .sampleCount
        case "Sum": self = .sum
        case "Average": self = .average
        case "Minimum": self = .minimum
        case "Maximum": self = .maximum
        case "IQM": self = .trimmedMean(Bounds(low: 25, high: 75, isPercent: true))
        default:
            guard let made = Self.short(text) ?? Self.range(text) else { return nil }
            self = made
        }
    }

    /// One that PutMetricAlarm and GetMetricStatistics call `Statistic`, and not an extended one.
    package var isBasic: Bool {
        switch self {
        case .sampleCount, .sum, .average, .minimum, .maximum: true
        default: false
        }
    }

    /// `p95`, `tm99`, `tc90`, `ts90`, `wm98`
    private static func short(_ text: String) -> Statistic? {
        let name = text.prefix { $0.isLetter }
        guard let share = number(text.dropFirst(name.count)), (0...100).contains(share) else { return nil }
        let bounds = Bounds(low: nil, high: share, isPercent: true)
        switch name {
        case "p": return .percentile(share)
        case "tm": return .trimmedMean(bounds)
        case "tc": return .trimmedCount(bounds)
        case "ts": return .trimmedSum(bounds)
        case "wm": return .winsorizedMean(bounds)
        default: return nil
        }
    }

    /// `TM(10%:90%)`, `TC(0.005:0.030)`, `PR(:300)`
    private static func range(_ text: String) -> Statistic? {
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else { return nil }
        let parts = text[text.index(after: open)...].dropLast().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let bounds = bounds(parts[0], parts[1]) else { return nil }
        switch text[..<open] {
        case "TM": return .trimmedMean(bounds)
        case "TC": return .trimmedCount(bounds)
        case "TS": return .trimmedSum(bounds)
        case "WM": return .winsorizedMean(bounds)
        case "PR": return bounds.isPercent ? nil : .percentileRank(bounds)
        default: return nil
        }
    }

    private static func bounds(_ low: Substring, _ high: Substring) -> Bounds? {
        let given = [low, high].filter { !$0.isEmpty }
        let isPercent = given.contains { $0.hasSuffix("%") }
        let numbers = given.map { number(isPercent ? $0.dropLast($0.hasSuffix("%") ? 1 : $0.count) : $0) }
        guard !given.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
        let bounds = Bounds(
            low: low.isEmpty ? nil : numbers[0], high: high.isEmpty ? nil : numbers[numbers.count - 1],
            isPercent: isPercent)
        if isPercent, numbers.contains(where: { !(0...100).contains($0 ?? 0) }) { return nil }
        guard (bounds.low ?? -.infinity) < (bounds.high ?? .infinity) else { return nil }
        return bounds
    }

    /// Only digits and a point: neither signs nor exponents.
    private static func number(_ text: Substring) -> Double? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }) else { return nil }
        return Double(text)
    }
}
