import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetMetricData: ServiceOperation {
    static let name = "GetMetricData"

    private static let mostQueries = 500

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let window = TimeWindow(
            start: try MetricsContext.time(input["StartTime"], "StartTime"),
            end: try MetricsContext.time(input["EndTime"], "EndTime"))
        let queries = input["MetricDataQueries"]?.array ?? []
        guard (1...mostQueries).contains(queries.count) else {
            throw ServiceError(
                "ValidationError", "The number of MetricDataQueries is 1 to \(mostQueries), not \(queries.count).")
        }
        guard window.start < window.end else {
            throw ServiceError("ValidationError", "The parameter EndTime must be greater than StartTime.")
        }
        let isAscending = input["ScanBy"]?.string == "TimestampAscending"
        var results: [JSON] = []
        for query in queries where isReturned(query) {
            results.append(try await result(query, window, isAscending, context))
        }
        return try MetricDataPage.json(results, input)
    }

    private static func isReturned(_ query: JSON) -> Bool {
        guard let value = query["ReturnData"] else { return true }
        return value.bool ?? (value.string != "false")
    }

    private static func result(
        _ query: JSON, _ window: TimeWindow, _ isAscending: Bool, _ context: MetricsContext
    ) async throws(ServiceError) -> JSON {
        let id = query["Id"]?.string ?? ""
        guard let stat = query["MetricStat"], let metric = stat["Metric"] else { return unsupported(query, id) }
        let name = metric["MetricName"]?.string ?? ""
        let points = await context.points(
            metric["Namespace"]?.string ?? "", name, metric["Dimensions"], window,
            period: try MetricsContext.period(stat["Period"]))
        var times: [JSON] = []
        var values: [JSON] = []
        for point in isAscending ? points : points.reversed() {
            guard let value = try point.samples.statistic(stat["Stat"]?.string ?? "") else { continue }
            times.append(.int(Int(point.start.seconds)))
            values.append(.double(value))
        }
        return [
            "Id": .string(id), "Label": .string(query["Label"]?.string ?? name), "Timestamps": .array(times),
            "Values": .array(values), "StatusCode": "Complete",
        ]
    }

    /// An expression is answered by itself, so that the other queries keep their answers.
    private static func unsupported(_ query: JSON, _ id: String) -> JSON {
        let text = "fntop does not evaluate metric math yet: \(query["Expression"]?.string ?? "")"
        return [
            "Id": .string(id), "Label": .string(query["Label"]?.string ?? id), "Timestamps": [], "Values": [],
            "StatusCode": "InternalError", "Messages": [["Code": "NotImplemented", "Value": .string(text)]],
        ]
    }
}
