import AWSCore
import JSON
import Synchronization
import Telemetry
import Testing

@testable import DynamoDB

@Suite("Upkeep of tables")
struct UpkeepTests {
    /// Keeps what it is told.
    private final class Sink: TelemetrySink {
        let events = Mutex<[TelemetryEvent.Kind]>([])

        func emit(_ event: TelemetryEvent) { events.withLock { $0.append(event.kind) } }

        var tables: [TableDescription] {
            events.withLock { events in
                events.compactMap { if case .tableChanged(let table) = $0 { table } else { nil } }
            }
        }
    }

    private static let index: JSON = [
        "Create": [
            "IndexName": "byTint", "KeySchema": [["AttributeName": "tint", "KeyType": "HASH"]],
            "Projection": ["ProjectionType": "INCLUDE", "NonKeyAttributes": ["note"]],
        ]
    ]

    private static let wish: JSON = [
        "TableName": "table", "AttributeDefinitions": [["AttributeName": "tint", "AttributeType": "S"]],
        "GlobalSecondaryIndexUpdates": [index],
    ]

    @Test("An index that is added has the items that were there and those that come, and can go again")
    func index() async throws {
        let service = try await DynamoDBService.withTable()
        for number in 0..<1200 {
            try await service.put([
                "p": .text("p"), "s": .count(number), "tint": .text(number % 3 == 0 ? "red" : "blue"),
                "note": .text("n"), "other": .text("o"),
            ])
        }
        try await service.put(["p": .text("q"), "s": .count(0), "tint": .count(7)])
        let answer = try await service.call("UpdateTable", Self.wish)["TableDescription"]
        #expect(answer?["GlobalSecondaryIndexes"]?[1]?["IndexStatus"] == "CREATING")
        #expect(answer?["GlobalSecondaryIndexes"]?[1]?["Backfilling"] == true)
        try await service.put(["p": .text("q"), "s": .count(1), "tint": .text("red")])
        _ = try await service.call(
            "DeleteItem", ["TableName": "table", "Key": ["p": .text("p"), "s": .count(1197)]])
        await service.context.settle()
        let query: JSON = [
            "TableName": "table", "IndexName": "byTint", "KeyConditionExpression": "tint = :t",
            "ExpressionAttributeValues": [":t": .text("red")],
        ]
        let found = try await service.call("Query", query)
        #expect(found["Count"]?.int == 400)
        #expect(found["Items"]?[0]?.object?.keys.contains("other") == false)
        let table = try await service.call("DescribeTable", ["TableName": "table"])["Table"]
        #expect(table?["GlobalSecondaryIndexes"]?[1]?["IndexStatus"] == "ACTIVE")
        #expect(table?["GlobalSecondaryIndexes"]?[1]?["ItemCount"]?.int == 1200)
        let drop: JSON = [
            "TableName": "table", "GlobalSecondaryIndexUpdates": [["Delete": ["IndexName": "byTint"]]],
        ]
        _ = try await service.call("UpdateTable", drop)
        await service.context.settle()
        #expect(await service.problem("Query", query).hasSuffix("does not have the specified index: byTint"))
        let after = try await service.call("DescribeTable", ["TableName": "table"])["Table"]
        #expect(after?["AttributeDefinitions"]?.array?.count == 3)
        let rows = try await service.context.read { session throws(ServiceError) in
            var count = 0
            try session.each("SELECT count(*) FROM entry", []) { row throws(ServiceError) in
                count = row.int(0)
                return false
            }
            return count
        }
        #expect(rows == 0)
    }

    @Test("Nothing is left of a table that is deleted")
    func deletion() async throws {
        let service = try await DynamoDBService.withTable()
        for number in 0..<700 {
            try await service.put(["p": .text("p"), "s": .count(number), "color": .text("red")])
        }
        _ = try await service.call("DeleteTable", ["TableName": "table"])
        await service.context.settle()
        let rows = try await service.context.read { session throws(ServiceError) in
            var count = 0
            for name in ["item", "entry", "counts", "orphan", "definition"] {
                try session.each("SELECT count(*) FROM \(name)", []) { row throws(ServiceError) in
                    count += row.int(0)
                    return false
                }
            }
            return count
        }
        #expect(rows == 0)
    }

    @Test("A table is told of when it changes, and of its size a second later")
    func telemetry() async throws {
        let (sink, clock) = (Sink(), ManualClock())
        var settings = DynamoDBSettings(sink: sink)
        settings.clock = clock
        let service = try DynamoDBService(settings)
        _ = try await service.call(
            "CreateTable",
            [
                "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [["AttributeName": "p", "AttributeType": "S"]],
                "KeySchema": [["AttributeName": "p", "KeyType": "HASH"]],
            ])
        try await until { sink.tables.map(\.items) == [0] }
        for number in 0..<20 { try await service.put(["p": .text("\(number)")]) }
        #expect(sink.tables.count == 1)
        clock.advance(.seconds(1))
        try await until { sink.tables.map(\.items) == [0, 20] }
        #expect(sink.tables.last?.description["TableName"] == "table")
        _ = try await service.call("DeleteTable", ["TableName": "table"])
        #expect(sink.events.withLock { $0.last } == .tableDeleted(name: "table"))
    }

    private func until(_ holds: () -> Bool) async throws {
        for _ in 0..<100_000 where !holds() { await Task.yield() }
        #expect(holds())
    }

    @Test("A call notes what it used where somebody wants to know")
    func usage() async throws {
        let service = try await DynamoDBService.withTable()
        var call = CallContext()
        let meter = UsageMeter()
        call.meter = meter
        let put: JSON = ["TableName": "table", "Item": ["p": .text("k"), "s": .count(1), "color": .text("red")]]
        _ = try await service.call("PutItem", put, context: call)
        #expect(meter.usage?.writeUnits == 2)
        #expect(meter.usage?.partitionKey == "k")
        let query: JSON = [
            "TableName": "table", "IndexName": "byColor", "KeyConditionExpression": "color = :c",
            "ExpressionAttributeValues": [":c": .text("red")],
        ]
        _ = try await service.call("Query", query, context: call)
        #expect(meter.usage?.readUnits == 0.5)
        #expect(meter.usage?.index == "byColor")
        #expect(meter.usage?.partitionKey == "red")
    }
}
