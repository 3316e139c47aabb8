import JSON
import Terminal
import Testing

@testable import Configuration

@Suite struct SettingsTests {
    @Test func takesOverWhatAFileSays() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(
            toml: """
                theme = "nord"
                mouse = false
                port = 4000
                mask = ["token=\\\\S+"]
                [keys]
                "logs.follow" = ["F"]
                [keys.functions]
                open = ["enter", "o"]
                [colors]
                accent = "#010203"
                """, file: "f", notes: &notes)
        #expect(notes.isEmpty)
        #expect(settings.theme == "nord" && !settings.mouse && settings.port == 4000)
        #expect(settings.keys == ["logs.follow": ["F"], "functions.open": ["enter", "o"]])
        #expect(settings.colors == [.accent: .rgb(1, 2, 3)])
    }

    @Test func notesWhatIsWrongAndKeepsTheRest() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(toml: "ascii = true\nport = 70000\nthem = \"x\"\n", file: "f", notes: &notes)
        #expect(settings.ascii && settings.port == 4566)
        #expect(
            notes.sorted() == [
                "f: port has a value of the wrong kind or out of range", "f:3: unknown key them; did you mean theme?",
            ])
    }

    @Test func takesAlarms() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(
            toml: """
                [[alarm]]
                name = "a"
                metric = "Errors"
                threshold = 1
                [[alarm]]
                name = "slow"
                function = "pay"
                metric = "Duration"
                statistic = "p95"
                period = 10
                periods = 3
                datapoints = 2
                comparison = ">"
                threshold = 812.5
                missing = "notBreaching"
                description = "too slow"
                actions = ["arn:x"]
                [[alarm]]
                name = "a"
                namespace = "Shop"
                dimensions = { Service = "s", Card = "c" }
                metric = "Declined"
                threshold = 2
                """, file: "f", notes: &notes)
        #expect(notes.isEmpty)
        #expect(settings.alarms.map(\.name) == ["slow", "a"])
        #expect(
            settings.alarms.first?.input == [
                "AlarmName": "slow", "MetricName": "Duration", "Namespace": "AWS/Lambda",
                "Dimensions": [["Name": "FunctionName", "Value": "pay"]], "Period": 10, "EvaluationPeriods": 3,
                "Threshold": 812.5, "ComparisonOperator": "GreaterThanThreshold", "ExtendedStatistic": "p95",
                "DatapointsToAlarm": 2, "TreatMissingData": "notBreaching", "AlarmDescription": "too slow",
                "AlarmActions": ["arn:x"],
            ])
        let own = settings.alarms.last?.input
        #expect(own?["Namespace"] == "Shop" && own?["Statistic"] == "Sum" && own?["Threshold"] == .double(2))
        #expect(own?["ComparisonOperator"] == "GreaterThanOrEqualToThreshold" && own?["Period"] == 60)
        #expect(own?["Dimensions"] == [["Name": "Card", "Value": "c"], ["Name": "Service", "Value": "s"]])
    }

    @Test(
        "What is no alarm is said, with what is wrong",
        arguments: [
            ("metric = \"m\"\nthreshold = 1", "f: alarm 1: name is missing"),
            ("name = \"n\"\nthreshold = 1", "f: alarm 1: metric is missing"),
            ("name = \"n\"\nmetric = \"m\"\nthreshold = \"x\"", "f: alarm 1: threshold is missing or no number"),
            ("name = 1", "f: alarm 1: name is no text"),
            (
                "name = \"n\"\nmetric = \"m\"\nthreshold = 1\ncomparison = \"=\"",
                "f: alarm 1: comparison is none of >, >=, < and <=: ="
            ),
            (
                "name = \"n\"\nmetric = \"m\"\nthreshold = 1\nperiod = 0",
                "f: alarm 1: period is no positive number"
            ),
            (
                "name = \"n\"\nmetric = \"m\"\nthreshold = 1\ndimensions = { a = 1 }",
                "f: alarm 1: dimensions.a is no text"
            ),
            (
                "name = \"n\"\nmetric = \"m\"\nthreshold = 1\ntreshold = 1",
                "f:5: unknown key treshold; did you mean threshold?"
            ),
        ])
    func refusesAlarms(text: String, note: String) {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(toml: "[[alarm]]\n\(text)\n", file: "f", notes: &notes)
        #expect(notes == [note])
    }

    @Test func survivesAFileThatIsNotTOML() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(toml: "= [", file: "f", notes: &notes)
        #expect(settings == Settings() && notes.count == 1)
    }

    @Test func letsTheEnvironmentWin() {
        var settings = Settings()
        var notes: [String] = []
        settings.apply(environment: { ["FNTOP_MOUSE": "off", "FNTOP_PORT": "x"][$0] }, notes: &notes)
        #expect(!settings.mouse && settings.port == 4566 && notes == ["FNTOP_PORT=x is not understood"])
    }
}
