import JSON
import Telemetry

@testable import Dashboard
@testable import TelemetryStore

/// A shop with alarms: one that fires, one on workflows, one without data, and a composite one.
enum AlarmSample {
    static let window = TimeWindow(last: .seconds(900), until: LogSample.now)

    private static func alarm(
        _ name: String, _ state: AlarmDescription.State, since: Int64, _ condition: String, _ reason: String,
        _ configuration: JSON
    ) -> AlarmDescription {
        var all: JSON = [
            "AlarmName": .string(name), "ActionsEnabled": true,
            "AlarmActions": [.string("arn:aws:lambda:us-east-1:000000000000:function:notify-user")],
            "OKActions": [], "StateValue": .string(state.rawValue), "ComparisonOperator": "GreaterThanThreshold",
        ]
        for (member, value) in configuration.object ?? JSONObject() { all[member] = value }
        return AlarmDescription(
            name: name, arn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:\(name)", state: state, reason: reason,
            since: LogSample.now - .seconds(since), condition: condition, configuration: all)
    }

    private static let errors: JSON = [
        "Namespace": "AWS/Lambda", "MetricName": "Errors", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1,
        "Threshold": 5, "Dimensions": [["Name": "FunctionName", "Value": "process-payment"]],
    ]

    private static let duration: JSON = [
        "Namespace": "AWS/Lambda", "MetricName": "Duration", "ExtendedStatistic": "p95", "Period": 60,
        "EvaluationPeriods": 3, "Threshold": 800,
        "Dimensions": [["Name": "FunctionName", "Value": "record-order"]],
    ]

    private static let orders: JSON = [
        "Namespace": "shop", "MetricName": "orders", "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1,
        "Threshold": 1, "ComparisonOperator": "LessThanThreshold",
    ]

    private static func series(_ label: String, _ values: [Double]) -> MetricSeries {
        let end = LogSample.now.flooredSecond(to: 60)
        let points = values.reversed().enumerated().map { MetricSeries.Point(end - Int64($0) * 60, $1) }
        return MetricSeries(id: "m1", label: label, period: 60, points: points.reversed())
    }

    static let rows: [AlarmRow] = {
        let fires = alarm(
            "payment-errors", .alarm, since: 130, "Errors > 5 for 1 datapoints within 1 minute",
            "Threshold Crossed: 1 out of the last 1 datapoints [9.0 (28/11/26 12:02:00)] was greater than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).",
            errors)
        let slow = alarm(
            "record-order-slow", .ok, since: 4000, "Duration > 800 for 3 datapoints within 3 minutes", "",
            duration)
        let silent = alarm(
            "no-orders", .insufficientData, since: 700, "orders < 1 for 1 datapoints within 5 minutes",
            "Unchecked: Initial alarm creation", orders)
        let shop = alarm(
            "shop", .alarm, since: 129, "ALARM(\"payment-errors\") OR ALARM(record-order-slow)",
            "arn:aws:cloudwatch:us-east-1:000000000000:alarm:payment-errors transitioned to ALARM at Saturday 28 November, 2026 12:02:21 UTC",
            ["AlarmRule": "ALARM(\"payment-errors\") OR ALARM(record-order-slow)"])
        let changes = [
            AlarmRecord.Change(
                time: LogSample.now - .seconds(700), from: .insufficientData, to: .ok, reason: "Threshold Crossed: …"),
            AlarmRecord.Change(
                time: LogSample.now - .seconds(500), from: .ok, to: .alarm, reason: "Threshold Crossed: 7.0 …"),
            AlarmRecord.Change(
                time: LogSample.now - .seconds(380), from: .alarm, to: .ok, reason: "Threshold Crossed: 2.0 …"),
            AlarmRecord.Change(time: LogSample.now - .seconds(130), from: .ok, to: .alarm, reason: fires.reason),
        ]
        func row(_ alarm: AlarmDescription, _ changes: [AlarmRecord.Change] = [], _ series: MetricSeries? = nil)
            -> AlarmRow
        {
            AlarmRow(
                record: AlarmRecord(alarm: alarm, changes: changes), plan: AlarmPlan(alarm.configuration),
                series: series)
        }
        return [
            row(fires, changes, series("Errors", [0, 1, 0, 2, 4, 7, 2, 1, 0, 0, 1, 2, 4, 9, 8])),
            row(
                slow, [],
                series("Duration", [210, 190, 250, 300, 280, 260, 412, 390, 350, 330, 280, 250, 240, 230, 220])),
            row(silent, []), row(shop, Array(changes.suffix(1))),
        ]
    }()

    static let metrics: [MetricRow] = {
        func row(_ name: String, _ unit: String, _ values: [Double], _ dimensions: [(String, String)]) -> MetricRow {
            MetricRow(
                key: MetricKey("shop", name, dimensions.map { .init(name: $0.0, value: $0.1) }), unit: unit,
                samples: Samples(values.map { .init($0) }), updated: LogSample.now, series: values.map { $0 })
        }
        return [
            row("OrderValue", "None", [12, 99.5, 42, 7.25, 18, 64], [("currency", "EUR")]),
            row(
                "PaymentLatency", "Milliseconds", [88, 412, 91, 120, 99, 104], [("provider", "card"), ("tier", "gold")]),
            row("Retries", "Count", [0, 1, 0, 0, 3, 1], []),
        ]
    }()

    static func answer(_ request: DataRequest) -> DataAnswer? {
        switch request {
        case .alarms: .alarms(rows)
        case .metrics: .metrics(metrics)
        default: nil
        }
    }
}
