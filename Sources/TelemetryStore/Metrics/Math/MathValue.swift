/// What an expression gives: a scalar, a time series, or an array of them; words and strings are only arguments.
enum MathValue: Hashable, Sendable {
    case scalar(Double)
    case series(MetricSeries)
    case array([MetricSeries])
    case word(String)
    case string(String)

    /// As messages name its type.
    var typeName: String {
        switch self {
        case .scalar: "a scalar"
        case .series: "a time series"
        case .array: "an array of time series"
        case .word(let word): word
        case .string: "a string"
        }
    }

    /// Each value of each series changed; a value without an image is dropped.
    func mapped(_ name: String, _ change: (Double) -> Double?) throws(MetricQueryError) -> MathValue {
        switch self {
        case .scalar(let value):
            guard let image = change(value), image.isFinite else { throw MetricQueryError("\(name) has no value") }
            return .scalar(image)
        case .series(let series): return .series(series.mapped(change))
        case .array(let array): return .array(array.map { $0.mapped(change) })
        case .word, .string: throw MetricQueryError("\(name) does not take \(typeName)")
        }
    }

    /// Each series changed as a whole.
    func mappedSeries(
        _ name: String, _ change: (MetricSeries) -> [MetricSeries.Point]
    ) throws(MetricQueryError) -> MathValue {
        func changed(_ series: MetricSeries) -> MetricSeries {
            var copy = series
            copy.points = change(series)
            return copy
        }
        switch self {
        case .series(let series): return .series(changed(series))
        case .array(let array): return .array(array.map(changed))
        case .scalar, .word, .string: throw MetricQueryError("\(name) takes time series, not \(typeName)")
        }
    }

    static func operation(
        _ symbol: MathOperator, _ left: MathValue, _ right: MathValue
    ) throws(MetricQueryError) -> MathValue {
        switch (left, right) {
        case (.scalar(let left), .scalar(let right)):
            guard let value = symbol.apply(left, right), value.isFinite else {
                throw MetricQueryError("\(left) \(symbol.rawValue) \(right) has no value")
            }
            return .scalar(value)
        case (.series(let left), .scalar(let right)): return .series(left.mapped { symbol.apply($0, right) })
        case (.scalar(let left), .series(let right)): return .series(right.mapped { symbol.apply(left, $0) })
        case (.series(let left), .series(let right)): return .series(left.combined(right, symbol.apply))
        case (.array(let array), .scalar(let value)):
            return .array(array.map { $0.mapped { symbol.apply($0, value) } })
        case (.scalar(let value), .array(let array)):
            return .array(array.map { $0.mapped { symbol.apply(value, $0) } })
        case (.array(let array), .series(let series)): return .array(array.map { $0.combined(series, symbol.apply) })
        case (.series(let series), .array(let array)):
            return .array(array.map { $0.combined(series) { symbol.apply($1, $0) } })
        case (.array(let left), .array(let right)):
            guard left.count == right.count else {
                throw MetricQueryError("\(symbol.rawValue) takes arrays of the same length")
            }
            return .array(zip(left, right).map { $0.combined($1, symbol.apply) })
        default:
            throw MetricQueryError("\(symbol.rawValue) does not take \(left.typeName) and \(right.typeName)")
        }
    }
}

extension MetricSeries {
    func mapped(_ change: (Double) -> Double?) -> MetricSeries {
        var copy = self
        copy.points = points.compactMap { point in
            change(point.value).flatMap { $0.isFinite ? Point(point.time, $0) : nil }
        }
        return copy
    }

    /// At each time at which either has a value; a missing one is 0. What has no value is dropped.
    func combined(_ other: MetricSeries, _ combine: (Double, Double) -> Double?) -> MetricSeries {
        var copy = self
        copy.period = max(period, other.period)
        copy.key = nil
        copy.points = []
        var (left, right) = (points[...], other.points[...])
        while let time = [left.first?.time, right.first?.time].compactMap({ $0 }).min() {
            let values = (left.take(at: time) ?? 0, right.take(at: time) ?? 0)
            if let value = combine(values.0, values.1), value.isFinite { copy.points.append(Point(time, value)) }
        }
        return copy
    }

    package func value(at time: Int64) -> Double? {
        var low = 0
        var high = points.count
        while low < high {
            let middle = (low + high) / 2
            if points[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low < points.count && points[low].time == time ? points[low].value : nil
    }
}

extension ArraySlice<MetricSeries.Point> {
    fileprivate mutating func take(at time: Int64) -> Double? {
        guard let first, first.time == time else { return nil }
        removeFirst()
        return first.value
    }
}
