import AWSCore
import JSON
import TelemetryStore

/// `MetricDataQueries` of GetMetricData and `Metrics` of PutMetricAlarm.
enum MetricQueries {
    private static let longestExpression = 2048

    /// - Parameter name: the member, as messages name it.
    static func read(_ json: JSON?, _ name: String, most: Int) throws(ServiceError) -> [MetricQuery] {
        let given = json?.array ?? []
        guard !given.isEmpty else { throw invalid("The parameter \(name) is required.") }
        guard given.count <= most else {
            throw invalid("The collection \(name) must not have a size greater than \(most).")
        }
        var queries: [MetricQuery] = []
        for (index, query) in given.enumerated() {
            queries.append(try read(query, "\(name).member.\(index + 1)"))
        }
        let ids = queries.map(\.id)
        if let twice = ids.first(where: { id in ids.count { $0 == id } > 1 }) {
            throw invalid("The values for parameter id in \(name) are not unique: \(twice).")
        }
        return queries
    }

    private static func read(_ json: JSON, _ place: String) throws(ServiceError) -> MetricQuery {
        let id = json["Id"]?.string ?? ""
        guard let first = id.utf8.first, (97...122).contains(first), id.utf8.count <= 255,
            id.utf8.allSatisfy({ isWord($0) })
        else {
            throw invalid(
                "The value \(id) for parameter \(place).Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.")
        }
        let source: MetricQuery.Source
        switch (json["MetricStat"], json["Expression"]?.string) {
        case (let stat?, nil): source = try metric(stat, place)
        case (nil, let text?):
            guard (1...longestExpression).contains(text.utf8.count) else {
                throw invalid("The parameter \(place).Expression must have 1 to \(longestExpression) characters.")
            }
            source = .expression(
                text,
                period: try json["Period"].map { period throws(ServiceError) in
                    try MetricInput.period(period)
                })
        case (nil, nil):
            throw invalid(
                "Either the parameter \(place).Expression or the parameter \(place).MetricStat must be specified.")
        case (_?, _?):
            throw invalid(
                "The parameters \(place).Expression and \(place).MetricStat are mutually exclusive and you have specified both."
            )
        }
        return MetricQuery(
            id, source, label: json["Label"]?.string, isReturned: MetricInput.bool(json["ReturnData"]) ?? true)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95
    }

    private static func metric(_ stat: JSON, _ place: String) throws(ServiceError) -> MetricQuery.Source {
        let place = "\(place).MetricStat"
        let metric = stat["Metric"] ?? .null
        let key = MetricKey(
            try MetricInput.text(metric["Namespace"], "\(place).Metric.Namespace"),
            try MetricInput.text(metric["MetricName"], "\(place).Metric.MetricName"),
            try MetricInput.dimensions(metric["Dimensions"], "\(place).Metric.Dimensions"))
        let statistic = try MetricInput.text(stat["Stat"], "\(place).Stat")
        _ = try MetricInput.statistic(statistic, "\(place).Stat")
        return .metric(
            key, period: try MetricInput.period(stat["Period"]), statistic: statistic,
            unit: try MetricInput.unit(stat["Unit"], "\(place).Unit"))
    }

    static func invalid(_ message: String) -> ServiceError { ServiceError("ValidationError", message) }
}
