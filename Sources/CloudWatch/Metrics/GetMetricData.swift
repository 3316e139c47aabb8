import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum GetMetricData: ServiceOperation {
    static let name = "GetMetricData"

    private static let mostQueries = 500

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let start = try MetricInput.time(input["StartTime"], "StartTime")
        let end = try MetricInput.time(input["EndTime"], "EndTime")
        guard start < end else {
            throw MetricQueries.invalid("The parameter EndTime must be greater than StartTime.")
        }
        let queries = try MetricQueries.read(input["MetricDataQueries"], "MetricDataQueries", most: mostQueries)
        guard queries.contains(where: \.isReturned) else {
            throw MetricQueries.invalid("At least one of the MetricDataQueries must have ReturnData true.")
        }
        let order = input["ScanBy"]?.string ?? "TimestampDescending"
        guard ["TimestampAscending", "TimestampDescending"].contains(order) else {
            throw MetricQueries.invalid("The value \(order) for parameter ScanBy is invalid.")
        }
        await context.flush()
        let series: [MetricSeries]
        do throws(MetricQueryError) {
            series = try await context.store.series(queries, in: TimeWindow(start: start, end: end))
        } catch {
            throw MetricQueries.invalid(error.description)
        }
        return try MetricDataPage.json(series.map { result($0, isAscending: order == "TimestampAscending") }, input)
    }

    private static func result(_ series: MetricSeries, isAscending: Bool) -> JSON {
        let points = isAscending ? series.points : series.points.reversed()
        return [
            "Id": .string(series.id), "Label": .string(series.label),
            "Timestamps": .array(points.map { .int(Int($0.time)) }),
            "Values": .array(points.map { .double($0.value) }), "StatusCode": "Complete",
        ]
    }
}
