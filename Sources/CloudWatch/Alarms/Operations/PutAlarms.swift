import AWSCore
import JSON
import Telemetry
import TelemetryStore

enum PutMetricAlarm: ServiceOperation {
    static let name = "PutMetricAlarm"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        let now = context.alarms.now()
        let alarm = try AlarmInput.metricAlarm(input, call, at: now)
        if case .metric(let condition) = alarm.watched, !condition.isSingle {
            // What cannot be evaluated is said now, and not by an alarm that never fires.
            do throws(MetricQueryError) {
                let series = try await context.store.series(
                    condition.queries, in: TimeWindow(last: .seconds(Int64(condition.period)), until: now))
                guard series.count <= 1 else {
                    throw MetricQueryError(
                        "An alarm watches one time series, and the expression gives \(series.count).")
                }
            } catch {
                throw MetricQueries.invalid(error.description)
            }
        }
        try await context.alarms.put(alarm)
        return .object(JSONObject())
    }
}

enum PutCompositeAlarm: ServiceOperation {
    static let name = "PutCompositeAlarm"

    static func run(_ input: JSON, call: CallContext, in context: MetricsContext) async throws(ServiceError) -> JSON {
        try await context.alarms.put(try AlarmInput.compositeAlarm(input, call, at: context.alarms.now()))
        return .object(JSONObject())
    }
}
