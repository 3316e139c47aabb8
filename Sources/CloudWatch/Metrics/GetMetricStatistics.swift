import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetMetricStatistics: ServiceOperation {
    static let name = "GetMetricStatistics"

    private static let mostPoints = 1440
    private static let mostStatistics = 5
    private static let mostExtended = 10

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let key = MetricKey(
            try MetricInput.text(input["Namespace"], "Namespace"),
            try MetricInput.text(input["MetricName"], "MetricName"),
            try MetricInput.dimensions(input["Dimensions"], "Dimensions"))
        let period = try MetricInput.period(input["Period"])
        let window = try window(input, period)
        let statistics = try statistics(input)
        let unit = try MetricInput.unit(input["Unit"], "Unit")
        await context.flush()
        let periods = await context.store.periods(key, in: window, period: period, unit: unit)
        let known = await context.store.unit(of: key)
        let points = periods.map { period -> JSON in
            var point: JSON = ["Timestamp": .int(Int(period.start))]
            var extended = JSONObject()
            for (name, statistic) in statistics {
                guard let value = period.samples.value(statistic) else { continue }
                if statistic.isBasic { point[name] = .double(value) } else { extended[name] = .double(value) }
            }
            if !extended.isEmpty { point["ExtendedStatistics"] = .object(extended) }
            point["Unit"] = .string(known ?? "None")
            return point
        }
        return ["Label": .string(key.name), "Datapoints": .array(points)]
    }

    private static func window(_ input: JSON, _ period: Int) throws(ServiceError) -> TimeWindow {
        let start = try MetricInput.time(input["StartTime"], "StartTime")
        let end = try MetricInput.time(input["EndTime"], "EndTime")
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
        return TimeWindow(start: start, end: end)
    }

    private static func statistics(_ input: JSON) throws(ServiceError) -> [(String, Statistic)] {
        let basic = MetricInput.strings(input["Statistics"])
        let extended = MetricInput.strings(input["ExtendedStatistics"])
        guard !basic.isEmpty || !extended.isEmpty else {
            throw ServiceError(
                "InvalidParameterCombination",
                "At least one of the parameters Statistics and ExtendedStatistics must be specified.")
        }
        guard basic.count <= mostStatistics else { throw MetricInput.tooMany("Statistics", most: mostStatistics) }
        guard extended.count <= mostExtended else {
            throw MetricInput.tooMany("ExtendedStatistics", most: mostExtended)
        }
        var made: [(String, Statistic)] = []
        for (texts, parameter) in [(basic, "Statistics"), (extended, "ExtendedStatistics")] {
            for text in texts {
                let statistic = try MetricInput.statistic(text, "\(parameter).member.1")
                guard statistic.isBasic == (parameter == "Statistics") else {
                    throw MetricInput.invalid(text, "\(parameter).member.1")
                }
                made.append((text, statistic))
            }
        }
        return made
    }
}
