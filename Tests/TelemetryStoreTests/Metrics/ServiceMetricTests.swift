import JSON
import Telemetry
import Testing

@testable import TelemetryStore

struct ServiceMetricTests {
    private static let time = Timestamp(seconds: 1_700_000_000)
    private static let window = TimeWindow(start: time - .seconds(60), end: time + .seconds(60))

    private func sum(
        _ store: TelemetryStore, _ namespace: String, _ name: String, _ dimensions: [(String, String)]
    ) async -> Double? {
        let key = MetricKey(namespace, name, dimensions.map { .init(name: $0.0, value: $0.1) })
        return await store.periods(key, in: Self.window, period: 60).first?.samples.sum
    }

    @Test func requestsMakeTheMetricsOfTheirKindOfAPI() async {
        let store = TelemetryStore()
        func request(_ kind: String, _ status: Int) -> TelemetryEvent {
            TelemetryEvent(
                .apiRequest(
                    APIRequest(
                        requestID: "r", api: "orders", apiID: "a1", kind: kind, stage: "prod", route: "POST /order",
                        method: "POST", path: "/order", status: status, latency: .milliseconds(20),
                        integrationLatency: .milliseconds(15))), at: Self.time)
        }
        await store.ingest([request("HTTP", 200), request("HTTP", 404), request("HTTP", 503), request("REST", 500)])
        #expect(await sum(store, "AWS/ApiGateway", "Count", [("ApiId", "a1")]) == 3)
        #expect(await sum(store, "AWS/ApiGateway", "4xx", [("ApiId", "a1"), ("Stage", "prod")]) == 1)
        #expect(await sum(store, "AWS/ApiGateway", "5xx", [("ApiId", "a1")]) == 1)
        #expect(await sum(store, "AWS/ApiGateway", "5XXError", [("ApiName", "orders"), ("Stage", "prod")]) == 1)
        let resource = [("ApiName", "orders"), ("Stage", "prod"), ("Method", "POST"), ("Resource", "/order")]
        #expect(await sum(store, "AWS/ApiGateway", "Latency", resource) == 20)
        #expect(await sum(store, "AWS/ApiGateway", "IntegrationLatency", [("ApiId", "a1")]) == 45)
        #expect(await sum(store, "AWS/ApiGateway", "5XXError", [("ApiId", "a1")]) == nil)
    }

    @Test func callsToTablesMakeTheirMetrics() async {
        let store = TelemetryStore()
        func call(
            _ operation: String, _ status: Int = 200, _ code: String? = nil, _ usage: TableUsage? = nil
        ) -> TelemetryEvent {
            TelemetryEvent(
                .call(
                    ServiceCall(
                        service: "dynamodb", operation: operation, resource: "orders", status: status, errorCode: code,
                        latency: .milliseconds(3), usage: usage)), at: Self.time)
        }
        await store.ingest([
            call("PutItem", 200, nil, TableUsage(writeUnits: 2, items: 1)),
            call("Query", 200, nil, TableUsage(readUnits: 1.5, items: 7)),
            call("Query", 200, nil, TableUsage(readUnits: 4, items: 2, index: "byDate")),
            call("PutItem", 400, "ConditionalCheckFailedException"), call("GetItem", 400, "ValidationException"),
            call("GetItem", 400, "ProvisionedThroughputExceededException"), call("GetItem", 500, "InternalServerError"),
            call("ListTables"),
        ])
        let table = [("TableName", "orders")]
        #expect(await sum(store, "AWS/DynamoDB", "ConsumedWriteCapacityUnits", table) == 2)
        #expect(await sum(store, "AWS/DynamoDB", "ConsumedReadCapacityUnits", table) == 1.5)
        let index = [("TableName", "orders"), ("GlobalSecondaryIndexName", "byDate")]
        #expect(await sum(store, "AWS/DynamoDB", "ConsumedReadCapacityUnits", index) == 4)
        func by(_ operation: String) -> [(String, String)] { table + [("Operation", operation)] }
        #expect(await sum(store, "AWS/DynamoDB", "SuccessfulRequestLatency", by("Query")) == 6)
        #expect(await sum(store, "AWS/DynamoDB", "ReturnedItemCount", by("Query")) == 9)
        #expect(await sum(store, "AWS/DynamoDB", "ThrottledRequests", by("GetItem")) == 1)
        #expect(await sum(store, "AWS/DynamoDB", "SystemErrors", by("GetItem")) == 1)
        #expect(await sum(store, "AWS/DynamoDB", "ConditionalCheckFailedRequests", table) == 1)
        #expect(await sum(store, "AWS/DynamoDB", "UserErrors", []) == 1)
        #expect(await sum(store, "AWS/DynamoDB", "SuccessfulRequestLatency", by("ListTables")) == nil)
    }

