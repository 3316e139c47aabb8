import JSON
import Telemetry
import TelemetryStore

@testable import Dashboard

/// An order through an API, a function, tables and a workflow; one that fails; requests of all kinds around them.
enum TraceSample {
    static let root = "1-67891233-abcdef012345678912345678"
    static let failed = "1-67891234-abcdef012345678912345678"
    private static let execution = "arn:aws:states:us-east-1:000000000000:execution:order-flow:o-1842"

    static func store() async -> TelemetryStore {
        let store = TelemetryStore()
        await store.ingest(events)
        return store
    }

    private static func at(_ milliseconds: Int64, _ kind: TelemetryEvent.Kind) -> TelemetryEvent {
        TelemetryEvent(kind, at: LogSample.now - .seconds(10) + .milliseconds(milliseconds))
    }

    private static func header(_ segment: String, _ trace: String) -> String {
        "Root=\(trace);Parent=\(segment);Sampled=1"
    }

    private static func request(
        _ id: String, _ segment: String, _ trace: String, status: Int, latency: Int64, path: String = "/order",
        function: String? = "create-order", error: String? = nil
    ) -> APIRequest {
        APIRequest(
            requestID: id, api: "shop", apiID: "a1b2c3", route: path == "/order" ? "POST /order" : "",
            method: "POST", path: path, query: path == "/order" ? "" : "debug=1", sourceIP: "127.0.0.1", status: status,
            latency: .milliseconds(latency),
            integrationLatency: function == nil ? .zero : .milliseconds(latency - 6), function: function,
            invocation: function == nil ? nil : RequestID(high: 7, low: 1),
            authorizer: function == nil
                ? nil
                : AuthorizerVerdict(
                    name: "users", kind: "JWT", isAllowed: true, latency: .milliseconds(3), principal: "ada"),
            request: HTTPMessage(
                headers: [
                    .init("content-type", "application/json"), .init("authorization", "Bearer secret-token"),
                    .init("host", "a1b2c3.execute-api.localhost:4566"),
                ], body: Payload(Array(#"{"order":"o-1842","amount":99.5,"password":"hunter2"}"#.utf8))),
            response: HTTPMessage(
                headers: [.init("content-type", "application/json")],
                body: Payload(Array((status < 400 ? #"{"state":"accepted"}"# : #"{"message":"Not Found"}"#).utf8))),
            errorMessage: error, traceHeader: header(segment, trace))
    }

    private static func start(
        _ number: UInt64, _ function: String, _ segment: String, _ parent: String, _ trace: String
    )
        -> TelemetryEvent.Kind
    {
        .invocationStarted(
            InvocationStart(
                requestID: RequestID(high: 7, low: number), function: function, trigger: "",
                traceHeader: header(segment, trace), parentID: parent))
    }

    private static func end(
        _ number: UInt64, _ function: String, _ duration: Int64, queued: Int64 = 0, cold: Int64? = nil,
        overhead: Int64 = 0, error: String? = nil
    ) -> TelemetryEvent.Kind {
        .invocationFinished(
            InvocationEnd(
                requestID: RequestID(high: 7, low: number), function: function,
                status: error == nil ? .success : .error,
                duration: .milliseconds(duration), queued: .milliseconds(queued),
                initDuration: cold.map { .milliseconds($0) }, overhead: .milliseconds(overhead),
                errorType: error == nil ? nil : "PaymentDeclined", errorMessage: error))
    }

    private static func call(
        _ service: String, _ operation: String, _ resource: String, _ caller: String, _ span: String, _ latency: Int64
    ) -> TelemetryEvent.Kind {
        .call(
            ServiceCall(
                service: service, operation: operation, resource: resource, latency: .milliseconds(latency),
                traceHeader: header(caller, root), spanID: span))
    }

    private static func history(
        _ id: Int, _ previous: Int, _ milliseconds: Int64, _ type: String, _ name: String? = nil
    )
        -> HistoryEvent
    {
        var details: JSON = name.map { ["name": .string($0)] } ?? .null
        if type == "LambdaFunctionFailed" { details = ["error": "PaymentDeclined", "cause": "card 4242 declined"] }
        return HistoryEvent(
            id: id, previousID: previous, time: at(milliseconds, .apiDeleted(id: "")).time, type: type,
            details: details.object)
    }

    private static var events: [TelemetryEvent] {
        let first = TraceHeader.segment(of: 3, in: "e")
        let second = TraceHeader.segment(of: 5, in: "e")
        return [
            at(
                0,
                .apiChanged(
                    APIDescription(
                        id: "a1b2c3", name: "shop", kind: "HTTP",
                        routes: [
                            .init(key: "POST /order", target: "create-order", authorizer: "users"),
                            .init(key: "GET /order/{id}", target: "query-order"),
                        ], stages: ["$default"], endpoint: "http://a1b2c3.execute-api.localhost:4566"))),
            at(4, start(1, "create-order", "f", "a", root)),
            at(260, call("dynamodb", "PutItem", "Orders", "f", "c1", 6)),
            at(271, start(2, "check-stock", "g", "c2", root)), at(290, end(2, "check-stock", 18)),
            at(270, call("lambda", "Invoke", "check-stock", "f", "c2", 22)),
            at(
                301,
                .executionStarted(
                    ExecutionStart(
                        arn: execution, name: "o-1842",
                        machineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:order-flow", definition: "{}",
                        type: "STANDARD", input: "{}", traceHeader: header("e", root), parentID: "c3"))),
            at(300, call("states", "StartExecution", "order-flow", "f", "c3", 4)),
            at(312, end(1, "create-order", 60, queued: 248, cold: 240, overhead: 2)),
            at(0, .apiRequest(request("r-1", "a", root, status: 200, latency: 316))),
            at(330, start(3, "process-payment", "h", first, root)),
            at(420, end(3, "process-payment", 88, error: "card 4242 declined")),
            at(630, start(4, "process-payment", "i", second, root)), at(700, end(4, "process-payment", 66)),
            at(
                712,
                .executionHistory(
                    ExecutionHistory(
                        arn: execution,
                        events: [
                            history(1, 0, 301, "ExecutionStarted"),
                            history(2, 0, 305, "TaskStateEntered", "ProcessPayment"),
                            history(3, 2, 310, "LambdaFunctionScheduled"), history(4, 3, 422, "LambdaFunctionFailed"),
                            history(5, 4, 622, "LambdaFunctionScheduled"),
                            history(6, 5, 704, "LambdaFunctionSucceeded"),
                            history(7, 6, 704, "TaskStateExited", "ProcessPayment"),
                            history(8, 7, 706, "ExecutionSucceeded"),
                        ]))),
            at(706, .executionEnded(ExecutionEnd(arn: execution, status: .succeeded))),
            at(1000, start(9, "create-order", "k", "b", failed)),
            at(1900, end(9, "create-order", 890, error: "card 4242 declined")),
            at(995, .apiRequest(request("r-2", "b", failed, status: 502, latency: 910, error: "the function failed"))),
            at(2500, .apiRequest(request("r-3", "", "", status: 404, latency: 1, path: "/nothing", function: nil))),
            at(9000, start(12, "nightly-report", "q", "", "1-67891235-abcdef012345678912345678")),
        ]
    }
}
