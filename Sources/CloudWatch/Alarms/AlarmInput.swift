import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// Reads alarms from the requests that configure them.
enum AlarmInput {
    private static let mostActions = 5
    private static let mostQueries = 11
    private static let longestDay = 86_400
    private static let longestWeek = 604_800

    static func missing(_ member: String) -> ServiceError {
        MetricQueries.invalid(
            "1 validation error detected: Value null at '\(member)' failed to satisfy constraint: Member must not be null"
        )
    }

    static func metricAlarm(_ input: JSON, _ call: CallContext, at time: Timestamp) throws(ServiceError) -> Alarm {
        for member in ["EvaluationCriteria", "EvaluationInterval", "ThresholdMetricId"] where input[member] != nil {
            throw MetricQueries.invalid("fntop does not serve alarms with \(member)")
        }
        return try alarm(input, call, .metric(try condition(input)), at: time)
    }

    static func compositeAlarm(_ input: JSON, _ call: CallContext, at time: Timestamp) throws(ServiceError) -> Alarm {
        if input["ActionsSuppressor"] != nil {
            throw MetricQueries.invalid("fntop does not serve composite alarms with ActionsSuppressor")
        }
        guard let rule = input["AlarmRule"]?.string else { throw missing("alarmRule") }
        return try alarm(input, call, .composite(try AlarmRule(rule)), at: time)
    }

    /// What ``AlarmShelf`` wrote.
    static func alarm(record: JSON) throws(ServiceError) -> Alarm {
        let time = try MetricInput.time(record["AlarmConfigurationUpdatedTimestamp"], "Timestamp")
        let arn = ARN(record["AlarmArn"]?.string ?? "")
        let call = CallContext(region: arn?.region ?? ARN.defaultRegion, account: arn?.account ?? ARN.defaultAccount)
        var alarm =
            record["AlarmRule"] == nil
            ? try metricAlarm(record, call, at: time) : try compositeAlarm(record, call, at: time)
        guard let state = AlarmDescription.State(rawValue: record["StateValue"]?.string ?? "") else {
            throw missing("stateValue")
        }
        alarm.state = Alarm.State(
            value: state, reason: record["StateReason"]?.string ?? "", reasonData: record["StateReasonData"]?.string,
            updated: try MetricInput.time(record["StateUpdatedTimestamp"], "Timestamp"),
            transitioned: try MetricInput.time(record["StateTransitionedTimestamp"], "Timestamp"))
        return alarm
    }

    private static func alarm(
        _ input: JSON, _ call: CallContext, _ watched: Alarm.Watched, at time: Timestamp
    ) throws(ServiceError) -> Alarm {
        guard let name = input["AlarmName"]?.string, !name.isEmpty else { throw missing("alarmName") }
        guard name.unicodeScalars.count <= 255 else {
            throw MetricQueries.invalid("The parameter AlarmName must be shorter than 256 characters.")
        }
        let arn = ARN(service: "cloudwatch", region: call.region, account: call.account, resource: "alarm:\(name)")
        var alarm = Alarm(
            name: name, arn: arn.description, watched: watched, configured: time,
            state: Alarm.initialState(at: time))
        alarm.description = input["AlarmDescription"]?.string
        guard (alarm.description?.unicodeScalars.count ?? 0) <= 1024 else {
            throw MetricQueries.invalid("The parameter AlarmDescription must be shorter than 1025 characters.")
        }
        alarm.actionsEnabled = MetricInput.bool(input["ActionsEnabled"]) ?? true
        for (member, state) in Alarm.actionMembers {
            let arns = MetricInput.strings(input[member])
            guard arns.count <= mostActions else {
                throw MetricQueries.invalid(
                    "The collection \(member) must not have a size greater than \(mostActions).")
            }
            if let wrong = arns.first(where: { ARN($0) == nil }) {
                throw MetricQueries.invalid("Invalid arn syntax: \(wrong)")
            }
            if !arns.isEmpty { alarm.actions[state] = arns }
        }
        alarm.tags = try AlarmTags.read(input["Tags"])
        return alarm
    }

    // MARK: - Conditions

