extension MathEvaluator {
    /// `FILL(series, 0)`, `FILL(series, REPEAT)`, `FILL(series, LINEAR)`, `FILL(series, other)`
    func fill(_ arguments: [MathValue]) throws(MetricQueryError) -> MathValue {
        guard arguments.count == 2 else {
            throw MetricQueryError("FILL takes what is filled and with what, not \(arguments.count) arguments")
        }
        let filler = arguments[1]
        switch arguments[0] {
        case .series(let series): return .series(try filled(series, filler))
        case .array(let array):
            var all: [MetricSeries] = []
            for series in array { all.append(try filled(series, filler)) }
            return .array(all)
        default: throw MetricQueryError("FILL takes time series, not \(arguments[0].typeName)")
        }
    }

    private func filled(_ series: MetricSeries, _ filler: MathValue) throws(MetricQueryError) -> MetricSeries {
        let times = try times(series.period)
        var filled = series
        switch filler {
        case .scalar(let value):
            filled.points = times.map { MetricSeries.Point($0, series.value(at: $0) ?? value) }
        case .series(let other):
            filled.points = times.compactMap { time in
                (series.value(at: time) ?? other.value(at: time)).map { MetricSeries.Point(time, $0) }
            }
        case .word("REPEAT"):
            var last: Double?
            filled.points = times.compactMap { time in
                last = series.value(at: time) ?? last
                return last.map { MetricSeries.Point(time, $0) }
            }
        case .word("LINEAR"): filled.points = Self.linear(series, times)
        default: throw MetricQueryError("FILL fills with a number, a time series, REPEAT or LINEAR")
        }
        return filled
    }

    /// Between two values on a line; before the first and after the last there is none.
    private static func linear(_ series: MetricSeries, _ times: StrideTo<Int64>) -> [MetricSeries.Point] {
        var next = 0
        return times.compactMap { time in
            while next < series.points.count, series.points[next].time < time { next += 1 }
            guard next < series.points.count else { return nil }
            let right = series.points[next]
            guard right.time != time else { return right }
            guard next > 0 else { return nil }
            let left = series.points[next - 1]
            let share = Double(time - left.time) / Double(right.time - left.time)
            return MetricSeries.Point(time, left.value + (right.value - left.value) * share)
        }
    }
}
