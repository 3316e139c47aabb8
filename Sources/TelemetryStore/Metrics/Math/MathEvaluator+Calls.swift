extension MathEvaluator {
    /// Functions of CloudWatch that need what is not here; they are refused by name.
    private static let refused: Set<String> = [
        "ANOMALY_DETECTION_BAND", "INSIGHT_RULE_METRIC", "SERVICE_QUOTA", "DB_PERF_INSIGHTS", "LAMBDA",
    ]

    private static let calendar: Set<String> = ["MINUTE", "HOUR", "DAY", "DATE", "MONTH", "YEAR", "EPOCH"]

    mutating func call(
        _ name: String, _ nodes: [MathNode], _ query: MetricQuery
    ) throws(MetricQueryError) -> MathValue {
        guard !Self.refused.contains(name) else {
            throw MetricQueryError("fntop does not serve the function \(name)")
        }
        var arguments: [MathValue] = []
        for node in nodes { arguments.append(try evaluate(node, query)) }
        if let change = MathFunctions.elementwise(name) {
            return try Self.only(name, arguments).mapped(name, change)
        }
        if let change = MathFunctions.overTime(name) {
            return try Self.only(name, arguments).mappedSeries(name, change)
        }
        if MathFunctions.aggregates.contains(name) {
            return try MathFunctions.aggregate(name, try Self.only(name, arguments))
        }
        if Self.calendar.contains(name) { return try onCalendar(name, try Self.only(name, arguments)) }
        switch name {
        case "METRICS": return try metrics(try Self.text(name, arguments))
        case "PERIOD": return .scalar(Double(try Self.series(name, arguments.first).period))
        case "TIME_SERIES": return try timeSeries(arguments, query)
        case "METRIC_COUNT": return .scalar(Double(try Self.array(name, arguments.first).count))
        case "FIRST", "LAST":
            let array = try Self.array(name, arguments.first)
            return .series((name == "FIRST" ? array.first : array.last) ?? MetricSeries(period: 60, points: []))
        case "REMOVE_EMPTY":
            return .array(try Self.array(name, arguments.first).filter { !$0.points.isEmpty })
        case "SLICE": return try Self.slice(arguments)
        case "SORT": return try Self.sort(arguments)
        case "IF": return try MathCondition.evaluate(arguments)
        case "FILL": return try fill(arguments)
        case "SEARCH": return try search(arguments, query)
        default: throw MetricQueryError("there is no function \(name)")
        }
    }

    // MARK: - Arguments

    private static func only(_ name: String, _ arguments: [MathValue]) throws(MetricQueryError) -> MathValue {
        guard arguments.count == 1 else {
            throw MetricQueryError("\(name) takes one argument, not \(arguments.count)")
        }
        return arguments[0]
    }

    static func series(_ name: String, _ value: MathValue?) throws(MetricQueryError) -> MetricSeries {
        guard case .series(let series)? = value else {
            throw MetricQueryError("\(name) takes a time series, not \(value?.typeName ?? "nothing")")
        }
        return series
    }

    /// One series is an array of one.
    static func array(_ name: String, _ value: MathValue?) throws(MetricQueryError) -> [MetricSeries] {
        switch value {
        case .array(let array)?: return array
        case .series(let series)?: return [series]
        default: throw MetricQueryError("\(name) takes an array of time series, not \(value?.typeName ?? "nothing")")
        }
    }

    private static func text(_ name: String, _ arguments: [MathValue]) throws(MetricQueryError) -> String? {
        guard let first = arguments.first else { return nil }
        guard case .string(let text) = first, arguments.count == 1 else {
            throw MetricQueryError("\(name) takes a string, not \(first.typeName)")
        }
        return text
    }

    private static func count(_ name: String, _ value: MathValue?) throws(MetricQueryError) -> Int {
        guard case .scalar(let number)? = value, number >= 0, number <= 1_000_000 else {
            throw MetricQueryError("\(name) takes a whole number, not \(value?.typeName ?? "nothing")")
        }
        return Int(number)
    }

    // MARK: - Made from the window

    private func timeSeries(_ arguments: [MathValue], _ query: MetricQuery) throws(MetricQueryError) -> MathValue {
        guard case .scalar(let value)? = arguments.first, arguments.count == 1 else {
            throw MetricQueryError("TIME_SERIES takes a scalar, not \(arguments.first?.typeName ?? "nothing")")
        }
        let period = period(query)
        return .series(
            MetricSeries(period: period, points: try times(period).map { MetricSeries.Point($0, value) }))
    }

    private func onCalendar(_ name: String, _ value: MathValue) throws(MetricQueryError) -> MathValue {
        var series = try Self.series(name, value)
        series.points = try times(series.period).compactMap { time in
            MathFunctions.calendar(name, time).map { MetricSeries.Point(time, $0) }
        }
        return .series(series)
    }

    // MARK: - Arrays

    private static func slice(_ arguments: [MathValue]) throws(MetricQueryError) -> MathValue {
        let array = try array("SLICE", arguments.first)
        guard (2...3).contains(arguments.count) else { throw MetricQueryError("SLICE takes an array and where to cut") }
        let start = try count("SLICE", arguments[1])
        let end = arguments.count == 3 ? try count("SLICE", arguments[2]) : array.count
        guard start < end else { return .array([]) }
        return .array(Array(array.dropFirst(start).prefix(end - start)))
    }

    private static func sort(_ arguments: [MathValue]) throws(MetricQueryError) -> MathValue {
        let array = try array("SORT", arguments.first)
        guard (3...4).contains(arguments.count), case .word(let function) = arguments[1],
            case .word(let order) = arguments[2], ["AVG", "MIN", "MAX", "SUM"].contains(function),
            order == "ASC" || order == "DESC"
        else { throw MetricQueryError("SORT takes an array, AVG, MIN, MAX or SUM, ASC or DESC, and a limit") }
        let measured = array.enumerated().map { index, series in
            (index: index, value: MathFunctions.aggregate(function, series.points.map(\.value)), series: series)
        }
        // Those without values are the last in either order.
        let sorted = measured.sorted { left, right in
            guard let first = left.value, let second = right.value else {
                return left.value != nil || (right.value == nil && left.index < right.index)
            }
            if first == second { return left.index < right.index }
            return order == "ASC" ? first < second : first > second
        }
        let limit = arguments.count == 4 ? try count("SORT", arguments[3]) : array.count
        return .array(sorted.prefix(limit).map(\.series))
    }
}
