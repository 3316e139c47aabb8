import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetMetricStatistics: ServiceOperation {
    static let name = "GetMetricStatistics"

    private static let mostPoints = 1440

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let name = input["MetricName"]?.string ?? ""
        let period = try MetricsContext.period(input["Period"])
        let start = try MetricsContext.time(input["StartTime"], "StartTime")
        let end = try MetricsContext.time(input["EndTime"], "EndTime")
        guard start < end else {
            throw ServiceError(
                "InvalidParameterValue", "The parameter StartTime must be less than the parameter EndTime.")
        }
        let count = (end - start).count / 1_000_000 / Int64(period)
        guard count <= mostPoints else {
            let message = """
                You have requested up to \(count) datapoints, which exceeds the limit of \(mostPoints). You may reduce the \
                datapoints requested by increasing Period, or decreasing the time range.
                """
            throw ServiceError("InvalidParameterCombination", message)
        }
        let statistics = (input["Statistics"]?.array ?? []).compactMap(\.string)
        let extended = (input["ExtendedStatistics"]?.array ?? []).compactMap(\.string)
        guard !statistics.isEmpty || !extended.isEmpty else {
            throw ServiceError(
                "InvalidParameterCombination",
                "At least one of the parameters Statistics and ExtendedStatistics must be specified.")
        }
        let points = await context.points(
            input["Namespace"]?.string ?? "", name, input["Dimensions"], TimeWindow(start: start, end: end),
            period: period)
        var datapoints: [JSON] = []
        for point in points {
            var datapoint: JSON = ["Timestamp": .int(Int(point.start.seconds))]
            for statistic in statistics {
                datapoint[statistic] = try point.samples.statistic(statistic).map(JSON.double)
            }
            if !extended.isEmpty {
                var values = JSON.object(JSONObject())
                for statistic in extended {
                    values[statistic] = try point.samples.statistic(statistic).map(JSON.double)
                }
                datapoint["ExtendedStatistics"] = values
            }
            datapoint["Unit"] = .string(LambdaMetric(rawValue: name)?.unit ?? "None")
            datapoints.append(datapoint)
        }
        return ["Label": .string(name), "Datapoints": .array(datapoints)]
    }
}
