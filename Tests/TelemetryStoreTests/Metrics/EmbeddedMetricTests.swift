import Telemetry
import Testing

@testable import TelemetryStore

struct EmbeddedMetricTests {
    private static let time = Timestamp(seconds: 1_700_000_000)

    /// - Parameters:
    ///   - directive: of the metrics, as JSON.
    ///   - members: of the root.
    private static func document(_ directive: String, _ members: String, timestamp: String = "1700000000000") -> String
    {
        #"{"_aws": {"Timestamp": \#(timestamp), "CloudWatchMetrics": [\#(directive)]}, \#(members)}"#
    }

    private static let usual =
        #"{"Namespace": "shop", "Dimensions": [["service"]], "Metrics": [{"Name": "time", "Unit": "Milliseconds"}]}"#

    private func metrics(_ line: String, isFunction: Bool = false) throws(EmbeddedMetrics.Fault) -> [CustomMetric] {
        try EmbeddedMetrics.metrics(in: Array(line.utf8)[...], isFunction: isFunction, at: Self.time).map(\.metric)
    }

    @Test func aDocumentHasItsMetric() throws {
        let found = try metrics(Self.document(Self.usual, #""service": "pay", "time": 12.5, "requestId": "x""#))
        #expect(
            found == [
                CustomMetric(
                    namespace: "shop", name: "time", dimensions: [.init(name: "service", value: "pay")], value: 12.5,
                    unit: "Milliseconds")
            ])
    }

    @Test func everyDimensionSetMakesAMetricAndArraysHaveManyValues() throws {
        let directive =
            #"{"Namespace": "n", "Dimensions": [[], ["a"], ["a", "b"]], "Metrics": [{"Name": "m", "StorageResolution": 1}]}"#
        let found = try metrics(Self.document(directive, #""a": "1", "b": "2", "m": [1, 2, 2]"#))
        #expect(found.map { $0.dimensions.map(\.name) } == [[], ["a"], ["a", "b"]])
        #expect(found.allSatisfy { $0.values.map(\.value) == [1, 2, 2] && $0.unit == "None" })
    }

    @Test func theTimeIsTheDocuments() throws {
        let line = Self.document(Self.usual, #""service": "s", "time": 1"#, timestamp: "1699999000500")
        let found = try EmbeddedMetrics.metrics(in: Array(line.utf8)[...], isFunction: false, at: Self.time)
        #expect(found.map(\.time) == [Timestamp(milliseconds: 1_699_999_000_500)])
    }

    @Test func functionsMayWriteSomethingBefore() throws {
        let line = "2023-11-14T22:13:20.000Z\tid\tINFO\t" + Self.document(Self.usual, #""service": "s", "time": 1"#)
        #expect(try metrics(line, isFunction: true).count == 1)
        #expect(throws: EmbeddedMetrics.Fault.parsing) { try metrics(line) }
    }

    @Test(
        "What only looks like one has no metrics, and is no fault",
        arguments: [#"{"_aws": {"Timestamp": 1}}"#, #"{"_aws": 7}"#, #"{"a": "\"_aws\""}"#])
    func unrelated(_ line: String) throws { #expect(try metrics(line).isEmpty) }

    @Test(
        "What breaks the specification is a fault",
        arguments: [
            (#"{"_aws": {"CloudWatchMetrics": ["#, EmbeddedMetrics.Fault.parsing),
            (#"{"_aws": {"CloudWatchMetrics": 1}}"#, .validation),
            (document(usual, #""time": 1"#), .validation),
            (document(usual, #""service": 7, "time": 1"#), .validation),
            (document(usual, #""service": "", "time": 1"#), .validation),
            (document(usual, #""service": "s""#), .validation),
            (document(usual, #""service": "s", "time": "fast""#), .validation),
            (document(usual, #""service": "s", "time": []"#), .validation),
            (document(usual, #""service": "s", "time": [1, "2"]"#), .validation),
            (document(usual, #""service": "s", "time": {"v": 1}"#), .validation),
            (document(usual, #""service": "s", "time": 1"#, timestamp: "\"now\""), .validation),
            (document(usual, #""service": "s", "time": 1"#, timestamp: "1600000000000"), .validation),
            (document(usual, #""service": "s", "time": 1"#, timestamp: "1700090000000"), .validation),
            (document(#"{"Dimensions": [[]], "Metrics": [{"Name": "m"}]}"#, #""m": 1"#), .validation),
            (document(#"{"Namespace": "n", "Metrics": [{"Name": "m"}]}"#, #""m": 1"#), .validation),
            (document(#"{"Namespace": "n", "Dimensions": [], "Metrics": [{"Name": "m"}]}"#, #""m": 1"#), .validation),
            (document(#"{"Namespace": "n", "Dimensions": [[]], "Metrics": [{}]}"#, #""m": 1"#), .validation),
            (
                document(
                    #"{"Namespace": "n", "Dimensions": [[]], "Metrics": [{"Name": "m", "Unit": "Furlongs"}]}"#,
                    #""m": 1"#),
                .validation
            ),
            (
                document(
                    #"{"Namespace": "n", "Dimensions": [[]], "Metrics": [{"Name": "m", "StorageResolution": 5}]}"#,
                    #""m": 1"#),
                .validation
            ),
            (
                document(
                    #"{"Namespace": "n", "Dimensions": [[]], "Metrics": [\#(Array(repeating: #"{"Name": "m"}"#, count: 101).joined(separator: ","))]}"#,
                    #""m": 1"#), .validation
            ),
            (
                document(
                    #"{"Namespace": "n", "Dimensions": [[]], "Metrics": [{"Name": "m"}]}"#,
                    #""m": [\#(Array(repeating: "1", count: 101).joined(separator: ","))]"#), .validation
            ),
        ])
    func faults(_ line: String, _ fault: EmbeddedMetrics.Fault) {
        #expect(throws: fault) { try metrics(line) }
    }

    @Test func onlyLinesWithTheMarkerAreLookedAt() {
        var batch = LogBatch(group: "g", stream: "s")
        let lines = ["plain", #"{"_aws": 1}"#, "", #"x "_aws" "_aws""#, #"{"aws": 1}"#, #"{"_aws": 2}"#]
        for line in lines { batch.append(line.utf8, at: Self.time) }
        #expect(EmbeddedMetrics.candidates(batch) == [1, 3, 5])
        // A marker that only comes about where two lines meet is in neither.
        var split = LogBatch(group: "g", stream: "s")
        split.append(#"{"_a"#.utf8, at: Self.time)
        split.append(#"ws": 1}"#.utf8, at: Self.time)
        split.append(#"{"_aws": 3}"#.utf8, at: Self.time)
        for index in EmbeddedMetrics.candidates(split) {
            #expect(throws: Never.self) {
                _ = try? EmbeddedMetrics.metrics(in: split.message(index), isFunction: true, at: Self.time)
            }
        }
        #expect(EmbeddedMetrics.candidates(split).contains(2))
    }

    @Test func theLogOfAFunctionFillsItsMetricsAndFaultsAreCounted() async throws {
        let store = TelemetryStore()
        var batch = LogBatch(group: "/aws/lambda/pay", stream: "s", function: "pay")
        batch.append(Self.document(Self.usual, #""service": "pay", "time": 5"#).utf8, at: Self.time)
        batch.append(Self.document(Self.usual, #""service": "pay", "time": 7"#).utf8, at: Self.time)
        batch.append(#"{"_aws": {"CloudWatchMetrics": 1}}"#.utf8, at: Self.time)
        await store.ingest([TelemetryEvent(.log(batch), at: Self.time)])
        let window = TimeWindow(start: Self.time - .seconds(60), end: Self.time + .seconds(60))
        let key = MetricKey("shop", "time", [.init(name: "service", value: "pay")])
        #expect(await store.periods(key, in: window, period: 60).map(\.samples.sum) == [12])
        let rows = await store.metricRows(MetricListQuery(function: "pay"), in: window, buckets: 2)
        #expect(rows.map(\.key) == [key])
        #expect(rows.first?.average == 6)
        #expect(await store.storeHealth().evicted["invalid metric document"] == 1)
        let group = [CustomMetric.Dimension(name: "LogGroupName", value: "/aws/lambda/pay")]
        let faults = await store.periods(MetricKey("AWS/Logs", "EMFValidationErrors", group), in: window, period: 60)
        #expect(faults.map(\.samples.sum) == [1])
        let lines = await store.periods(MetricKey("AWS/Logs", "IncomingLogEvents", group), in: window, period: 60)
        #expect(lines.map(\.samples.sum) == [3])
    }
}
