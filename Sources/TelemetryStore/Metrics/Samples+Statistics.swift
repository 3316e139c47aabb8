import Telemetry

extension Samples {
    /// - Returns: `nil` when there are no values, or not those that the statistic needs.
    package func value(_ statistic: Statistic) -> Double? {
        guard !isEmpty else { return nil }
        switch statistic {
        case .sampleCount: return count
        case .sum: return sum
        case .average: return count > 0 ? sum / count : nil
        case .minimum: return minimum
        case .maximum: return maximum
        case .percentile(let share): return percentile(share)
        case .trimmedMean(let bounds):
            return trimmed(bounds).flatMap { $0.count > 0 ? $0.sum / $0.count : nil }
        case .trimmedSum(let bounds): return trimmed(bounds)?.sum
        case .trimmedCount(let bounds): return trimmed(bounds)?.count
        case .winsorizedMean(let bounds): return winsorized(bounds)
        case .percentileRank(let bounds):
            return trimmed(bounds).flatMap { count > 0 ? $0.count / count * 100 : nil }
        }
    }

    /// Nearest rank.
    private func percentile(_ share: Double) -> Double? {
        guard let sorted else { return nil }
        let all = sorted.reduce(0) { $0 + $1.count }
        let rank = max(Self.rank(share, of: all), 1)
        var passed = 0.0
        for value in sorted {
            passed += value.count
            if passed >= rank { return value.value }
        }
        return sorted.last?.value
    }

    /// How many values are up to that share: `p` and `tm` of the same share end at the same value.
    private static func rank(_ share: Double, of all: Double) -> Double {
        // The product may be a hair above the whole number that is meant.
        (all * share / 100 - 1e-9).rounded(.up)
    }

    /// What lies between the bounds. As values, the lower bound is not among them, the higher one is.
    private func trimmed(_ bounds: Statistic.Bounds) -> (sum: Double, count: Double)? {
        guard let sorted else { return nil }
        let edges = edges(bounds, of: sorted)
        var passed = 0.0
        var kept = (sum: 0.0, count: 0.0)
        for value in sorted {
            let part: Double
            if bounds.isPercent {
                part = max(min(passed + value.count, edges.high) - max(passed, edges.low), 0)
            } else {
                part = value.value > edges.low && value.value <= edges.high ? value.count : 0
            }
            passed += value.count
            kept.sum += value.value * part
            kept.count += part
        }
        return kept
    }

    /// Ranks when the bounds are shares, else values.
    private func edges(
        _ bounds: Statistic.Bounds, of sorted: [CustomMetric.Value]
    ) -> (low: Double, high: Double) {
        guard bounds.isPercent else { return (bounds.low ?? -.infinity, bounds.high ?? .infinity) }
        let all = sorted.reduce(0) { $0 + $1.count }
        let low = bounds.low.map { (all * $0 / 100 + 1e-9).rounded(.down) } ?? 0
        return (low, bounds.high.map { Self.rank($0, of: all) } ?? all)
    }

    /// What lies outside counts as the value at the edge.
    private func winsorized(_ bounds: Statistic.Bounds) -> Double? {
        guard let sorted else { return nil }
        let edges = edges(bounds, of: sorted)
        var limits = edges
        if bounds.isPercent {
            var passed = 0.0
            var (low, high) = (sorted[0].value, sorted[sorted.count - 1].value)
            for value in sorted {
                if passed <= edges.low { low = value.value }
                if passed < edges.high { high = value.value }
                passed += value.count
            }
            limits = (low, high)
        }
        var (sum, all) = (0.0, 0.0)
        for value in sorted {
            sum += min(max(value.value, limits.low), limits.high) * value.count
            all += value.count
        }
        return all > 0 ? sum / all : nil
    }
}
