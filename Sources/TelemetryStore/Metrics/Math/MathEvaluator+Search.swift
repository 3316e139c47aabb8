extension MathEvaluator {
    /// CloudWatch's limit of what one search finds.
    private static let mostFound = 500
    /// When the search does not say one, in seconds.
    private static let usualPeriod = 300

    /// `SEARCH('{AWS/Lambda,FunctionName} Errors', 'Sum', 60)`
    func search(_ arguments: [MathValue], _ query: MetricQuery) throws(MetricQueryError) -> MathValue {
        guard (2...3).contains(arguments.count), case .string(let text) = arguments[0],
            case .string(let statistic) = arguments[1]
        else { throw MetricQueryError("SEARCH takes the search and the statistic as strings, and a period") }
        var period = Self.usualPeriod
        if case .expression(_, let own?) = query.source { period = own }
        if arguments.count == 3 {
            guard case .scalar(let seconds) = arguments[2], (1...86_400).contains(seconds) else {
                throw MetricQueryError("SEARCH takes a period of 1 to 86400 seconds")
            }
            period = Int(seconds)
        }
        let search = try MetricSearch(text)
        var found: [MetricSeries] = []
        for metric in listed() where search.matches(metric.key) {
            guard found.count < Self.mostFound else { break }
            var series = try fetch(metric.key, statistic, period, nil)
            series.label = MetricLabel.text(metric.key)
            if !series.points.isEmpty { found.append(series) }
        }
        return .array(found)
    }
}
