import JSON
import Telemetry
import TelemetryStore

@testable import Dashboard

/// A shop's tables in a quarter of an hour: one is throttled and has a stream into a function that failed on a record.
enum DataSample {
    static let window = FunctionSample.window
    static let now = LogSample.now

    static var overview: TablesOverview {
        var overview = TablesOverview(window: window)
        overview.tables = [summary("orders", 4800, 9400), summary("sessions", 0, 0), summary("users", 9100, 20)]
        return overview
    }

    static func summary(_ name: String, _ reads: Int, _ writes: Int) -> TableSummary {
        var summary = TableSummary(table: description(name))
        summary.isDescribed = true
        guard reads > 0 else { return summary }
        (summary.reads, summary.writes) = (reads, writes)
        (summary.readUnits, summary.writeUnits) = (Double(reads) / 2, Double(writes))
        summary.latency = latency(name == "orders" ? 900 : 310)
        summary.readSeries = (0..<60).map { reads / 80 + $0 * 7 % 23 }
        summary.writeSeries = (0..<60).map { writes / 80 + $0 * 5 % 17 }
        summary.lastCall = now - .milliseconds(300)
        summary.hotKeys.minutes = 15
        summary.hotKeys.calls = reads + writes
        summary.hotKeys.keys = (0..<8).map { place in
            HotKeys.Key(
                key: "\(name.prefix(1))-\(1842 - place)", calls: (reads + writes) / (3 + place * 2),
                error: place > 5 ? 9 : 0)
        }
        guard name == "orders" else { return summary }
        (summary.throttles, summary.errors, summary.conditionalFailures) = (14, 3, 61)
        summary.consumers = 1
        return summary
    }

    private static func latency(_ microseconds: Int64) -> Percentiles {
        Percentiles(
            p50: Microseconds(microseconds), p90: Microseconds(microseconds * 2), p95: Microseconds(microseconds * 3),
            p99: Microseconds(microseconds * 8), max: Microseconds(microseconds * 40), count: 100)
    }

    static func description(_ name: String) -> TableDescription {
        let isOrders = name == "orders"
        return TableDescription(
            name: name, arn: "arn:aws:dynamodb:us-east-1:000000000000:table/\(name)",
            items: isOrders ? 1_204_311 : name == "users" ? 48_120 : 0, bytes: isOrders ? 310_400_000 : 4_096_000,
            indexes: isOrders
                ? [
                    TableDescription.Index(name: "by-user", isGlobal: true, items: 1_204_311, bytes: 92_000_000),
                    TableDescription.Index(name: "by-total", isGlobal: false, items: 900, bytes: 40_000),
                ] : [],
            streamARN: isOrders ? stream : nil, description: isOrders ? orders : plain(name))
    }

    static let stream = "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000"

    private static func plain(_ name: String) -> JSON {
        [
            "TableName": .string(name), "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
            "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
        ]
    }

    private static let orders: JSON = [
        "TableName": "orders", "TableStatus": "ACTIVE",
        "KeySchema": [
            ["AttributeName": "user", "KeyType": "HASH"], ["AttributeName": "created", "KeyType": "RANGE"],
        ],
        "AttributeDefinitions": [
            ["AttributeName": "user", "AttributeType": "S"], ["AttributeName": "created", "AttributeType": "S"],
            ["AttributeName": "status", "AttributeType": "S"], ["AttributeName": "total", "AttributeType": "N"],
        ],
        "GlobalSecondaryIndexes": [
            [
                "IndexName": "by-user", "KeySchema": [["AttributeName": "status", "KeyType": "HASH"]],
                "Projection": ["ProjectionType": "ALL"],
            ]
        ],
        "LocalSecondaryIndexes": [
            [
                "IndexName": "by-total",
                "KeySchema": [
                    ["AttributeName": "user", "KeyType": "HASH"], ["AttributeName": "total", "KeyType": "RANGE"],
                ],
                "Projection": ["ProjectionType": "KEYS_ONLY"],
            ]
        ],
        "StreamSpecification": ["StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"],
    ]

    static func detail(_ name: String) -> TableDetail? {
        guard let summary = overview.tables.first(where: { $0.table.name == name }) else { return nil }
        var detail = TableDetail(window: window, summary: summary)
        detail.buckets = (0..<60).map { place in
            var bucket = TableDetail.Bucket(start: window.start + Microseconds(Int64(place) * 15_000_000))
            guard summary.reads > 0 else { return bucket }
            bucket.reads = 70 + place * 7 % 23
            bucket.writes = 120 + place * 5 % 31
            bucket.throttles = place % 30 > 26 ? 9 : 0
            bucket.errors = place == 40 ? 12 : 0
            bucket.readLatency = latency(300 + Int64(place * 13 % 90))
            bucket.writeLatency = latency(700 + Int64(place * 31 % 400))
            return bucket
        }
        detail.operations = summary.reads > 0 ? [operation("PutItem", 9_380), operation("GetItem", 4_120)] : []
        if name == "orders" { detail.operations.append(operation("Query", 680, index: "by-user")) }
        detail.stories = name == "orders" ? [story] : []
        return detail
    }

