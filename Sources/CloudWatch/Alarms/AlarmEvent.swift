import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// How a change of state is told to functions and topics.
///
/// - SeeAlso: Amazon CloudWatch User Guide, "Invoke a Lambda function from an alarm" and "Notifying users on alarm
///   changes".
enum AlarmEvent {
    static func json(_ alarm: Alarm, from old: Alarm.State) -> JSON {
        let arn = ARN(alarm.arn)
        return [
            "source": "aws.cloudwatch", "alarmArn": .string(alarm.arn), "accountId": .string(arn?.account ?? ""),
            "time": .string(AlarmReason.time(alarm.state.updated)), "region": .string(arn?.region ?? ""),
            "alarmData": [
                "alarmName": .string(alarm.name), "state": state(alarm.state), "previousState": state(old),
                "configuration": configuration(alarm),
            ],
        ]
    }

    private static func state(_ state: Alarm.State) -> JSON {
        var json: JSON = ["value": .string(state.value.rawValue), "reason": .string(state.reason)]
        json["reasonData"] = state.reasonData.map(JSON.string)
        json["timestamp"] = .string(AlarmReason.time(state.updated))
        return json
    }

    private static func configuration(_ alarm: Alarm) -> JSON {
        var json = JSON.object(JSONObject())
        json["description"] = alarm.description.map(JSON.string)
        switch alarm.watched {
        case .composite(let rule): json["alarmRule"] = .string(rule.text)
        case .metric(let condition): json["metrics"] = .array(condition.queries.map(query))
        }
        return json
    }

    private static func query(_ query: MetricQuery) -> JSON {
        var json: JSON = ["id": .string(query.id)]
        switch query.source {
        case .expression(let text, _): json["expression"] = .string(text)
        case .metric(let key, let period, let statistic, let unit):
            var dimensions = JSONObject()
            for dimension in key.dimensions { dimensions[dimension.name] = .string(dimension.value) }
            var stat: JSON = [
                "metric": [
                    "namespace": .string(key.namespace), "name": .string(key.name), "dimensions": .object(dimensions),
                ],
                "period": .int(period), "stat": .string(statistic),
            ]
            stat["unit"] = unit.map(JSON.string)
            json["metricStat"] = stat
        }
        json["label"] = query.label.map(JSON.string)
        json["returnData"] = .bool(query.isReturned)
        return json
    }

    static func subject(_ alarm: Alarm) -> String {
        let region = ARN(alarm.arn)?.region ?? ""
        let place = region == "us-east-1" ? "US East (N. Virginia)" : region
        return String("\(alarm.state.value.rawValue): \"\(alarm.name)\" in \(place)".prefix(100))
    }

    /// The message that a topic gets.
    static func notification(_ alarm: Alarm, from old: Alarm.State) -> JSON {
        let arn = ARN(alarm.arn)
        var json: JSON = ["AlarmName": .string(alarm.name)]
        json["AlarmDescription"] = alarm.description.map(JSON.string) ?? .null
        json["AWSAccountId"] = .string(arn?.account ?? "")
        json["AlarmConfigurationUpdatedTimestamp"] = .string(AlarmReason.time(alarm.configured))
        json["NewStateValue"] = .string(alarm.state.value.rawValue)
        json["NewStateReason"] = .string(alarm.state.reason)
        json["StateChangeTime"] = .string(AlarmReason.time(alarm.state.updated))
        json["Region"] = .string(arn?.region == "us-east-1" ? "US East (N. Virginia)" : arn?.region ?? "")
        json["AlarmArn"] = .string(alarm.arn)
        json["OldStateValue"] = .string(old.value.rawValue)
        for (member, state) in Alarm.actionMembers {
            json[member] = .array((alarm.actions[state] ?? []).map(JSON.string))
        }
        switch alarm.watched {
        case .composite(let rule): json["AlarmRule"] = .string(rule.text)
        case .metric(let condition): json["Trigger"] = trigger(condition)
        }
        return json
    }

    private static func trigger(_ condition: MetricCondition) -> JSON {
        var members = JSONObject()
        condition.add(to: &members)
        // Topics get the names of dimensions and statistics in lower and upper case of their own.
        if let dimensions = members["Dimensions"]?.array {
            members["Dimensions"] = .array(
                dimensions.map { ["value": $0["Value"] ?? .null, "name": $0["Name"] ?? .null] })
        }
        if let statistic = members["Statistic"]?.string {
            members["Statistic"] = .string(statistic == "SampleCount" ? "SAMPLE_COUNT" : statistic.uppercased())
            members["StatisticType"] = "Statistic"
        }
        return .object(members)
    }
}
