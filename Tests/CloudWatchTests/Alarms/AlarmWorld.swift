import AWSCore
import JSON
import Synchronization
import Telemetry
import TelemetryStore

@testable import CloudWatch

/// Alarms over a store, on a clock that stands still until it is moved.
final class AlarmWorld: TelemetrySink, FunctionInvoker, ServiceCaller {
    let store = TelemetryStore()
    private let state = Mutex(State())

    private struct State {
        var time = Timestamp(seconds: 1_700_000_400)
        var events: [TelemetryEvent] = []
        var invoked: [(function: String, payload: JSON)] = []
        var called: [(operation: String, input: JSON)] = []
    }

    func now() -> Timestamp { state.withLock { $0.time } }
    func advance(_ seconds: Int64) { state.withLock { $0.time = $0.time + .seconds(seconds) } }
    var events: [TelemetryEvent] { state.withLock { $0.events } }
    var invoked: [(function: String, payload: JSON)] { state.withLock { $0.invoked } }
    var called: [(operation: String, input: JSON)] { state.withLock { $0.called } }

    func keeper(path: String? = nil) -> AlarmKeeper {
        AlarmKeeper(store: store, sink: self, invoker: self, caller: self, path: path) { [self] in now() }
    }

    func context(_ keeper: AlarmKeeper) -> MetricsContext {
        MetricsContext(store: store, sink: self, alarms: keeper) {}
    }

    /// Measures something now, or some seconds before.
    func measure(_ value: Double, _ name: String = "m", ago: Int64 = 0) async {
        let metric = CustomMetric(namespace: "N", name: name, value: value)
        await store.ingest([TelemetryEvent(.metric(metric), at: now() - .seconds(ago))])
    }

    func emit(_ event: TelemetryEvent) { state.withLock { $0.events.append(event) } }

    func invoke(_ function: String, _ invocation: FunctionInvocation) async throws(ServiceError) -> FunctionResult {
        let payload = (try? JSON(parsing: invocation.payload)) ?? .null
        state.withLock { $0.invoked.append((function, payload)) }
        return FunctionResult(payload: [], functionError: nil, requestID: "r", executedVersion: "$LATEST")
    }

    func call(
        _ service: String, _ operation: String, _ input: JSON, context: CallContext
    ) async throws(ServiceError) -> JSON {
        guard service == "sns" else { throw ServiceError("NotImplemented", "no \(service)", status: 501) }
        state.withLock { $0.called.append((operation, input)) }
        return ["MessageId": "1"]
    }
}

extension AlarmWorld {
    static let function = "arn:aws:lambda:us-east-1:000000000000:function:react"
    static let topic = "arn:aws:sns:us-east-1:000000000000:topic"

    /// The members of PutMetricAlarm for the sum of `m` above 2 in a minute, with others changed.
    static func alarm(_ name: String = "high", _ changes: JSON = [:]) -> JSON {
        var input: JSON = [
            "AlarmName": .string(name), "Namespace": "N", "MetricName": "m", "Statistic": "Sum", "Period": 60,
            "EvaluationPeriods": 1, "Threshold": 2, "ComparisonOperator": "GreaterThanThreshold",
        ]
        for (member, value) in changes.object ?? JSONObject() {
            input[member] = value.isNull ? JSON?.none : value
        }
        return input
    }
}
