import Telemetry
import Testing

@testable import TelemetryStore

struct MetricMathTests {
    private static let sample = MathSample(series: [
        "m1": [1, 2, nil, 4, 10], "m2": [10, 0, 30, nil, 5], "m3": [nil, nil, nil, nil, nil],
        "errors4xx": [1, 1, 1, 1, 1],
        // The examples of CloudWatch's guide.
        "c": [30, 20, 0, 0, nil], "d": [20, nil, 20, nil, nil], "f": [1, 1, 0, 0, nil], "g": [30, nil, 0, 0, 30],
        "h": [0, 0, 20, nil, 20],
    ])

    typealias Row = (expression: String, values: [Double?])

    private static let rows: [Row] = [
        ("m1", [1, 2, nil, 4, 10]),
        ("m1 + m2", [11, 2, 30, 4, 15]),
        ("m1 - m2", [-9, 2, -30, 4, 5]),
        ("2 * m1", [2, 4, nil, 8, 20]),
        ("m1 * 2 + 1", [3, 5, nil, 9, 21]),
        ("1 + m1 * 2", [3, 5, nil, 9, 21]),
        ("(1 + m1) * 2", [4, 6, nil, 10, 22]),
        // A division by zero has no point; what is missing is 0.
        ("m1 / m2", [0.1, nil, 0, nil, 2]),
        ("100 / m2", [10, nil, 100.0 / 30, nil, 20]),
        ("-m1", [-1, -2, nil, -4, -10]),
        ("-m1 ^ 2", [-1, -4, nil, -16, -100]),
        ("m1 ^ 2", [1, 4, nil, 16, 100]),
        ("2 ^ 3 ^ 2 + m1 * 0", [512, 512, nil, 512, 512]),
        ("7 - 4 - 2 + m1 * 0", [1, 1, nil, 1, 1]),
        ("c < d", [0, 0, 1, 0, nil]),
        ("c >= 30", [1, 0, 0, 0, nil]),
        ("c > 15 AND d > 15", [1, 0, 0, 0, nil]),
        ("c > 15 || d > 15", [1, 1, 1, 0, nil]),
        ("c == 20", [0, 1, 0, 0, nil]),
        ("c != 20", [1, 0, 1, 1, nil]),
        ("IF(f, g, h)", [30, 0, 20, nil, nil]),
        ("IF(f, 5, h)", [5, 5, 20, nil, nil]),
        ("IF(f, g, 5)", [30, 0, 5, 5, nil]),
        ("IF(f, g)", [30, 0, nil, nil, nil]),
        ("IF(1, m1)", [1, 2, nil, 4, 10]),
        ("IF(0, m1)", [nil, nil, nil, nil, nil]),
        ("IF(0, m1, m2)", [10, 0, 30, nil, 5]),
        ("IF(m1 < 3, m1)", [1, 2, nil, nil, nil]),
        ("FILL(m1, 0)", [1, 2, 0, 4, 10]),
        ("FILL(m1, REPEAT)", [1, 2, 2, 4, 10]),
        ("FILL(m1, LINEAR)", [1, 2, 3, 4, 10]),
        ("FILL(m1, m2)", [1, 2, 30, 4, 10]),
        ("FILL(m3, 7)", [7, 7, 7, 7, 7]),
        ("FILL(m3, REPEAT)", [nil, nil, nil, nil, nil]),
        ("m1 - AVG(m1)", [-3.25, -2.25, nil, -0.25, 5.75]),
        ("m1 / SUM(m1)", [1.0 / 17, 2.0 / 17, nil, 4.0 / 17, 10.0 / 17]),
        ("MAX(m1) - m1", [9, 8, nil, 6, 0]),
        ("m1 - MIN(m1)", [0, 1, nil, 3, 9]),
        ("m1 * 0 + DATAPOINT_COUNT(m1)", [4, 4, nil, 4, 4]),
        // Of 1, 2, 4 and 10: the mean is 4.25, the squares of the differences are 48.75 together.
        ("m1 * 0 + STDDEV(m1) ^ 2", [12.1875, 12.1875, nil, 12.1875, 12.1875]),
        ("SUM([m1, m2])", [11, 2, 30, 4, 15]),
        ("AVG([m1, m2])", [5.5, 1, 15, 2, 7.5]),
        ("MIN([m1, m2])", [1, 0, 30, 4, 5]),
        ("MAX([m1, m2])", [10, 2, 30, 4, 10]),
        ("DATAPOINT_COUNT([m1, m2])", [2, 2, 1, 1, 2]),
        ("SUM(100 / [m1, m2])", [110, 50, 100.0 / 30, 25, 30]),
        ("SUM(METRICS(\"4xx\"))", [1, 1, 1, 1, 1]),
        ("SUM([METRICS('4xx'), m1])", [2, 3, 1, 5, 11]),
        ("m1 / METRIC_COUNT([m1, m2, m3])", [1.0 / 3, 2.0 / 3, nil, 4.0 / 3, 10.0 / 3]),
        ("RATE(m1)", [nil, 1.0 / 60, nil, 2.0 / 120, 0.1]),
        ("DIFF(m1)", [nil, 1, nil, 2, 6]),
        ("DIFF_TIME(m1)", [nil, 60, nil, 120, 60]),
        ("RUNNING_SUM(m1)", [1, 3, nil, 7, 17]),
        ("m1 / PERIOD(m1)", [1.0 / 60, 2.0 / 60, nil, 4.0 / 60, 10.0 / 60]),
        ("ABS(m1 - m2)", [9, 2, 30, 4, 5]),
        ("CEIL(m1 / 3)", [1, 1, nil, 2, 4]),
        ("FLOOR(m1 / 3)", [0, 0, nil, 1, 3]),
        ("LOG10(m2 * 10)", [2, nil, 2.477121254719662, nil, 1.6989700043360187]),
        ("LOG(m1 ^ 0)", [0, 0, nil, 0, 0]),
        ("TIME_SERIES(MAX(m1) / 2)", [5, 5, 5, 5, 5]),
        ("FIRST([m1, m2])", [1, 2, nil, 4, 10]),
        ("LAST([m1, m2])", [10, 0, 30, nil, 5]),
        ("FIRST(SORT([m1, m2], AVG, DESC))", [10, 0, 30, nil, 5]),
        ("FIRST(SORT([m1, m2], MAX, ASC))", [1, 2, nil, 4, 10]),
        ("MINUTE(m1)", [14, 15, 16, 17, 18]),
        ("HOUR(m1)", [22, 22, 22, 22, 22]),
        // Tuesday.
        ("DAY(m1)", [2, 2, 2, 2, 2]),
        ("DATE(m1)", [14, 14, 14, 14, 14]),
        ("MONTH(m1)", [11, 11, 11, 11, 11]),
        ("YEAR(m1)", [2023, 2023, 2023, 2023, 2023]),
        ("IF(DAY(m1) < 6, m1)", [1, 2, 0, 4, 10]),
        ("1e1 * m1 + .5", [10.5, 20.5, nil, 40.5, 100.5]),
    ]

