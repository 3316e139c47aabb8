import JSON
import Telemetry
import TelemetryStore

extension Alarm {
    /// As DescribeAlarms gives it.
    var json: JSON {
        var json = JSONObject()
        json["AlarmName"] = .string(name)
        json["AlarmArn"] = .string(arn)
        if let description { json["AlarmDescription"] = .string(description) }
        json["AlarmConfigurationUpdatedTimestamp"] = configured.wire
        json["ActionsEnabled"] = .bool(actionsEnabled)
        for (member, value) in Self.actionMembers { json[member] = .array((actions[value] ?? []).map(JSON.string)) }
        json["StateValue"] = .string(state.value.rawValue)
        json["StateReason"] = .string(state.reason)
        if let data = state.reasonData { json["StateReasonData"] = .string(data) }
        json["StateUpdatedTimestamp"] = state.updated.wire
        json["StateTransitionedTimestamp"] = state.transitioned.wire
        switch watched {
        case .metric(let condition): condition.add(to: &json)
        case .composite(let rule): json["AlarmRule"] = .string(rule.text)
        }
        return .object(json)
    }

    static let actionMembers: [(String, AlarmDescription.State)] = [
        ("OKActions", .ok), ("AlarmActions", .alarm), ("InsufficientDataActions", .insufficientData),
    ]

    /// For the telemetry.
    var told: AlarmDescription {
        let condition =
            switch watched {
            case .metric(let condition): condition.text
            case .composite(let rule): rule.text
            }
        return AlarmDescription(
            name: name, arn: arn, state: state.value, reason: state.reason, since: state.transitioned,
            condition: condition, configuration: json)
    }
}

extension MetricCondition {
    func add(to json: inout JSONObject) {
        if isSingle, case .metric(let key, let period, let statistic, let unit)? = queries.first?.source {
            json["MetricName"] = .string(key.name)
            json["Namespace"] = .string(key.namespace)
            json[Statistic(statistic)?.isBasic == false ? "ExtendedStatistic" : "Statistic"] = .string(statistic)
            json["Dimensions"] = key.json["Dimensions"]
            json["Period"] = .int(period)
            if let unit { json["Unit"] = .string(unit) }
        } else {
            json["Metrics"] = .array(queries.map(\.json))
        }
        json["EvaluationPeriods"] = .int(evaluationPeriods)
        if let datapointsToAlarm { json["DatapointsToAlarm"] = .int(datapointsToAlarm) }
        json["Threshold"] = .double(threshold)
        json["ComparisonOperator"] = .string(comparison.rawValue)
        if let missing { json["TreatMissingData"] = .string(missing.rawValue) }
        if let lowSamples { json["EvaluateLowSampleCountPercentile"] = .string(lowSamples) }
    }
}

extension MetricQuery {
    /// A member of `Metrics`.
    var json: JSON {
        var json: JSON = ["Id": .string(id)]
        switch source {
        case .metric(let key, let period, let statistic, let unit):
            var stat: JSON = ["Metric": key.json, "Period": .int(period), "Stat": .string(statistic)]
            stat["Unit"] = unit.map(JSON.string)
            json["MetricStat"] = stat
        case .expression(let text, let period):
            json["Expression"] = .string(text)
            json["Period"] = period.map(JSON.int)
        }
        json["Label"] = label.map(JSON.string)
        json["ReturnData"] = .bool(isReturned)
        return json
    }
}

extension Timestamp {
    /// Seconds since 1970 with milliseconds, as answers have times.
    var wire: JSON { .double(Double(milliseconds) / 1000) }
}
