import JSON
import Telemetry

@testable import TelemetryStore

/// Hand-written events of traces.
enum TraceEvents {
    static let time = Timestamp(microseconds: 1_767_225_600_000_000)
    static let root = "1-67891233-abcdef012345678912345678"

    static func header(_ segment: String, root: String = root) -> String {
        "Root=\(root);Parent=\(segment);Sampled=1"
    }

    static func at(_ milliseconds: Int64, _ kind: TelemetryEvent.Kind) -> TelemetryEvent {
        TelemetryEvent(kind, at: time + .milliseconds(milliseconds))
    }

    static func api(
        _ segment: String, latency: Int64, status: Int = 200, parent: String = "", authorizer: AuthorizerVerdict? = nil
    ) -> APIRequest {
        APIRequest(
            requestID: "r-\(segment)", api: "orders", apiID: "a1", route: "POST /order", method: "POST", path: "/order",
            status: status, latency: .milliseconds(latency), integrationLatency: .milliseconds(latency - 4),
            authorizer: authorizer, traceHeader: header(segment), parentID: parent)
    }

    static func start(
        _ number: UInt64, _ function: String, _ segment: String, parent: String, attempt: Int = 1,
        isAsynchronous: Bool = false
    ) -> InvocationStart {
        InvocationStart(
            requestID: RequestID(high: 1, low: number), function: function, trigger: "", isAsynchronous: isAsynchronous,
            attempt: attempt, traceHeader: header(segment), parentID: parent)
    }

    static func end(
        _ number: UInt64, _ function: String, _ status: InvocationEnd.Status = .success, duration: Int64,
        queued: Int64 = 0, cold: Int64? = nil, overhead: Int64 = 0
    ) -> InvocationEnd {
        InvocationEnd(
            requestID: RequestID(high: 1, low: number), function: function, status: status,
            duration: .milliseconds(duration), queued: .milliseconds(queued),
            initDuration: cold.map { .milliseconds($0) }, overhead: .milliseconds(overhead),
            errorType: status == .success ? nil : "ValueError", errorMessage: status == .success ? nil : "no")
    }

    static func call(
        _ service: String, _ operation: String, _ resource: String, caller: String, span: String, latency: Int64,
        status: Int = 200, code: String? = nil
    ) -> ServiceCall {
        ServiceCall(
            service: service, operation: operation, resource: resource, status: status, errorCode: code,
            latency: .milliseconds(latency), traceHeader: header(caller), spanID: span)
    }

    static func stored(_ events: [TelemetryEvent], traceCap: Int = 100) async -> TelemetryStore {
        let store = TelemetryStore(traceCap: traceCap)
        await store.ingest(events)
        return store
    }

    /// `orders > f > …`, by depth.
    static func picture(_ trace: Trace?) -> [String] {
        (trace?.spans ?? []).map { String(repeating: "  ", count: $0.depth) + $0.name }
    }

    /// An API calls a function, which writes to a table, calls another function and starts a workflow, whose state calls a third.
    static func chain() -> [TelemetryEvent] {
        let execution = "arn:aws:states:us-east-1:000000000000:execution:flow:e1"
        let attempt = TraceHeader.segment(of: 3, in: "e")
        func event(_ id: Int, _ milliseconds: Int64, _ type: String, _ details: JSON = .null) -> HistoryEvent {
            HistoryEvent(
                id: id, previousID: id - 1, time: time + .milliseconds(milliseconds), type: type,
                details: details.object)
        }
        let state: JSON = ["name": "Charge"]
        return [
            at(2, .invocationStarted(start(1, "front", "f", parent: "a"))),
            at(30, .call(call("dynamodb", "PutItem", "Orders", caller: "f", span: "c1", latency: 3))),
            at(36, .invocationStarted(start(2, "inner", "g", parent: "c2"))),
            at(46, .invocationFinished(end(2, "inner", duration: 8))),
            at(35, .call(call("lambda", "Invoke", "inner", caller: "f", span: "c2", latency: 12))),
            at(
                51,
                .executionStarted(
                    ExecutionStart(
                        arn: execution, name: "e1",
                        machineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:flow",
                        definition: "{}", type: "STANDARD", input: "{}", traceHeader: header("e"), parentID: "c3"))),
            at(50, .call(call("states", "StartExecution", "flow", caller: "f", span: "c3", latency: 3))),
            at(56, .invocationFinished(end(1, "front", duration: 26, queued: 27, cold: 25, overhead: 1))),
            at(0, .apiRequest(api("a", latency: 60))),
            at(60, .invocationStarted(start(3, "charge", "h", parent: attempt))),
            at(70, .invocationFinished(end(3, "charge", duration: 9))),
            at(
                72,
                .executionHistory(
                    ExecutionHistory(
                        arn: execution,
                        events: [
                            event(1, 51, "ExecutionStarted"), event(2, 52, "TaskStateEntered", state),
                            event(3, 53, "TaskScheduled"), event(4, 54, "TaskStarted"), event(5, 71, "TaskSucceeded"),
                            event(6, 71, "TaskStateExited", state), event(7, 72, "ExecutionSucceeded"),
                        ]))),
            at(72, .executionEnded(ExecutionEnd(arn: execution, status: .succeeded))),
        ]
    }
}
