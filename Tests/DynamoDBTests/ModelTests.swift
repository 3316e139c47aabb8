import AWSCore
import Foundation
import JSON
import Testing

@testable import DynamoDB

@Suite("A table")
struct ModelTests {
    /// `MODEL_STEPS` says how many steps all seeds take together.
    private static let steps = ProcessInfo.processInfo.environment["MODEL_STEPS"].flatMap { Int($0) } ?? 10_000
    private static let seeds = (1...UInt64(max(8, min(steps / 5000, 200)))).map { $0 }

    @Test("with indexes is what a dictionary would be, whatever is done to it", arguments: seeds)
    func model(_ seed: UInt64) async throws {
        var run = try await ModelRun(seed: seed)
        for _ in 0..<Self.steps / Self.seeds.count { try await run.step() }
        try await run.finish()
    }

    @Test("tells texts apart that only look alike")
    func lookalikes() async throws {
        let service = try await DynamoDBService.withTable()
        try await service.put(["p": .text("\u{E9}"), "s": .count(1), "v": .text("e\u{301}")])
        try await service.put(["p": .text("e\u{301}"), "s": .count(1)])
        #expect(try await service.call("Scan", ["TableName": "table"])["Count"]?.int == 2)
        let input: JSON = [
            "TableName": "table", "FilterExpression": "v = :v", "ExpressionAttributeValues": [":v": .text("\u{E9}")],
        ]
        #expect(try await service.call("Scan", input)["Count"]?.int == 0)
    }

    @Test("changes in a transaction wholly or not at all")
    func transaction() async throws {
        let service = try await DynamoDBService.withTable()
        let put: JSON = ["Put": ["TableName": "table", "Item": ["p": .text("a"), "s": .count(1)]]]
        let failing: JSON = [
            "Update": [
                "TableName": "table", "Key": ["p": .text("a"), "s": .count(2)], "UpdateExpression": "SET n = absent",
            ]
        ]
        let problem = await service.problem("TransactWriteItems", ["TransactItems": [put, failing]])
        #expect(
            problem
                == "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific "
                + "reasons [None, ValidationError]")
        #expect(try await service.call("Scan", ["TableName": "table"])["Count"]?.int == 0)
    }
}
