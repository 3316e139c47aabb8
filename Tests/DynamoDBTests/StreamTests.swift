import AWSCore
import JSON
import Telemetry
import Testing

@testable import DynamoDB

@Suite("Streams and expiry")
struct StreamTests {
    private let clock = ManualClock()
    private let service: DynamoDBService
    private let arn: String

    init() async throws {
        var settings = DynamoDBSettings()
        settings.clock = clock
        service = try DynamoDBService(settings)
        let table = try await service.call(
            "CreateTable",
            [
                "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [["AttributeName": "p", "AttributeType": "S"]],
                "KeySchema": [["AttributeName": "p", "KeyType": "HASH"]],
                "StreamSpecification": ["StreamEnabled": true, "StreamViewType": "OLD_IMAGE"],
            ])
        arn = table["TableDescription"]?["LatestStreamArn"]?.string ?? ""
    }

    private func iterator(_ type: String = "TRIM_HORIZON") async throws -> JSON {
        let stream = try await service.call("DescribeStream", ["StreamArn": .string(arn)])["StreamDescription"]
        let shard = stream?["Shards"]?[0]?["ShardId"] ?? .null
        let output = try await service.call(
            "GetShardIterator",
            ["StreamArn": .string(arn), "ShardId": shard, "ShardIteratorType": .string(type)])
        return output["ShardIterator"] ?? .null
    }

    private func records(_ iterator: JSON) async throws -> [JSON] {
        try await service.call("GetRecords", ["ShardIterator": iterator])["Records"]?.array ?? []
    }

    @Test("An item whose time is over goes, and the stream says that the service did it")
    func expiry() async throws {
        let now = Int(clock.now().seconds)
        for (name, expires) in [("early", now + 60), ("late", now + 6000), ("ancient", now - 6 * 365 * 86_400)] {
            try await service.put(["p": .text(name), "t": .count(expires)])
        }
        try await service.put(["p": .text("text"), "t": .text(String(now))])
        _ = try await service.call(
            "UpdateTimeToLive",
            ["TableName": "table", "TimeToLiveSpecification": ["Enabled": true, "AttributeName": "t"]])
        await service.context.settle()
        try await service.put(["p": .text("new"), "t": .count(now + 30)])
        try await service.put(["p": .text("spared"), "t": .count(now + 30)])
        try await service.put(["p": .text("spared"), "t": .count(now + 9000)])
        await service.context.sweep()
        #expect(try await names() == ["ancient", "early", "late", "new", "spared", "text"])
        let latest = try await iterator("LATEST")
        clock.advance(.seconds(61))
        await service.context.sweep()
        #expect(try await names() == ["ancient", "late", "spared", "text"])
        let removed = try await records(latest)
        #expect(removed.map { $0["dynamodb"]?["Keys"]?["p"]?["S"]?.string } == ["new", "early"])
        for record in removed {
            #expect(record["eventName"] == "REMOVE")
            #expect(record["userIdentity"] == ["PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"])
            #expect(record["dynamodb"]?["OldImage"]?["t"] != nil)
        }
    }

    private func names() async throws -> [String] {
        let items = try await service.call("Scan", ["TableName": "table"])["Items"]?.array ?? []
        return items.compactMap { $0["p"]?["S"]?.string }.sorted()
    }

    @Test("Records go after a day; who stood before them is told")
    func trimming() async throws {
        try await service.put(["p": .text("a")])
        let old = try await iterator()
        #expect(try await records(old).count == 1)
        clock.advance(.seconds(86_401))
        try await service.put(["p": .text("b")])
        await service.context.sweep()
        #expect(try await records(try await iterator()).map { $0["dynamodb"]?["Keys"]?["p"] } == [.text("b")])
        #expect(await service.problem("GetRecords", ["ShardIterator": old]).hasPrefix("ExpiredIteratorException"))
    }

    @Test("A fresh iterator before the horizon is told that its data is gone")
    func trimmed() async throws {
        try await service.put(["p": .text("a")])
        let first = try await records(try await iterator())[0]["dynamodb"]?["SequenceNumber"] ?? .null
        clock.advance(.seconds(86_400 - 600))
        try await service.put(["p": .text("b")])
        let early = try await iterator()
        clock.advance(.seconds(601))
        await service.context.sweep()
        #expect(await service.problem("GetRecords", ["ShardIterator": early]).hasPrefix("TrimmedDataAccessException"))
        let stream = try await service.call("DescribeStream", ["StreamArn": .string(arn)])["StreamDescription"]
        let problem = await service.problem(
            "GetShardIterator",
            [
                "StreamArn": .string(arn), "ShardId": stream?["Shards"]?[0]?["ShardId"] ?? .null,
                "ShardIteratorType": "AT_SEQUENCE_NUMBER", "SequenceNumber": first,
            ])
        #expect(problem.hasPrefix("TrimmedDataAccessException"))
    }

    @Test("Of too many records the newest stay")
    func tooMany() {
        var marks = StreamMarks()
        for number in 1...5500 { marks.add(number) }
        #expect(marks.excess(2000) == 3000)
        #expect(marks.excess(5000) == nil)
        marks.forget(upTo: 3000)
        #expect(marks.excess(2000) == 3000)
        #expect(marks.excess(3000) == nil)
    }

    @Test("An iterator is good for 15 minutes")
    func iteratorLife() async throws {
        let iterator = try await iterator()
        clock.advance(.seconds(900))
        #expect(try await records(iterator).isEmpty)
        clock.advance(.seconds(1))
        let problem = await service.problem("GetRecords", ["ShardIterator": iterator])
        #expect(problem == "ExpiredIteratorException: The shard iterator has expired.")
    }

    @Test("A transaction's token is good for ten minutes")
    func token() async throws {
        let item: (String) -> JSON = { ["Put": ["TableName": "table", "Item": ["p": .text($0)]]] }
        let send: (String) -> JSON = { ["ClientRequestToken": "once", "TransactItems": [item($0)]] }
        _ = try await service.call("TransactWriteItems", send("a"))
        _ = try await service.call("DeleteItem", ["TableName": "table", "Key": ["p": .text("a")]])
        _ = try await service.call("TransactWriteItems", send("a"))
        #expect(try await names().isEmpty)
        let problem = await service.problem("TransactWriteItems", send("b"))
        #expect(problem.hasPrefix("IdempotentParameterMismatchException"))
        clock.advance(.seconds(601))
        _ = try await service.call("TransactWriteItems", send("b"))
        #expect(try await names() == ["b"])
    }
}
