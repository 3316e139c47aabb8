import AWSCore
import JSON
import Testing

@testable import DynamoDB

@Suite("A table")
struct ModelTests {
    private struct Place: Hashable {
        var p: String
        var s: Int
    }

    @Test("is what a dictionary would be, whatever is done to it", arguments: [1, 2, 3, 4] as [UInt64])
    func model(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let service = try await DynamoDBService.withTable()
        var model: [Place: Int] = [:]
        for step in 0..<10_000 {
            let place = Place(
                p: "p\(Int.random(in: 0..<12, using: &random))", s: Int.random(in: -20..<20, using: &random))
            let key: JSON = ["p": .text(place.p), "s": .count(place.s)]
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                try await service.put(["p": .text(place.p), "s": .count(place.s), "n": .count(step)])
                model[place] = step
            case 2:
                let output = try await service.call(
                    "DeleteItem", ["TableName": "table", "Key": key, "ReturnValues": "ALL_OLD"])
                #expect(output["Attributes"]?["n"]?["N"]?.string == model.removeValue(forKey: place).map(String.init))
            case 3:
                _ = try await service.call(
                    "UpdateItem",
                    [
                        "TableName": "table", "Key": key, "UpdateExpression": "ADD n :n",
                        "ExpressionAttributeValues": [":n": .count(3)],
                    ])
                model[place, default: 0] += 3
            case 4:
                let output = try await service.call("GetItem", ["TableName": "table", "Key": key])
                #expect(output["Item"]?["n"]?["N"]?.string == model[place].map(String.init))
            default:
                let isForward = Bool.random(using: &random)
                let found = try await partition(service, place.p, isForward, Int.random(in: 1...9, using: &random))
                let expected = model.keys.filter { $0.p == place.p }.map(\.s).sorted()
                #expect(found == (isForward ? expected : expected.reversed()))
            }
        }
        let scan = try await service.call("Scan", ["TableName": "table", "Select": "COUNT"])
        #expect(scan["Count"]?.int == model.count)
        let description = try await service.call("DescribeTable", ["TableName": "table"])
        #expect(description["Table"]?["ItemCount"]?.int == model.count)
    }

    /// The sort keys of a partition, read by pages.
    private func partition(
        _ service: DynamoDBService, _ p: String, _ isForward: Bool, _ limit: Int
    ) async throws -> [Int] {
        var input: JSON = [
            "TableName": "table", "KeyConditionExpression": "p = :p", "ExpressionAttributeValues": [":p": .text(p)],
            "ScanIndexForward": .bool(isForward), "Limit": .int(limit),
        ]
        var found: [Int] = []
        for _ in 0..<100 {
            let page = try await service.call("Query", input)
            found += (page["Items"]?.array ?? []).compactMap { $0["s"]?["N"]?.string.flatMap { Int($0) } }
            guard let last = page["LastEvaluatedKey"] else { break }
            input["ExclusiveStartKey"] = last
        }
        return found
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
