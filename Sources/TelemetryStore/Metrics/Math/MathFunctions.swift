import Glibc

/// The functions of metric math that look at one value or one series at a time.
enum MathFunctions {
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

    static func elementwise(_ name: String) -> ((Double) -> Double?)? {
        switch name {
        case "ABS": { abs($0) }
        case "CEIL": { $0.rounded(.up) }
        case "FLOOR": { $0.rounded(.down) }
        // Of zero and less there is none: such points are dropped.
        case "LOG": { $0 > 0 ? log($0) : nil }
        case "LOG10": { $0 > 0 ? log10($0) : nil }
        default: nil
        }
    }

    static func overTime(_ name: String) -> ((MetricSeries) -> [MetricSeries.Point])? {
        switch name {
        case "DIFF": { differences($0) { $1.value - $0.value } }
        case "DIFF_TIME": { differences($0) { Double($1.time - $0.time) } }
        case "RATE": { differences($0) { ($1.value - $0.value) / Double($1.time - $0.time) } }
        case "RUNNING_SUM":
            { series in
                var sum = 0.0
                return series.points.map { point in
                    sum += point.value
                    return MetricSeries.Point(point.time, sum)
                }
            }
        default: nil
        }
    }

    /// From each value to the next; the first has none before it.
    private static func differences(
        _ series: MetricSeries, _ difference: (MetricSeries.Point, MetricSeries.Point) -> Double
    ) -> [MetricSeries.Point] {
        zip(series.points, series.points.dropFirst()).map { MetricSeries.Point($1.time, difference($0, $1)) }
    }

    /// One number of many; `nil` for a name that is none, and of no values.
    static func aggregate(_ name: String, _ values: [Double]) -> Double? {
        switch name {
        case "SUM": return values.reduce(0, +)
        case "AVG": return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        case "MIN": return values.min()
        case "MAX": return values.max()
        case "STDDEV":
            guard !values.isEmpty else { return nil }
            let mean = values.reduce(0, +) / Double(values.count)
            return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        case "DATAPOINT_COUNT": return Double(values.count)
        default: return nil
        }
    }

    static let aggregates: Set<String> = ["SUM", "AVG", "MIN", "MAX", "STDDEV", "DATAPOINT_COUNT"]

    /// Of one series a scalar, of an array the series of what its members have at each time.
    static func aggregate(_ name: String, _ value: MathValue) throws(MetricQueryError) -> MathValue {
        switch value {
        case .series(let series):
            guard let number = aggregate(name, series.points.map(\.value)) else { return .scalar(0) }
            return .scalar(number)
        case .array(let array):
            var columns: [Int64: [Double]] = [:]
            for series in array {
                for point in series.points { columns[point.time, default: []].append(point.value) }
            }
            let points = columns.sorted { $0.key < $1.key }.compactMap { time, values -> MetricSeries.Point? in
                // What is missing counts as 0 in an average.
                let all = name == "AVG" ? values + Array(repeating: 0, count: array.count - values.count) : values
                return aggregate(name, all).map { MetricSeries.Point(time, $0) }
            }
            return .series(MetricSeries(period: array.map(\.period).max() ?? 60, points: points))
        case .scalar, .word, .string:
            throw MetricQueryError("\(name) takes time series, not \(value.typeName)")
        }
    }

    /// What the clock or the calendar (UTC) shows at a time.
    static func calendar(_ name: String, _ second: Int64) -> Double? {
        let (days, rest) = floored(second, 86_400)
        switch name {
        case "EPOCH": return Double(second)
        case "MINUTE": return Double(rest / 60 % 60)
        case "HOUR": return Double(rest / 3600)
        // 1970 began on a Thursday; Monday is 1.
        case "DAY": return Double(floored(days + 3, 7).1 + 1)
        case "DATE": return Double(date(days).day)
        case "MONTH": return Double(date(days).month)
        case "YEAR": return Double(date(days).year)
        default: return nil
        }
    }

    /// Of a count of days since 1970 (after Howard Hinnant's `civil_from_days`).
    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floored(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }

    private static func floored(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
