/// `IF(condition, trueValue, falseValue)`
///
/// - SeeAlso: Amazon CloudWatch User Guide, "Using IF expressions".
enum MathCondition {
    static func evaluate(_ arguments: [MathValue]) throws(MetricQueryError) -> MathValue {
        guard (2...3).contains(arguments.count) else {
            throw MetricQueryError("IF takes a condition, a value and another one, not \(arguments.count) arguments")
        }
        let other = arguments.count == 3 ? arguments[2] : nil
        for value in [arguments[1]] + (other.map { [$0] } ?? []) { try check(value) }
        switch arguments[0] {
        case .scalar(let condition): return try choose(condition != 0, arguments[1], other)
        case .series(let condition): return .series(series(condition, arguments[1], other))
        default: throw MetricQueryError("IF takes a time series or a scalar as condition, not \(arguments[0].typeName)")
        }
    }

    private static func check(_ value: MathValue) throws(MetricQueryError) {
        switch value {
        case .scalar, .series: return
        default: throw MetricQueryError("IF gives time series and scalars, not \(value.typeName)")
        }
    }

    private static func choose(
        _ condition: Bool, _ value: MathValue, _ other: MathValue?
    ) throws(MetricQueryError) -> MathValue {
        if condition { return value }
        if let other { return other }
        guard case .series(var empty) = value else {
            throw MetricQueryError("IF has no value without its third argument")
        }
        empty.points = []
        return .series(empty)
    }

    /// Time by time: a true one without a value is 0, a false one without a value is dropped.
    private static func series(_ condition: MetricSeries, _ value: MathValue, _ other: MathValue?) -> MetricSeries {
        var result = condition
        result.key = nil
        result.points = condition.points.compactMap { point in
            let chosen = point.value != 0 ? self.value(value, at: point.time) ?? 0 : self.value(other, at: point.time)
            return chosen.map { MetricSeries.Point(point.time, $0) }
        }
        return result
    }

    private static func value(_ value: MathValue?, at time: Int64) -> Double? {
        switch value {
        case .scalar(let number)?: number
        case .series(let series)?: series.value(at: time)
        default: nil
        }
    }
}
