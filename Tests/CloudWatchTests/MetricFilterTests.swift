import AWSCore
import JSON
import Synchronization
import Telemetry
import TelemetryStore
import Testing

@testable import CloudWatch

struct MetricFilterTests {
    private let store = TelemetryStore(logCap: 1 << 24)
    private let sink = MetricSink()

    private func context(_ clock: any Clock<Duration> = ContinuousClock()) async throws -> LogsContext {
        let context = LogsContext(store: store, sink: sink, clock: clock, flush: {})
        _ = try await CreateLogGroup.run(["logGroupName": "g"], call: CallContext(), in: context)
        return context
    }

    private func put(_ pattern: String, _ transformation: JSON, _ context: LogsContext) async throws {
        var transformation = transformation
        transformation["metricName"] = "m"
        transformation["metricNamespace"] = "n"
        let input: JSON = [
            "logGroupName": "g", "filterName": "f", "filterPattern": .string(pattern),
            "metricTransformations": [transformation],
        ]
        _ = try await PutMetricFilter.run(input, call: CallContext(), in: context)
    }

    private func log(_ lines: [String], group: String = "g", minute: Int64 = 0) async {
        var batch = LogBatch(group: group, stream: "s")
        for line in lines {
            batch.append(line.utf8, at: Timestamp(milliseconds: 1_767_225_600_000 + minute * 60_000))
        }
        await store.ingest([TelemetryEvent(.log(batch))])
    }

    @Test("Each line that matches gives the number that it has, with its dimensions")
    func values() async throws {
        let context = try await context()
        await log([#"{"ms":999,"route":"/old"}"#])
        let dimensions: JSON = ["Route": "$.route"]
        try await put(
            "{ $.ms > 5 }", ["metricValue": "$.ms", "unit": "Milliseconds", "dimensions": dimensions], context)
        await log([#"{"ms":7,"route":"/a"}"#, #"{"ms":1,"route":"/a"}"#, #"{"ms":9}"#, #"{"ms":"8","route":"/b"}"#])
        await log([#"{"ms":50,"route":"/c"}"#], group: "other")
        let metrics = await sink.next(2)
        #expect(metrics.flatMap { $0.values.map(\.value) } == [7, 8])
        #expect(metrics.map { $0.dimensions.map(\.value) } == [["/a"], ["/b"]])
        #expect(metrics.first?.unit == "Milliseconds")
    }

    @Test("A minute of lines without a match counts the default value")
    func defaults() async throws {
        let context = try await context()
        try await put("ERROR", ["metricValue": "1", "defaultValue": 0], context)
        await log(["fine"], minute: 0)
        await log(["ERROR"], minute: 1)
        await log(["fine"], minute: 2)
        let metrics = await sink.next(3)
        #expect(metrics.flatMap { $0.values.map(\.value) }.sorted() == [0, 0, 1])
    }

    @Test("Columns give values by their names")
    func columns() async throws {
        let context = try await context()
        try await put("[ip, ..., bytes > 10]", ["metricValue": "$bytes"], context)
        await log(["1.2.3.4 GET 11", "1.2.3.4 GET 9", "x"])
        #expect(await sink.next(1).flatMap { $0.values.map(\.value) } == [11])
    }
}

/// Keeps the metrics that were emitted.
private final class MetricSink: TelemetrySink {
    private let metrics = Mutex<[CustomMetric]>([])
    private let (signals, signal) = AsyncStream<Void>.makeStream()

    func emit(_ event: TelemetryEvent) {
        guard case .metric(let metric) = event.kind else { return }
        metrics.withLock { $0.append(metric) }
        signal.yield()
    }

    /// All of them, once there are so many.
    func next(_ count: Int) async -> [CustomMetric] {
        for await _ in signals {
            let all = metrics.withLock { $0 }
            if all.count >= count { return all }
        }
        return []
    }
}