    @Test("Expressions give what the guide says, minute by minute", arguments: rows)
    func values(_ row: Row) throws {
        let found = try Self.sample.evaluate(row.expression)
        #expect(found.count == 1)
        for (minute, pair) in zip(found.first ?? [], row.values).enumerated() {
            switch pair {
            case (let value?, let expected?):
                #expect(abs(value - expected) < 1e-9, "minute \(minute) of \(row.expression)")
            case (nil, nil): break
            default: Issue.record("minute \(minute) of \(row.expression) is \(String(describing: pair.0))")
            }
        }
    }

    @Test(
        "Arrays come out as several series",
        arguments: [
            ("[m1, m2] * 2", 2), ("METRICS()", 9), ("METRICS('m')", 3), ("REMOVE_EMPTY([m1, m3])", 1),
            ("SLICE([m1, m2, m3], 1)", 2), ("SLICE([m1, m2, m3], 0, 1)", 1), ("SLICE([m1], 5)", 0),
            ("SORT([m1, m2, m3], SUM, DESC, 2)", 2), ("ABS([m1, m2])", 2), ("SEARCH('{N} m1', 'Average', 60)", 1),
            ("SEARCH('{N} m1 OR m2', 'Average', 60)", 2), ("SEARCH('{Other} m1', 'Average', 60)", 0),
            ("SEARCH('{N} NOT m1', 'Sum', 60)", 7), ("SEARCH('MetricName=\"m2\"', 'Sum', 60)", 1),
        ])
    func arrays(_ expression: String, _ count: Int) throws {
        #expect(try Self.sample.results(expression).count == count)
    }

