import Telemetry
import Testing

@testable import TelemetryStore

struct LambdaMetricTests {
    private static let time = Timestamp(seconds: 1_700_000_000)
    private static let window = TimeWindow(start: time - .seconds(60), end: time + .seconds(600))

    private let store = TelemetryStore()

    private func samples(_ name: String, _ dimensions: [(String, String)], period: Int = 3600) async -> Samples? {
        let key = MetricKey("AWS/Lambda", name, dimensions.map { .init(name: $0.0, value: $0.1) })
        return await store.periods(key, in: Self.window, period: period).first?.samples
    }

    private func started(
        _ number: UInt64, _ function: String = "f", _ qualifier: String = "", _ version: String = "",
        at second: Int64 = 0
    ) -> TelemetryEvent {
        TelemetryEvent(
            .invocationStarted(
                InvocationStart(
                    requestID: RequestID(high: 1, low: number), function: function, trigger: "t", qualifier: qualifier,
                    version: version)), at: Self.time + .seconds(second))
    }

    private func ended(
        _ number: UInt64, _ function: String = "f", _ status: InvocationEnd.Status = .success, at second: Int64 = 0
    ) -> TelemetryEvent {
        TelemetryEvent(
            .invocationFinished(
                InvocationEnd(
                    requestID: RequestID(high: 1, low: number), function: function, status: status,
                    duration: .milliseconds(10))), at: Self.time + .seconds(second))
    }

    private func environment(_ id: String, _ state: EnvironmentChange.State) -> TelemetryEvent {
        TelemetryEvent(.environment(EnvironmentChange(id: id, function: "f", state: state)), at: Self.time)
    }

    @Test("Versions and aliases have metrics of their own, and so has what an alias led to")
    func resources() async {
        let calls: [(qualifier: String, version: String, status: InvocationEnd.Status)] = [
            ("", "", .success), ("live", "1", .success), ("live", "2", .error), ("2", "2", .success), ("", "", .error),
            ("$LATEST", "$LATEST", .success),
        ]
        for (number, call) in calls.enumerated() {
            let id = UInt64(number)
            await store.ingest([started(id, "f", call.qualifier, call.version), ended(id, "f", call.status)])
        }
        func sum(_ name: String, _ resource: String, _ version: String? = nil) async -> Double? {
            let executed = version.map { [("ExecutedVersion", $0)] } ?? []
            return await samples(name, [("FunctionName", "f"), ("Resource", resource)] + executed)?.sum
        }
        #expect(await samples("Invocations", [("FunctionName", "f")])?.sum == 6)
        #expect(await sum("Invocations", "f") == 2)
        #expect(await sum("Errors", "f") == 1)
        #expect(await sum("Invocations", "f:live") == 2)
        #expect(await sum("Errors", "f:live", "2") == 1)
        #expect(await sum("Errors", "f:live", "1") == 0)
        #expect(await sum("Invocations", "f:2") == 1)
        #expect(await sum("Invocations", "f:2", "2") == nil)
        #expect(await sum("Invocations", "f:$LATEST") == 1)
        #expect(await sum("Invocations", "f:none") == nil)
        let listed = await store.listedMetrics().map(\.key).filter { $0.name == "Errors" }
        #expect(
            Set(listed.map { $0.dimension("Resource") ?? "" }) == ["", "f", "f:live", "f:2", "f:$LATEST"])
        #expect(listed.count { $0.dimension("ExecutedVersion") != nil } == 2)
    }

    @Test("What runs through whole minutes runs at once with all that begins and ends there")
    func gauge() async {
        await store.ingest([started(1, at: 0), started(2, at: 61), ended(2, at: 62), ended(1, at: 150)])
        let key = MetricKey("AWS/Lambda", "ConcurrentExecutions", [.init(name: "FunctionName", value: "f")])
        let periods = await store.periods(key, in: Self.window, period: 30)
        #expect(periods.map { $0.start - Self.time.seconds / 30 * 30 } == [0, 30, 60, 90, 120, 150])
        #expect(periods.map(\.samples.maximum) == [1, 1, 2, 1, 1, 1])
        #expect(await samples("UnreservedConcurrentExecutions", [])?.maximum == 2)
        #expect(await samples("UnreservedConcurrentExecutions", [("FunctionName", "f")]) == nil)
    }

    @Test("An answer that is not noted down yet does not make two of one environment")
    func environments() async {
        await store.ingest([
            started(1), environment("e", .starting), started(2), ended(1), started(3), ended(2), ended(3),
        ])
        #expect(await samples("ConcurrentExecutions", [("FunctionName", "f")])?.maximum == 1)
        await store.ingest([environment("g", .starting), started(4), started(5), ended(4), ended(5)])
        #expect(await samples("ConcurrentExecutions", [("FunctionName", "f")])?.maximum == 2)
    }

    @Test("What is reserved is claimed whether it runs or not")
    func claims() async {
        var reserved = FunctionDescription(name: "r")
        reserved.reservedConcurrency = 7
        await store.ingest([
            TelemetryEvent(.functionChanged(reserved), at: Self.time), started(1), started(2, "r"), ended(1),
            ended(2, "r"),
        ])
        #expect(await samples("UnreservedConcurrentExecutions", [])?.maximum == 1)
        #expect(await samples("ClaimedAccountConcurrency", [])?.maximum == 8)
        #expect(await samples("ConcurrentExecutions", [])?.maximum == 2)
    }

    @Test("A refusal is a throttle, and neither an invocation nor an error")
    func throttles() async {
        await store.ingest([started(1), ended(1), started(2), ended(2, "f", .throttled)])
        let name = [("FunctionName", "f")]
        #expect(await samples("Throttles", name)?.sum == 1)
        #expect(await samples("Throttles", name)?.count == 2)
        #expect(await samples("Invocations", name)?.sum == 1)
        #expect(await samples("Errors", name)?.sum == 0)
    }
}
