import Telemetry

/// Answers queries: fetches the metrics, and evaluates the expressions over them.
struct MathEvaluator {
    typealias Fetch = (
        _ key: MetricKey, _ statistic: String, _ period: Int, _ unit: String?
    ) throws(MetricQueryError) -> MetricSeries

    let window: TimeWindow
    private let queries: [MetricQuery]
    private let byID: [String: MetricQuery]
    let fetch: Fetch
    let listed: () -> [ListedMetric]
    private var values: [String: MathValue] = [:]
    /// The expressions that are being evaluated: one that comes again needs itself.
    private var open: Set<String> = []

    /// Values of a series that is made and not measured: CloudWatch gives no more at once.
    static let mostPoints: Int64 = 100_800

    init(_ queries: [MetricQuery], window: TimeWindow, fetch: @escaping Fetch, listed: @escaping () -> [ListedMetric]) {
        self.queries = queries
        self.window = window
        self.fetch = fetch
        self.listed = listed
        byID = Dictionary(queries.map { ($0.id, $0) }) { first, _ in first }
    }

    mutating func results() throws(MetricQueryError) -> [MetricSeries] {
        var results: [MetricSeries] = []
        for query in queries where query.isReturned {
            switch try value(of: query) {
            case .series(let series): results.append(MetricLabel.named(series, query, isOnly: true))
            case .array(let array): results += array.map { MetricLabel.named($0, query, isOnly: false) }
            case .scalar, .word, .string:
                throw MetricQueryError(
                    "Error in expression '\(query.id)': the result is no time series, TIME_SERIES makes one")
            }
        }
        return results
    }

    private mutating func value(of query: MetricQuery) throws(MetricQueryError) -> MathValue {
        if let known = values[query.id] { return known }
        let value: MathValue
        switch query.source {
        case .metric(let key, let period, let statistic, let unit):
            var series = try fetch(key, statistic, period, unit)
            series.id = query.id
            value = .series(series)
        case .expression(let text, _):
            guard open.insert(query.id).inserted else {
                throw MetricQueryError("Error in expression '\(query.id)': it needs itself")
            }
            defer { open.remove(query.id) }
            guard open.count <= 50 else { throw MetricQueryError("the expressions need each other too deep") }
            do throws(MetricQueryError) {
                value = try evaluate(try MathParser.parse(text), query)
            } catch {
                guard error.description.hasPrefix("Error in expression") else {
                    throw MetricQueryError("Error in expression '\(query.id)': \(error)")
                }
                throw error
            }
        }
        values[query.id] = value
        return value
    }

    // MARK: - Nodes

    mutating func evaluate(_ node: MathNode, _ query: MetricQuery) throws(MetricQueryError) -> MathValue {
        switch node {
        case .number(let value): return .scalar(value)
        case .string(let text): return .string(text)
        case .word(let word): return .word(word)
        case .reference(let id):
            guard let other = byID[id] else { throw MetricQueryError("there is no query with the Id \(id)") }
            return try value(of: other)
        case .array(let nodes):
            var all: [MetricSeries] = []
            for node in nodes {
                switch try evaluate(node, query) {
                case .series(let series): all.append(series)
                case .array(let array): all += array
                case let other: throw MetricQueryError("an array holds time series, not \(other.typeName)")
                }
            }
            return .array(all)
        case .negation(let node): return try evaluate(node, query).mapped("-") { -$0 }
        case .operation(let symbol, let left, let right):
            return try MathValue.operation(symbol, try evaluate(left, query), try evaluate(right, query))
        case .call(let name, let nodes): return try call(name, nodes, query)
        }
    }

    /// `METRICS()` and `METRICS("text")`: the metrics of the request, those whose id has the text.
    mutating func metrics(_ text: String?) throws(MetricQueryError) -> MathValue {
        var all: [MetricSeries] = []
        for query in queries where query.metric != nil {
            if let text, !query.id.contains(text) { continue }
            if case .series(let series) = try value(of: query) { all.append(series) }
        }
        return .array(all)
    }

    /// The period of what has none from a metric: the expression's own, or the shortest of the request.
    func period(_ query: MetricQuery) -> Int {
        if case .expression(_, let period?) = query.source { return max(period, 1) }
        let periods = queries.compactMap { query -> Int? in
            guard case .metric(_, let period, _, _) = query.source else { return nil }
            return period
        }
        return max(periods.min() ?? 60, 1)
    }

    /// The begins of all periods of the window.
    func times(_ period: Int) throws(MetricQueryError) -> StrideTo<Int64> {
        let length = Int64(max(period, 1))
        let first = window.start.flooredSecond(to: length)
        let end = max(window.end.flooredSecond(to: 1) + (window.end.microseconds % 1_000_000 > 0 ? 1 : 0), first)
        guard (end - first) / length <= Self.mostPoints else {
            throw MetricQueryError("the time range has more than \(Self.mostPoints) periods of \(period) s")
        }
        return stride(from: first, to: end, by: Int64.Stride(length))
    }
}