    private static func condition(_ input: JSON) throws(ServiceError) -> MetricCondition {
        guard let count = MetricInput.int(input["EvaluationPeriods"]) else { throw missing("evaluationPeriods") }
        guard let threshold = MetricInput.double(input["Threshold"]), threshold.isFinite else {
            throw missing("threshold")
        }
        let isSingle = input["MetricName"] != nil
        guard !isSingle || input["Metrics"] == nil else {
            throw MetricQueries.invalid("The parameters MetricName and Metrics cannot be used together.")
        }
        let queries =
            isSingle ? [try single(input)] : try MetricQueries.read(input["Metrics"], "Metrics", most: mostQueries)
        let condition = MetricCondition(
            queries: queries, isSingle: isSingle, period: try period(queries), evaluationPeriods: count,
            datapointsToAlarm: MetricInput.int(input["DatapointsToAlarm"]), threshold: threshold,
            comparison: try comparison(input["ComparisonOperator"]?.string),
            missing: try missingData(input["TreatMissingData"]?.string),
            lowSamples: try lowSamples(input["EvaluateLowSampleCountPercentile"]?.string))
        try check(condition)
        return condition
    }

    private static func single(_ input: JSON) throws(ServiceError) -> MetricQuery {
        guard let name = input["MetricName"]?.string, !name.isEmpty else { throw missing("metricName") }
        guard let namespace = input["Namespace"]?.string, !namespace.isEmpty else { throw missing("namespace") }
        let statistics = [input["Statistic"]?.string, input["ExtendedStatistic"]?.string].compactMap { $0 }
        guard let statistic = statistics.first, statistics.count == 1 else {
            throw MetricQueries.invalid(
                "Exactly one of the parameters Statistic and ExtendedStatistic must be specified.")
        }
        guard Statistic(statistic)?.isBasic == (input["Statistic"] != nil) else {
            throw MetricQueries.invalid("The value \(statistic) for parameter ExtendedStatistic is not supported.")
        }
        guard let period = MetricInput.int(input["Period"]) else { throw missing("period") }
        return MetricQuery(
            "m1",
            .metric(
                MetricKey(namespace, name, try MetricInput.dimensions(input["Dimensions"], "Dimensions")),
                period: period, statistic: statistic, unit: try MetricInput.unit(input["Unit"], "Unit")))
    }

    /// Of all metrics the same.
    private static func period(_ queries: [MetricQuery]) throws(ServiceError) -> Int {
        let periods = queries.compactMap { query -> Int? in
            switch query.source {
            case .metric(_, let period, _, _): period
            case .expression(_, let period): period
            }
        }
        guard let period = periods.first else { throw missing("period") }
        guard periods.allSatisfy({ $0 == period }) else {
            throw MetricQueries.invalid("All metrics of an alarm must have the same period.")
        }
        guard [10, 20, 30].contains(period) || (period > 0 && period % 60 == 0) else {
            throw MetricQueries.invalid("Invalid metric period: it must be 10, 20, 30 or a multiple of 60.")
        }
        return period
    }

    private static func check(_ condition: MetricCondition) throws(ServiceError) {
        guard condition.evaluationPeriods >= 1, condition.evaluationPeriods <= longestWeek else {
            throw MetricQueries.invalid("The parameter EvaluationPeriods must be at least 1.")
        }
        guard (1...condition.evaluationPeriods).contains(condition.needed) else {
            throw MetricQueries.invalid(
                "The parameter DatapointsToAlarm must be 1 to EvaluationPeriods (\(condition.evaluationPeriods)).")
        }
        let longest = condition.period >= 3600 ? longestWeek : longestDay
        let (span, isOver) = condition.period.multipliedReportingOverflow(by: condition.evaluationPeriods)
        guard !isOver, span <= longest else {
            throw MetricQueries.invalid(
                "Metrics cannot be checked across more than \(longest == longestDay ? "a day" : "seven days") (EvaluationPeriods * Period must be <= \(longest))."
            )
        }
        guard condition.queries.count(where: \.isReturned) == 1 else {
            throw MetricQueries.invalid("Exactly one element of the metrics list should return data.")
        }
    }

    private static func comparison(_ text: String?) throws(ServiceError) -> MetricCondition.Comparison {
        guard let text else { throw missing("comparisonOperator") }
        guard let comparison = MetricCondition.Comparison(rawValue: text) else {
            throw MetricQueries.invalid("fntop does not serve alarms with the ComparisonOperator \(text)")
        }
        return comparison
    }

    private static func missingData(_ text: String?) throws(ServiceError) -> MetricCondition.MissingData? {
        guard let text else { return nil }
        guard let treatment = MetricCondition.MissingData(rawValue: text) else {
            throw MetricQueries.invalid(
                "Option \(text) is not supported for parameter TreatMissingData: it is breaching, notBreaching, ignore or missing."
            )
        }
        return treatment
    }

    private static func lowSamples(_ text: String?) throws(ServiceError) -> String? {
        guard let text else { return nil }
        guard text == "evaluate" || text == "ignore" else {
            throw MetricQueries.invalid(
                "Option \(text) is not supported for parameter EvaluateLowSampleCountPercentile: it is evaluate or ignore."
            )
        }
        return text
    }
}
