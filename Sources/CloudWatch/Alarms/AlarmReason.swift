import AWSCore
import JSON
import Telemetry

/// CloudWatch's words for why an alarm is in a state.
enum AlarmReason {
    private static let datapointsTold = 5

    static func text(
        _ verdict: AlarmEvaluation.Verdict, _ state: AlarmDescription.State, _ condition: MetricCondition
    ) -> String {
        let unknown = verdict.filled
        if state == .insufficientData {
            return "Insufficient Data: \(datapoints(unknown)) \(unknown == 1 ? "was" : "were") unknown."
        }
        let isAlarm = state == .alarm
        let told = verdict.points.filter { condition.isBreaching($0.value ?? 0) == isAlarm }
        let filling = condition.treatment == .breaching ? "Breaching" : "NonBreaching"
        let treated = "\(unknown) missing \(unknown == 1 ? "datapoint was" : "datapoints were") treated as [\(filling)]"
        if told.isEmpty {
            return
                "Threshold Crossed: no datapoints were received for \(unknown) \(unknown == 1 ? "period" : "periods") "
                + "and \(treated)."
        }
        let needed = isAlarm ? condition.needed : condition.evaluationPeriods - condition.needed + 1
        let list = told.prefix(datapointsTold).map { "\($0.value ?? 0) (\(moment($0.time)))" }.joined(separator: ", ")
        let verb = (told.count == 1 ? "was " : "were ") + (isAlarm ? "" : "not ") + condition.comparison.words
        let change = isAlarm ? "OK -> ALARM" : "ALARM -> OK"
        let isFilled = unknown > 0 && [.breaching, .notBreaching].contains(condition.treatment)
        return "Threshold Crossed: \(told.count) out of the last \(condition.evaluationPeriods) datapoints [\(list)] "
            + "\(verb) the threshold (\(condition.threshold))\(isFilled ? " and \(treated)" : "") (minimum \(datapoints(needed)) for \(change) transition)."
    }

    private static func datapoints(_ count: Int) -> String { count == 1 ? "1 datapoint" : "\(count) datapoints" }

    /// `28/11/26 07:00:00`, in UTC.
    private static func moment(_ second: Int64) -> String {
        let text = ISOTime.text(milliseconds: second * 1000)
        let date = text.prefix(10).split(separator: "-")
        guard date.count == 3 else { return text }
        return "\(date[2])/\(date[1])/\(date[0].suffix(2)) \(text.dropFirst(11).prefix(8))"
    }

    /// What was looked at, as JSON text.
    static func data(
        _ verdict: AlarmEvaluation.Verdict, _ condition: MetricCondition, at now: Timestamp
    ) -> String {
        var data: JSON = ["version": "1.0", "queryDate": .string(time(now))]
        if let oldest = verdict.points.last {
            data["startDate"] = .string(time(Timestamp(milliseconds: oldest.time * 1000)))
        }
        if let statistic = condition.statistic { data["statistic"] = .string(statistic) }
        data["period"] = .int(condition.period)
        data["recentDatapoints"] = .array(verdict.points.reversed().map { number($0.value ?? 0) })
        data["threshold"] = number(condition.threshold)
        data["evaluatedDatapoints"] = .array(
            verdict.points.map {
                [
                    "timestamp": .string(time(Timestamp(milliseconds: $0.time * 1000))),
                    "value": number($0.value ?? 0),
                ]
            })
        return data.text
    }

    /// With a decimal point, as CloudWatch writes doubles.
    static func number(_ value: Double) -> JSON {
        value.isFinite ? .number(JSONNumber(source: String(describing: value))) : .null
    }

    /// `2026-11-28T07:00:00.000+0000`
    static func time(_ time: Timestamp) -> String {
        ISOTime.text(milliseconds: time.milliseconds, hasMilliseconds: true).dropLast() + "+0000"
    }

    /// `arn:… transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC`
    static func composite(_ child: String, _ state: AlarmDescription.State, at time: Timestamp) -> String {
        let days = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let day = time.seconds / 86_400
        let (year, month, date) = ISOTime.civil(day)
        let clock = ISOTime.text(milliseconds: time.milliseconds).dropFirst(11).prefix(8)
        let weekday = days[Int(((day % 7) + 7) % 7)]
        return
            "\(child) transitioned to \(state.rawValue) at \(weekday) \(date) \(months[Int(month - 1)]), \(year) \(clock) UTC"
    }
}