    @Test func whatWorkflowsCallIsCountedAndTimed() async {
        let store = TelemetryStore()
        let arn = "arn:aws:states:us-east-1:000000000000:execution:m:e"
        let function = "arn:aws:lambda:us-east-1:000000000000:function:pay"
        func event(_ id: Int, _ previous: Int, _ at: Int64, _ type: String, _ details: JSONObject? = nil)
            -> HistoryEvent
        {
            HistoryEvent(
                id: id, previousID: previous, time: Self.time + .milliseconds(at), type: type, details: details)
        }
        var scheduled = JSONObject()
        scheduled["resource"] = .string(function)
        var task = JSONObject()
        task["resource"] = "putItem"
        task["resourceType"] = "dynamodb"
        let events = [
            event(1, 0, 0, "ExecutionStarted"), event(2, 0, 0, "TaskStateEntered"),
            event(3, 2, 0, "LambdaFunctionScheduled", scheduled), event(4, 3, 10, "LambdaFunctionStarted"),
            event(5, 4, 110, "LambdaFunctionSucceeded"), event(6, 5, 110, "TaskStateExited"),
            event(7, 6, 110, "TaskScheduled", task), event(8, 7, 111, "TaskStarted"), event(9, 8, 112, "TaskSubmitted"),
            event(10, 9, 150, "TaskFailed"),
        ]
        await store.ingest([
            TelemetryEvent(.executionHistory(ExecutionHistory(arn: arn, events: events)), at: Self.time)
        ])
        let lambda = [("LambdaFunctionArn", function)]
        for (name, value) in [
            ("LambdaFunctionsScheduled", 1.0), ("LambdaFunctionsStarted", 1), ("LambdaFunctionsSucceeded", 1),
            ("LambdaFunctionScheduleTime", 10), ("LambdaFunctionRunTime", 100), ("LambdaFunctionTime", 110),
        ] {
            #expect(await sum(store, "AWS/States", name, lambda) == value, "\(name)")
        }
        let integration = [("ServiceIntegrationResourceArn", "arn:aws:states:::dynamodb:putItem")]
        #expect(await sum(store, "AWS/States", "ServiceIntegrationsFailed", integration) == 1)
        #expect(await sum(store, "AWS/States", "ServiceIntegrationTime", integration) == 40)
    }

    @Test func functionsAreMeasuredByNameAndAllTogether() async {
        let store = TelemetryStore()
        for (number, function) in ["a", "b", "a"].enumerated() {
            let id = RequestID(high: 1, low: UInt64(number))
            let start = InvocationStart(requestID: id, function: function, trigger: "t", isAsynchronous: number == 1)
            let end = InvocationEnd(
                requestID: id, function: function, status: number == 2 ? .error : .success, duration: .milliseconds(10),
                queued: .milliseconds(4))
            await store.ingest([
                TelemetryEvent(.invocationStarted(start), at: Self.time),
                TelemetryEvent(.invocationFinished(end), at: Self.time + .milliseconds(10)),
            ])
        }
        #expect(await sum(store, "AWS/Lambda", "Invocations", []) == 3)
        #expect(await sum(store, "AWS/Lambda", "Invocations", [("FunctionName", "a")]) == 2)
        #expect(await sum(store, "AWS/Lambda", "Errors", [("FunctionName", "a"), ("Resource", "a")]) == 1)
        #expect(await sum(store, "AWS/Lambda", "Errors", [("FunctionName", "a"), ("Resource", "b")]) == nil)
        #expect(await sum(store, "AWS/Lambda", "Errors", [("Resource", "a")]) == nil)
        #expect(await sum(store, "AWS/Lambda", "Duration", [("FunctionName", "b")]) == 10)
        let listed = Set(await store.listedMetrics().map(\.key.name))
        #expect(
            listed.isSuperset(of: ["Invocations", "Errors", "Duration", "Throttles", "UnreservedConcurrentExecutions"]))
    }
}
