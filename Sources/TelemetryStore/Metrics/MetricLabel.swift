import Telemetry

/// How a series is called in an answer.
enum MetricLabel {
    /// - Parameter isOnly: of an array each series has its own label behind the expression's.
    static func named(_ series: MetricSeries, _ query: MetricQuery, isOnly: Bool) -> MetricSeries {
        var copy = series
        copy.id = query.id
        if isOnly {
            let usual = query.metric?.name ?? query.id
            copy.label = query.label.map { filled($0, series, query, usual: usual) } ?? usual
        } else {
            let own = series.label.isEmpty ? series.id : series.label
            guard let label = query.label, !label.isEmpty else {
                copy.label = own
                return copy
            }
            let made = filled(label, series, query, usual: own)
            copy.label = label.contains("${LABEL}") ? made : "\(made) \(own)"
        }
        return copy
    }

    /// Name and dimension values: `Errors order-flow`.
    static func text(_ key: MetricKey) -> String {
        ([key.name] + key.dimensions.map(\.value)).joined(separator: " ")
    }

    /// `${MAX}`, `${LAST}`, `${PROP('MetricName')}` and so on, as numbers and texts; what is not known stays.
    private static func filled(
        _ label: String, _ series: MetricSeries, _ query: MetricQuery, usual: String
    ) -> String {
        guard label.contains("${") else { return label }
        var made = ""
        var rest = label[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            made += rest[..<start.lowerBound]
            let name = rest[start.upperBound..<end]
            made += value(name, series, query, usual: usual) ?? "${\(name)}"
            rest = rest[rest.index(after: end)...]
        }
        return made + rest
    }

    private static func value(
        _ name: Substring, _ series: MetricSeries, _ query: MetricQuery, usual: String
    ) -> String? {
        let values = series.points.map(\.value)
        func number(_ value: Double?) -> String { value.map { String(describing: $0) } ?? "--" }
        switch name {
        case "LABEL": return usual
        case "FIRST": return number(values.first)
        case "LAST": return number(values.last)
        case "MIN": return number(values.min())
        case "MAX": return number(values.max())
        case "SUM": return number(values.isEmpty ? nil : values.reduce(0, +))
        case "AVG": return number(values.isEmpty ? nil : values.reduce(0, +) / Double(values.count))
        case "DATAPOINT_COUNT": return String(values.count)
        default: break
        }
        guard name.hasPrefix("PROP('"), name.hasSuffix("')") else { return nil }
        let property = name.dropFirst(6).dropLast(2)
        switch property {
        case "MetricName": return series.key?.name
        case "Namespace": return series.key?.namespace
        case "Period": return String(series.period)
        case "Stat":
            guard case .metric(_, _, let statistic, _) = query.source else { return nil }
            return statistic
        default:
            return property.hasPrefix("Dim.") ? series.key?.dimension(String(property.dropFirst(4))) : nil
        }
    }
}
