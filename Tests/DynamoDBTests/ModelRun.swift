import AWSCore
import JSON
import Testing

@testable import DynamoDB

/// A table and a dictionary that are treated alike, at random.
struct ModelRun {
    struct Place: Hashable {
        var p: String
        var s: Int
    }

    struct Row: Hashable {
        var n: Int?
        var color: String?
        var weight: Int?
    }

    let service: DynamoDBService
    var random: Seeded
    var model: [Place: Row] = [:]

    init(seed: UInt64) async throws {
        random = Seeded(seed)
        service = try DynamoDBService()
        let hash: (String) -> JSON = { ["AttributeName": .string($0), "KeyType": "HASH"] }
        let range: (String) -> JSON = { ["AttributeName": .string($0), "KeyType": "RANGE"] }
        _ = try await service.call(
            "CreateTable",
            [
                "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": .array(
                    [("p", "S"), ("s", "N"), ("color", "S"), ("weight", "N")].map {
                        ["AttributeName": .string($0), "AttributeType": .string($1)]
                    }),
                "KeySchema": [hash("p"), range("s")],
                "GlobalSecondaryIndexes": [
                    [
                        "IndexName": "byColor", "KeySchema": [hash("color"), range("weight")],
                        "Projection": ["ProjectionType": "ALL"],
                    ]
                ],
                "LocalSecondaryIndexes": [
                    [
                        "IndexName": "byWeight", "KeySchema": [hash("p"), range("weight")],
                        "Projection": ["ProjectionType": "ALL"],
                    ]
                ],
            ])
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: try await put()
        case 2: try await delete()
        case 3: try await update()
        case 4: try await get()
        case 5: try await query()
        case 6: try await queryLocal()
        case 7: try await queryGlobal()
        case 8: try await batchWrite()
        case 9: try await batchGet()
        case 10: try await transact()
        default: try await scan()
        }
    }

    /// All that is left at the end, and how it is counted.
    func finish() async throws {
        let table = try await service.call("DescribeTable", ["TableName": "table"])["Table"]
        #expect(table?["ItemCount"]?.int == model.count)
        let colored = model.values.filter { $0.color != nil && $0.weight != nil }.count
        let weighed = model.values.filter { $0.weight != nil }.count
        #expect(table?["GlobalSecondaryIndexes"]?[0]?["ItemCount"]?.int == colored)
        #expect(table?["LocalSecondaryIndexes"]?[0]?["ItemCount"]?.int == weighed)
        let all = try await read("Scan", ["TableName": "table"])
        #expect(Dictionary(all.map { ($0.0, $0.1) }, uniquingKeysWith: { $1 }) == model)
        #expect(table?["TableSizeBytes"]?.int == all.reduce(0) { $0 + $1.2 })
    }

    // MARK: Single items

    mutating func place() -> Place {
        Place(p: "p\(Int.random(in: 0..<6, using: &random))", s: Int.random(in: -8..<8, using: &random))
    }

    mutating func row() -> Row {
        Row(
            n: Bool.random(using: &random) ? Int.random(in: -9...9, using: &random) : nil,
            color: Bool.random(using: &random) ? ["red", "green", "blue"].randomElement(using: &random) : nil,
            weight: Int.random(in: 0..<3, using: &random) > 0 ? Int.random(in: -3...3, using: &random) : nil)
    }

    func key(_ place: Place) -> JSON { ["p": .text(place.p), "s": .count(place.s)] }

    func item(_ place: Place, _ row: Row) -> JSON {
        var item = key(place)
        item["n"] = row.n.map(JSON.count)
        item["color"] = row.color.map(JSON.text)
        item["weight"] = row.weight.map(JSON.count)
        return item
    }

    func parsed(_ item: JSON?) -> (Place, Row, Int)? {
        guard let item, let p = item["p"]?["S"]?.string, let s = item["s"]?["N"]?.string.flatMap({ Int($0) }) else {
            return nil
        }
        let number = { (name: String) in item[name]?["N"]?.string.flatMap { Int($0) } }
        let row = Row(n: number("n"), color: item["color"]?["S"]?.string, weight: number("weight"))
        return (Place(p: p, s: s), row, (try? Item(item).size) ?? -1)
    }

    private mutating func put() async throws {
        let (place, row) = (place(), row())
        var input: JSON = ["TableName": "table", "Item": item(place, row), "ReturnValues": "ALL_OLD"]
        let isNew = Int.random(in: 0..<3, using: &random) == 0
        if isNew { input["ConditionExpression"] = "attribute_not_exists(p)" }
        guard !isNew || model[place] == nil else {
            #expect(await service.problem("PutItem", input).hasPrefix("ConditionalCheckFailedException"))
            return
        }
        let old = try await service.call("PutItem", input)["Attributes"]
        #expect(parsed(old)?.1 == model.updateValue(row, forKey: place))
    }

    private mutating func delete() async throws {
        let place = place()
        var input: JSON = ["TableName": "table", "Key": key(place), "ReturnValues": "ALL_OLD"]
        let isGuarded = Bool.random(using: &random)
        if isGuarded {
            input["ConditionExpression"] = "n > :zero"
            input["ExpressionAttributeValues"] = [":zero": .count(0)]
        }
        guard !isGuarded || model[place]?.n ?? 0 > 0 else {
            #expect(await service.problem("DeleteItem", input).hasPrefix("ConditionalCheckFailedException"))
            return
        }
        let old = try await service.call("DeleteItem", input)["Attributes"]
        #expect(parsed(old)?.1 == model.removeValue(forKey: place))
    }

    private mutating func update() async throws {
        let place = place()
        let color = ["red", "green"].randomElement(using: &random) ?? ""
        var row = model[place] ?? Row()
        var input: JSON = ["TableName": "table", "Key": key(place), "ReturnValues": "ALL_NEW"]
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
            input["UpdateExpression"] = "ADD n :n SET color = :c"
            input["ExpressionAttributeValues"] = [":n": .count(3), ":c": .text(color)]
            row.n = (row.n ?? 0) + 3
            row.color = color
        case 1:
            input["UpdateExpression"] = "SET weight = if_not_exists(weight, :w) REMOVE color"
            input["ExpressionAttributeValues"] = [":w": .count(1)]
            row.weight = row.weight ?? 1
            row.color = nil
        default:
            input["AttributeUpdates"] = ["weight": ["Action": "DELETE"], "n": ["Value": .count(7), "Action": "PUT"]]
            row.weight = nil
            row.n = 7
        }
        let new = try await service.call("UpdateItem", input)["Attributes"]
        model[place] = row
        #expect(parsed(new)?.1 == row)
    }

    private mutating func get() async throws {
        let place = place()
        let output = try await service.call("GetItem", ["TableName": "table", "Key": key(place)])
        #expect(parsed(output["Item"])?.1 == model[place])
    }

    // MARK: Many items

    /// All items of a reading operation, page by page.
    private func read(_ operation: String, _ input: JSON) async throws -> [(Place, Row, Int)] {
        var input = input
        var found: [(Place, Row, Int)] = []
        for _ in 0..<1000 {
            let page = try await service.call(operation, input)
            found += (page["Items"]?.array ?? []).compactMap { parsed($0) }
            guard let last = page["LastEvaluatedKey"] else { return found }
            input["ExclusiveStartKey"] = last
        }
        Issue.record("a thousand pages are too many")
        return found
    }

    private mutating func query() async throws {
        let place = place()
        let isForward = Bool.random(using: &random)
        let comparison = ["=", "<", "<=", ">", ">="].randomElement(using: &random) ?? "="
        let found = try await read(
            "Query",
            [
                "TableName": "table", "KeyConditionExpression": .string("p = :p AND s \(comparison) :s"),
                "ExpressionAttributeValues": [":p": .text(place.p), ":s": .count(place.s)],
                "ScanIndexForward": .bool(isForward), "Limit": .int(Int.random(in: 1...9, using: &random)),
            ])
        let holds: (Int) -> Bool = { s in
            switch comparison {
            case "<": s < place.s
            case "<=": s <= place.s
            case ">": s > place.s
            case ">=": s >= place.s
            default: s == place.s
            }
        }
        let expected = model.keys.filter { $0.p == place.p && holds($0.s) }.map(\.s).sorted()
        #expect(found.map(\.0.s) == (isForward ? expected : expected.reversed()))
        for (place, row, _) in found { #expect(row == model[place]) }
    }

    private mutating func queryLocal() async throws {
        let p = place().p
        let low = Int.random(in: -3...3, using: &random)
        try await check(
            [
                "IndexName": "byWeight", "KeyConditionExpression": "p = :p AND weight BETWEEN :low AND :high",
                "ExpressionAttributeValues": [":p": .text(p), ":low": .count(low), ":high": .count(low + 2)],
            ]) { $0.p == p && $1.weight.map { (low...low + 2).contains($0) } ?? false }
    }

    private mutating func queryGlobal() async throws {
        try await check(
            [
                "IndexName": "byColor", "KeyConditionExpression": "color = :c",
                "ExpressionAttributeValues": [":c": .text("red")],
            ]) { $1.color == "red" && $1.weight != nil }
    }

    /// Queries an index by pages and compares it with the rows that should be there, by weight.
    private mutating func check(_ query: JSON, _ holds: (Place, Row) -> Bool) async throws {
        var input = query
        let isForward = Bool.random(using: &random)
        input["TableName"] = "table"
        input["ScanIndexForward"] = .bool(isForward)
        input["Limit"] = .int(Int.random(in: 1...9, using: &random))
        let found = try await read("Query", input)
        let expected = model.filter { holds($0.key, $0.value) }
        #expect(found.count == expected.count)
        #expect(Dictionary(found.map { ($0.0, $0.1) }, uniquingKeysWith: { $1 }) == expected)
        let weights = found.compactMap(\.1.weight)
        #expect(weights == (isForward ? weights.sorted() : weights.sorted(by: >)))
    }

    private mutating func scan() async throws {
        let segments = Int.random(in: 1...4, using: &random)
        let indexName = [nil, "byColor", "byWeight"].randomElement(using: &random) ?? nil
        var found: [(Place, Row, Int)] = []
        for segment in 0..<segments {
            var input: JSON = [
                "TableName": "table", "Segment": .int(segment), "TotalSegments": .int(segments),
                "Limit": .int(Int.random(in: 1...30, using: &random)), "FilterExpression": "attribute_exists(n)",
            ]
            input["IndexName"] = indexName.map(JSON.string)
            found += try await read("Scan", input)
        }
        let expected = model.filter { _, row in
            row.n != nil && (indexName == nil || row.weight != nil) && (indexName != "byColor" || row.color != nil)
        }
        #expect(found.count == expected.count)
        #expect(Dictionary(found.map { ($0.0, $0.1) }, uniquingKeysWith: { $1 }) == expected)
    }
}