    private static func operation(_ name: String, _ calls: Int, index: String? = nil) -> TableDetail.Operation {
        var operation = TableDetail.Operation(name: name, index: index)
        (operation.calls, operation.items, operation.readUnits) = (calls, calls * 2, Double(calls) / 2)
        operation.latency = latency(Int64(calls / 10))
        operation.throttles = name == "PutItem" ? 14 : 0
        return operation
    }

    /// Ten records of which one fails: halved down to it, given up, told to a queue.
    static var story: EventSourceStory {
        let steps: [(EventSourceChange.Step, Int, Int, Int64, Int, String)] = [
            (.delivered, 10, 19, 60, 1, ""), (.failed, 20, 29, 50, 1, "PoisonRecord: no price"),
            (.bisected, 20, 29, 50, 1, ""), (.delivered, 20, 24, 49, 2, ""),
            (.failed, 25, 29, 48, 2, "PoisonRecord: no price"), (.bisected, 25, 29, 48, 2, ""),
            (.failed, 25, 25, 46, 3, "PoisonRecord: no price"), (.retried, 25, 25, 46, 3, ""),
            (.failed, 25, 25, 44, 4, "PoisonRecord: no price"), (.discarded, 25, 25, 44, 4, ""),
            (.sentToDestination, 25, 25, 44, 4, "arn:aws:sqs:us-east-1:000000000000:dead-orders"),
            (.delivered, 26, 29, 43, 1, ""), (.delivered, 30, 39, 2, 1, ""),
        ]
        var story: EventSourceStory?
        for (step, first, last, age, attempt, detail) in steps {
            let isCall = step == .delivered || step == .failed
            let change = EventSourceChange(
                id: "m-1", function: "fan-out", source: stream, step: step, records: last - first + 1,
                first: "4900000000000000\(first)", last: "4900000000000000\(last)", attempt: attempt,
                invocation: isCall ? InvocationSample.failed.record.requestID : nil, detail: detail)
            if story == nil { story = EventSourceStory(change) }
            story?.take(change, at: now - .seconds(age))
        }
        return story ?? EventSourceStory(EventSourceChange(id: "", function: "", source: "", step: .changed))
    }

    static var calls: [TableCall] {
        (0..<30).map { place in
            let isQuery = place % 5 == 2
            var call = ServiceCall(
                service: "dynamodb", operation: isQuery ? "Query" : place % 2 == 0 ? "PutItem" : "GetItem",
                resource: "orders", latency: .milliseconds(Int64(1 + place % 4)))
            call.usage = TableUsage(
                readUnits: place % 2 == 0 ? 0 : 0.5, writeUnits: place % 2 == 0 ? 1 : 0, items: isQuery ? 25 : 1,
                index: isQuery ? "by-user" : nil, partitionKey: "u-\(place)")
            if place == 4 { (call.status, call.errorCode) = (400, "ConditionalCheckFailedException") }
            let isKnown = place % 3 != 1
            return TableCall(
                time: now - .milliseconds(Int64(place) * 170), call: call, function: isKnown ? "record-order" : nil,
                invocation: isKnown ? InvocationSample.failed.record.requestID : nil)
        }
    }

    static func answer(_ request: DataRequest) -> DataAnswer? {
        switch request {
        case .tables: .tables(overview)
        case .table(let name, _): .table(detail(name))
        case .tableCalls: .tableCalls(calls)
        case .eventSources: .eventSources([story])
        default: FunctionSample.answer(request)
        }
    }

    // MARK: The endpoint

    static func item(_ number: Int) -> JSONObject {
        var item = JSONObject()
        item["user"] = ["S": .string("u-\(number % 7)")]
        item["created"] = ["S": .string("2026-01-01T00:0\(number % 10):00Z")]
        item["total"] = ["N": .string("\(number * 13 % 97).5")]
        item["status"] = ["S": .string(number % 3 == 0 ? "paid" : "open")]
        item["password"] = ["S": "hunter2"]
        if number % 2 == 0 { item["lines"] = ["L": [["M": ["sku": ["S": "a-1"], "count": ["N": "2"]]]]] }
        if number % 4 == 0 { item["tags"] = ["SS": ["new", "gift"]] }
        return item
    }

    /// Three pages of items.
    static func outcome(_ call: EndpointCall) -> EndpointOutcome {
        switch call.operation {
        case "Scan", "Query":
            let start = call.input["ExclusiveStartKey"]?["user"]?["S"]?.string.flatMap { Int($0) } ?? 0
            let items = (start..<(start + 40)).map { JSON.object(item($0)) }
            var page: JSON = ["Items": .array(items), "Count": 40, "ScannedCount": 40]
            if start < 80 { page["LastEvaluatedKey"] = ["user": ["S": .string("\(start + 40)")]] }
            return EndpointOutcome(call: call, output: page, duration: Microseconds(2400))
        case "GetItem": return EndpointOutcome(call: call, output: ["Item": .object(item(4))])
        default: return EndpointOutcome(call: call, output: .object(JSONObject()))
        }
    }
}