    @Test(
        "What is wrong is named, and what is not served is refused by its name",
        arguments: [
            ("1 + 1", "no time series"), ("AVG(m1)", "no time series"), ("m9", "m9"), ("m1 +", "ends too early"),
            ("m1 m2", "m2 is not expected"), ("(m1", "ends too early"), ("FOO(m1)", "no function FOO"),
            ("ANOMALY_DETECTION_BAND(m1)", "does not serve the function ANOMALY_DETECTION_BAND"),
            ("SERVICE_QUOTA(m1)", "SERVICE_QUOTA"), ("IF(m1)", "IF takes"), ("FILL(m1)", "FILL takes"),
            ("FILL(m1, DESC)", "REPEAT"), ("SORT([m1], FOO, DESC)", "SORT takes"), ("e1 + 1", "needs itself"),
            ("[m1, 2]", "a scalar"), ("m1 + 'x'", "a string"), ("m1 # 2", "#"), ("1 / 0 + m1", "has no value"),
            ("[m1, m2] + [m1]", "same length"), ("SEARCH('{N m1', 'Sum')", "}"),
            (String(repeating: "(", count: 60) + "m1" + String(repeating: ")", count: 60), "too deep"),
            (Array(repeating: "m1", count: 300).joined(separator: "+"), "too many"),
        ])
    func faults(_ expression: String, _ part: String) {
        do {
            _ = try Self.sample.results(expression)
            Issue.record("\(expression) is not refused")
        } catch {
            #expect(error.description.hasPrefix("Error in expression 'e1': "))
            #expect(error.description.contains(part), "\(error)")
        }
    }

    @Test func expressionsMayNeedEachOther() throws {
        let queries = [
            MetricQuery("e2", .expression("e1 * 2", period: nil)),
            MetricQuery("e1", .expression("m1 + 1", period: nil), isReturned: false),
            MetricQuery(
                "m1", .metric(MetricKey("N", "m1"), period: 60, statistic: "Sum", unit: nil), isReturned: false),
        ]
        let found = try Self.sample.evaluate(queries)
        #expect(found.map(\.id) == ["e2"])
        #expect(found.first?.points.map(\.value) == [4, 6, 10, 22])
    }

    @Test(
        "Labels are filled with what the series has",
        arguments: [
            ("plain", "plain"), ("max ${MAX}", "max 10.0"), ("${LABEL} ${LAST}", "e1 10.0"),
            ("${AVG} ${SUM} ${MIN}", "4.25 17.0 1.0"), ("${PROP('MetricName')}", "m1"), ("${NOPE}", "${NOPE}"),
        ])
    func labels(_ label: String, _ expected: String) throws {
        let found = try Self.sample.results("m1", label: label)
        #expect(found.map(\.label) == [expected])
    }

    @Test func theLabelsOfAnArrayStandBehindTheExpressions() throws {
        #expect(try Self.sample.results("[m1, m2]", label: "all").map(\.label) == ["all m1", "all m2"])
        #expect(try Self.sample.results("[m1, m2]", label: "").map(\.label) == ["m1", "m2"])
    }

    @Test(
        "Names are found by their parts",
        arguments: [
            ("count", "CustomCount1", true), ("COUNT", "CustomCount1", true), ("Count1", "CustomCount1", true),
            ("1", "CustomCount1", true), ("customcount1", "CustomCount1", true), ("customcount", "CustomCount1", false),
            ("failure", "SDBFailure", true), ("sdb", "SDBFailure", true), ("trial", "Project2-trial333", true),
            ("333", "Project2-trial333", true), ("tria", "xx", false),
        ])
    func tokens(_ term: String, _ text: String, _ isFound: Bool) {
        #expect(SearchTokens.matches(term, text) == isFound)
    }
}
