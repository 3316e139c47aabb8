import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// One element of `MetricData`.
struct MetricDatum {
    let metric: CustomMetric
    let time: Timestamp

    private static let mostValues = 150
    /// CloudWatch takes values from -2³⁶⁰ to 2³⁶⁰.
    private static let largest = 0x1p360
    private static let back = Microseconds.seconds(14 * 86_400)
    private static let ahead = Microseconds.seconds(7200)

    /// - Parameter place: `MetricData.member.1`, as messages name it.
    init(_ json: JSON, namespace: String, place: String, now: Timestamp) throws(ServiceError) {
        let name = try MetricInput.text(json["MetricName"], "\(place).MetricName")
        let dimensions = try MetricInput.dimensions(json["Dimensions"], "\(place).Dimensions")
        let unit = try MetricInput.unit(json["Unit"], "\(place).Unit")
        if let resolution = json["StorageResolution"], ![1, 60].contains(MetricInput.int(resolution)) {
            throw ServiceError(
                "InvalidParameterValue",
                "The value \(resolution.string ?? resolution.text) for parameter \(place).StorageResolution must be 1 or 60."
            )
        }
        time = try Self.time(json["Timestamp"], "\(place).Timestamp", now)
        let (values, summary) = try Self.values(json, place)
        metric = CustomMetric(
            namespace: namespace, name: name, dimensions: dimensions, values: values, summary: summary,
            unit: unit ?? "None")
    }

    private static func time(_ json: JSON?, _ name: String, _ now: Timestamp) throws(ServiceError) -> Timestamp {
        guard let json, !json.isNull else { return now }
        let time = try MetricInput.time(json, name)
        guard time >= now - back else {
            throw ServiceError(
                "InvalidParameterValue", "The parameter \(name) must specify a time within the past two weeks.")
        }
        guard time <= now + ahead else {
            throw ServiceError(
                "InvalidParameterValue",
                "The parameter \(name) must specify a time no more than two hours in the future.")
        }
        return time
    }

    private static func values(
        _ json: JSON, _ place: String
    ) throws(ServiceError) -> ([CustomMetric.Value], CustomMetric.Summary?) {
        let kinds = ["Value", "Values", "StatisticValues"].filter { json[$0] != nil }
        guard kinds.count <= 1 else {
            throw ServiceError(
                "InvalidParameterCombination",
                "The parameters \(place).\(kinds[0]) and \(place).\(kinds[1]) are mutually exclusive and you have specified both."
            )
        }
        switch kinds.first {
        case "Value": return ([CustomMetric.Value(try number(json["Value"], "\(place).Value"))], nil)
        case "Values": return (try list(json, place), nil)
        case "StatisticValues": return ([], try summary(json["StatisticValues"] ?? .null, "\(place).StatisticValues"))
        default: throw MetricInput.missing("\(place).Value")
        }
    }

    private static func list(_ json: JSON, _ place: String) throws(ServiceError) -> [CustomMetric.Value] {
        let values = json["Values"]?.array ?? []
        guard !values.isEmpty else { throw MetricInput.missing("\(place).Values") }
        guard values.count <= mostValues else { throw MetricInput.tooMany("\(place).Values", most: mostValues) }
        let counts = json["Counts"]?.array
        guard counts == nil || counts?.count == values.count else {
            throw ServiceError(
                "InvalidParameterValue",
                "The parameters \(place).Values and \(place).Counts must be of the same size.")
        }
        var made: [CustomMetric.Value] = []
        for (index, value) in values.enumerated() {
            let value = try number(value, "\(place).Values.member.\(index + 1)")
            let name = "\(place).Counts.member.\(index + 1)"
            let count = try counts.map { counts throws(ServiceError) in try number(counts[index], name) } ?? 1
            guard count >= 0 else { throw MetricInput.invalid("\(count)", name) }
            // A value that was never measured says nothing.
            if count > 0 { made.append(CustomMetric.Value(value, count: count)) }
        }
        return made
    }

    private static func summary(_ json: JSON, _ place: String) throws(ServiceError) -> CustomMetric.Summary {
        func member(_ name: String) throws(ServiceError) -> Double { try number(json[name], "\(place).\(name)") }
        let summary = CustomMetric.Summary(
            count: try member("SampleCount"), sum: try member("Sum"), minimum: try member("Minimum"),
            maximum: try member("Maximum"))
        guard summary.count > 0 else { throw MetricInput.invalid("\(summary.count)", "\(place).SampleCount") }
        guard summary.minimum <= summary.maximum else {
            throw ServiceError(
                "InvalidParameterValue",
                "The parameter \(place).Minimum must be less than or equal to \(place).Maximum.")
        }
        return summary
    }

    private static func number(_ json: JSON?, _ name: String) throws(ServiceError) -> Double {
        guard let json else { throw MetricInput.missing(name) }
        // What is not finite has no number in JSON.
        guard let value = MetricInput.double(json) else { throw MetricInput.invalid(json.string ?? "NaN", name) }
        guard value.isFinite, abs(value) <= largest else { throw MetricInput.invalid("\(value)", name) }
        return value
    }
}
