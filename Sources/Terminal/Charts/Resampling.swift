/// How many values become one column.
package enum Resampling: Hashable, Sendable {
    case max, sum, mean

    /// One value for each column; `nil` where no value is known.
    ///
    /// Fewer values than columns are repeated. A value that lies in two columns counts in each by its part, but for `max`.
    func columns(_ values: [Double?], count: Int) -> [Double?] {
        guard count > 0, !values.isEmpty else { return Array(repeating: nil, count: Swift.max(count, 0)) }
        guard values.count > count else {
            return (0..<count).map { usable(values[$0 * values.count / count]) }
        }
        let ratio = Double(values.count) / Double(count)
        return (0..<count).map { column in
            combined(values, from: Double(column) * ratio, to: Double(column + 1) * ratio)
        }
    }

    private func combined(_ values: [Double?], from start: Double, to end: Double) -> Double? {
        var greatest: Double?
        var sum = 0.0
        var weight = 0.0
        let last = Swift.min(Int(end.rounded(.up)), values.count)
        for index in Int(start)..<Swift.max(last, Int(start)) {
            guard let value = usable(values[index]) else { continue }
            let part = Swift.min(end, Double(index + 1)) - Swift.max(start, Double(index))
            // Rounding leaves slivers that are no part.
            guard part > 1e-9 else { continue }
            greatest = Swift.max(greatest ?? value, value)
            sum += value * part
            weight += part
        }
        guard weight > 0 else { return nil }
        switch self {
        case .max: return greatest
        case .sum: return sum
        case .mean: return sum / weight
        }
    }

    private func usable(_ value: Double?) -> Double? {
        value.flatMap { $0.isFinite ? $0 : nil }
    }
}
