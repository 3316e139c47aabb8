import AWSCore
import JSON
import Testing

@testable import DynamoDB

/// Batches and transactions.
extension ModelRun {
    mutating func batchWrite() async throws {
        var requests: [JSON] = []
        for place in Set((0..<5).map { _ in place() }) {
            if Bool.random(using: &random) {
                let row = row()
                model[place] = row
                requests.append(["PutRequest": ["Item": item(place, row)]])
            } else {
                model[place] = nil
                requests.append(["DeleteRequest": ["Key": key(place)]])
            }
        }
        _ = try await service.call("BatchWriteItem", ["RequestItems": ["table": .array(requests)]])
    }

    mutating func batchGet() async throws {
        let places = Set((0..<5).map { _ in place() })
        let output = try await service.call(
            "BatchGetItem", ["RequestItems": ["table": ["Keys": .array(places.map(key))]]])
        let found = (output["Responses"]?["table"]?.array ?? []).compactMap { parsed($0) }
        #expect(
            Dictionary(found.map { ($0.0, $0.1) }, uniquingKeysWith: { $1 }) == model.filter { places.contains($0.key) }
        )
    }

    mutating func transact() async throws {
        let places = Array(Set((0..<4).map { _ in place() }))
        var next = model
        var isCancelled = false
        var items: [JSON] = []
        for place in places {
            let exists = model[place] != nil
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let row = row()
                next[place] = row
                items.append(["Put": ["TableName": "table", "Item": item(place, row)]])
            case 1:
                next[place] = nil
                let condition: JSON = "attribute_exists(p)"
                items.append(["Delete": ["TableName": "table", "Key": key(place), "ConditionExpression": condition]])
                isCancelled = isCancelled || !exists
            case 2:
                next[place, default: Row()].n = 5
                items.append([
                    "Update": [
                        "TableName": "table", "Key": key(place), "UpdateExpression": "SET n = :n",
                        "ExpressionAttributeValues": [":n": .count(5)],
                    ]
                ])
            default:
                let check: JSON = [
                    "TableName": "table", "Key": key(place), "ConditionExpression": "attribute_not_exists(color)",
                ]
                items.append(["ConditionCheck": check])
                isCancelled = isCancelled || model[place]?.color != nil
            }
        }
        let problem = await service.problem("TransactWriteItems", ["TransactItems": .array(items)])
        #expect(problem.hasPrefix("TransactionCanceledException") == isCancelled)
        #expect(problem.isEmpty == !isCancelled)
        if !isCancelled { model = next }
        let gets = places.map { ["Get": ["TableName": "table", "Key": key($0)]] as JSON }
        let output = try await service.call("TransactGetItems", ["TransactItems": .array(gets)])
        #expect((output["Responses"]?.array ?? []).map { parsed($0["Item"])?.1 } == places.map { model[$0] })
    }
}
