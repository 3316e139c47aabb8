package import JSON
import Telemetry

/// What an alarm looks at, read from its configuration as `DescribeAlarms` gives it.
package struct AlarmPlan: Hashable, Sendable {
    /// Empty for composite alarms.
    package var queries: [MetricQuery]
    /// In seconds.
    package var period: Int
    package var threshold: Double?
    package var unit: String?
    /// The names of the alarms that a composite one is about.
    package var children: [String]

    package init(_ configuration: JSON) {
        period = configuration["Period"]?.int ?? 60
        threshold = configuration["Threshold"]?.double
        unit = configuration["Unit"]?.string
        children = configuration["AlarmRule"]?.string.map(Self.children) ?? []
        queries = []
        if let name = configuration["MetricName"]?.string {
            let statistic =
                configuration["Statistic"]?.string ?? configuration["ExtendedStatistic"]?.string ?? "Average"
            let key = Self.key(configuration, name: name)
            queries = [MetricQuery("m1", .metric(key, period: max(period, 1), statistic: statistic, unit: unit))]
            return
        }
        // Alarms have at most eleven.
        for query in (configuration["Metrics"]?.array ?? []).prefix(20) {
            guard let source = Self.source(query) else { continue }
            queries.append(
                MetricQuery(
                    query["Id"]?.string ?? "", source, label: query["Label"]?.string,
                    isReturned: query["ReturnData"]?.bool ?? true))
        }
        let periods = queries.compactMap { query -> Int? in
            guard case .metric(_, let period, _, _) = query.source else { return nil }
            return period
        }
        period = max(periods.first ?? period, 1)
    }

    private static func source(_ query: JSON) -> MetricQuery.Source? {
        if let text = query["Expression"]?.string { return .expression(text, period: query["Period"]?.int) }
        guard let stat = query["MetricStat"], let metric = stat["Metric"], let name = metric["MetricName"]?.string
        else {
            return nil
        }
        return .metric(
            key(metric, name: name), period: max(stat["Period"]?.int ?? 60, 1),
            statistic: stat["Stat"]?.string ?? "Average", unit: stat["Unit"]?.string)
    }

    private static func key(_ metric: JSON, name: String) -> MetricKey {
        let dimensions = (metric["Dimensions"]?.array ?? []).map {
            CustomMetric.Dimension(name: $0["Name"]?.string ?? "", value: $0["Value"]?.string ?? "")
        }
        return MetricKey(metric["Namespace"]?.string ?? "", name, dimensions)
    }

    /// Each `STATE(name)` or `STATE("name")` of a rule; of an ARN the name at its end.
    private static func children(_ rule: String) -> [String] {
        var names: [String] = []
        var rest = rule[...]
        while let open = rest.firstIndex(of: "(") {
            let word = rest[..<open].reversed().drop { $0 == " " }.prefix { $0.isLetter || $0 == "_" }
            rest = rest[rest.index(after: open)...]
            guard ["ALARM", "OK", "INSUFFICIENT_DATA"].contains(String(word.reversed())) else { continue }
            let quoted = rest.drop { $0 == " " }
            let name = quoted.first == "\"" ? quoted.dropFirst().prefix { $0 != "\"" } : quoted.prefix { $0 != ")" }
            let own = name.firstRange(of: ":alarm:").map { name[$0.upperBound...] } ?? name
            if !names.contains(String(own)) { names.append(String(own)) }
            rest = rest[name.endIndex...]
        }
        return names
    }

    /// The first metric that it looks at.
    package var metric: MetricKey? { queries.lazy.compactMap(\.metric).first }
}
