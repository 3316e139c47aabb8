import Telemetry
import TelemetryStore
import Testing

@testable import CloudWatch

struct AlarmEvaluationTests {
    /// X breaches, 0 does not, - is missing; the newest is the last.
    private static func slots(_ text: String) -> [AlarmEvaluation.Slot] {
        text.filter { $0 != " " }.enumerated().map { place, mark in
            AlarmEvaluation.Slot(time: Int64(place) * 60, value: mark == "-" ? nil : mark == "X" ? 5 : 1)
        }
    }

    static func condition(
        _ needed: Int, of periods: Int, _ missing: MetricCondition.MissingData? = nil,
        comparison: MetricCondition.Comparison = .greater, statistic: String = "Average", namespace: String = "N"
    ) -> MetricCondition {
        let metric = MetricQuery.Source.metric(MetricKey(namespace, "m"), period: 60, statistic: statistic, unit: nil)
        return MetricCondition(
            queries: [MetricQuery("m1", metric)], isSingle: true, period: 60, evaluationPeriods: periods,
            datapointsToAlarm: needed == periods ? nil : needed, threshold: 2, comparison: comparison, missing: missing)
    }

    typealias Row = (
        needed: Int, points: String, filled: Int, missing: AlarmDescription.State, ignore: AlarmDescription.State?,
        breaching: AlarmDescription.State, notBreaching: AlarmDescription.State
    )

    /// The tables of CloudWatch's guide, "How alarm state is evaluated when data is missing": 3 periods of 5 looked at.
    private static let rows: [Row] = [
        (3, "0 - X - X", 0, .ok, .ok, .ok, .ok),
        (3, "0 - - - -", 2, .ok, .ok, .ok, .ok),
        (3, "- - - - -", 3, .insufficientData, nil, .alarm, .ok),
        (3, "0 X X - X", 0, .alarm, .alarm, .alarm, .alarm),
        (3, "- - X - -", 2, .alarm, nil, .alarm, .ok),
        (2, "0 - X - X", 0, .alarm, .alarm, .alarm, .alarm),
        (2, "0 0 X 0 X", 0, .alarm, .alarm, .alarm, .alarm),
        (2, "0 - X - -", 1, .ok, .ok, .alarm, .ok),
        (2, "- - - - 0", 2, .ok, .ok, .alarm, .ok),
        (2, "- - - X -", 2, .alarm, nil, .alarm, .ok),
        // "Avoiding premature transitions": these wait, as the next point may not breach.
        (3, "- - - - X", 2, .insufficientData, nil, .alarm, .ok),
        (3, "- - - X -", 2, .insufficientData, nil, .alarm, .ok),
        // Nothing is missing: the older ones do not matter.
        (3, "X X 0 X X", 0, .ok, .ok, .ok, .ok),
        (3, "0 0 X X X", 0, .alarm, .alarm, .alarm, .alarm),
        (2, "X X 0 0 X", 0, .ok, .ok, .ok, .ok),
    ]

    @Test("The guide's tables of missing data", arguments: rows)
    func missingData(_ row: Row) {
        let expected: [(MetricCondition.MissingData?, AlarmDescription.State?)] = [
            (.missing, row.missing), (nil, row.missing), (.ignore, row.ignore), (.breaching, row.breaching),
            (.notBreaching, row.notBreaching),
        ]
        for (treatment, state) in expected {
            let verdict = AlarmEvaluation.verdict(
                Self.slots(row.points), Self.condition(row.needed, of: 3, treatment))
            #expect(verdict.state == state, "\(row.points) with \(String(describing: treatment))")
            #expect(verdict.filled == row.filled)
        }
    }

    @Test func metricsOfTablesAlwaysIgnoreMissingData() {
        let condition = Self.condition(1, of: 1, .breaching, namespace: "AWS/DynamoDB")
        #expect(AlarmEvaluation.verdict(Self.slots("---"), condition).state == nil)
    }

    @Test(
        "Reasons are CloudWatch's",
        arguments: [
            (
                1, 1, "- - X", nil,
                "Threshold Crossed: 1 out of the last 1 datapoints [5.0 (01/01/70 00:02:00)] was greater than the threshold (2.0) (minimum 1 datapoint for OK -> ALARM transition)."
            ),
            (
                1, 1, "- - 0", nil,
                "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (01/01/70 00:02:00)] was not greater than the threshold (2.0) (minimum 1 datapoint for ALARM -> OK transition)."
            ),
            (
                2, 3, "0 X 0 X X", nil,
                "Threshold Crossed: 2 out of the last 3 datapoints [5.0 (01/01/70 00:04:00), 5.0 (01/01/70 00:03:00)] were greater than the threshold (2.0) (minimum 2 datapoints for OK -> ALARM transition)."
            ),
            (1, 1, "- - -", nil, "Insufficient Data: 1 datapoint was unknown."),
            (3, 3, "- - - - -", nil, "Insufficient Data: 3 datapoints were unknown."),
            (
                3, 3, "- - - - -", MetricCondition.MissingData.notBreaching,
                "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [NonBreaching]."
            ),
            (
                1, 1, "- - -", .breaching,
                "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching]."
            ),
        ] as [(Int, Int, String, MetricCondition.MissingData?, String)])
    func reasons(
        _ needed: Int, _ periods: Int, _ points: String, _ missing: MetricCondition.MissingData?, _ text: String
    ) throws {
        let condition = Self.condition(needed, of: periods, missing)
        let verdict = AlarmEvaluation.verdict(Self.slots(points), condition)
        #expect(AlarmReason.text(verdict, try #require(verdict.state), condition) == text)
    }

    @Test func whatWasLookedAtIsToldAsJSON() {
        let condition = Self.condition(1, of: 1)
        let verdict = AlarmEvaluation.verdict(Self.slots("0X"), condition)
        let data = AlarmReason.data(verdict, condition, at: Timestamp(milliseconds: 120_500))
        #expect(
            data
                == #"{"version":"1.0","queryDate":"1970-01-01T00:02:00.500+0000","startDate":"1970-01-01T00:01:00.000+0000","statistic":"Average","period":60,"recentDatapoints":[5.0],"threshold":2.0,"evaluatedDatapoints":[{"timestamp":"1970-01-01T00:01:00.000+0000","value":5.0}]}"#
        )
    }

    @Test(
        "Conditions read as in the console",
        arguments: [
            (1, 1, "m > 2 for 1 datapoints within 1 minute"), (3, 3, "m > 2 for 3 datapoints within 3 minutes"),
            (2, 3, "m > 2 for 2 out of 3 datapoints within 3 minutes"),
        ])
    func texts(_ needed: Int, _ periods: Int, _ text: String) {
        #expect(Self.condition(needed, of: periods).text == text)
    }

    @Test func compositeReasonsNameTheChildAndTheMoment() {
        let text = AlarmReason.composite("arn:x", .alarm, at: Timestamp(seconds: 1_658_505_465))
        #expect(text == "arn:x transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC")
    }
}
