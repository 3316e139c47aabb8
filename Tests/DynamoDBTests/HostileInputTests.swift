import AWSCore
import JSON
import Testing

@testable import DynamoDB

@Suite("Hostile input")
struct HostileInputTests {
    private static let key = #""Key":{"p":{"S":"a"},"s":{"N":"1"}}"#
    private static let inputs: [(String, String)] = [
        (
            "PutItem",
            #"{"TableName":"table","Item":{"p":{"S":"a"},"s":{"N":"1"},"m":{"M":{"l":{"L":[{"SS":["x"]}]}}}}}"#
        ),
        ("GetItem", #"{"TableName":"table",\#(key),"ProjectionExpression":"a.b[0]"}"#),
        (
            "UpdateItem",
            ##"{"TableName":"table",\##(key),"UpdateExpression":"SET #a = :v","ExpressionAttributeNames":{"#a":"a"},"ExpressionAttributeValues":{":v":{"N":"1"}},"ReturnValues":"ALL_NEW"}"##
        ),
        ("UpdateItem", #"{"TableName":"table",\#(key),"AttributeUpdates":{"a":{"Action":"ADD","Value":{"N":"1"}}}}"#),
        ("DeleteItem", #"{"TableName":"table",\#(key),"Expected":{"a":{"Exists":false}}}"#),
        (
            "Query",
            #"{"TableName":"table","IndexName":"byColor","KeyConditions":{"color":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"a"}]}},"Limit":1,"ExclusiveStartKey":{"p":{"S":"a"},"s":{"N":"1"},"color":{"S":"a"}}}"#
        ),
        ("Scan", #"{"TableName":"table","Segment":0,"TotalSegments":2,"Limit":3,"Select":"COUNT"}"#),
        ("BatchGetItem", #"{"RequestItems":{"table":{"Keys":[{"p":{"S":"a"},"s":{"N":"1"}}]}}}"#),
        ("BatchWriteItem", #"{"RequestItems":{"table":[{"DeleteRequest":{\#(key)}}]}}"#),
        (
            "TransactWriteItems",
            #"{"TransactItems":[{"Delete":{"TableName":"table",\#(key)}}],"ClientRequestToken":"t"}"#
        ),
        ("TransactGetItems", #"{"TransactItems":[{"Get":{"TableName":"table",\#(key)}}]}"#),
        (
            "CreateTable",
            #"{"TableName":"other","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},"Tags":[{"Key":"k","Value":"v"}]}"#
        ),
        (
            "UpdateTable",
            #"{"TableName":"table","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1},"GlobalSecondaryIndexUpdates":[{"Delete":{"IndexName":"none"}}]}"#
        ),
        ("UpdateTimeToLive", #"{"TableName":"table","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"t"}}"#),
        ("ListTables", #"{"Limit":1,"ExclusiveStartTableName":"a"}"#),
        (
            "ListStreams",
            #"{"TableName":"table","Limit":1,"ExclusiveStartStreamArn":"arn:aws:dynamodb:r:1:table/t/stream/x"}"#
        ),
        ("DescribeStream", #"{"StreamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/table/stream/x","Limit":1}"#),
        (
            "GetShardIterator",
            #"{"StreamArn":"arn:x","ShardId":"s","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"1"}"#
        ),
        ("GetRecords", #"{"ShardIterator":"a|1|LTksLTksLTk=","Limit":1}"#),
        (
            "ExecuteStatement",
            #"{"Statement":"SELECT * FROM \"table\" WHERE p = ?","Parameters":[{"S":"a"}],"NextToken":"x","Limit":1}"#
        ),
        ("BatchExecuteStatement", #"{"Statements":[{"Statement":"SELECT * FROM \"table\""}]}"#),
        (
            "ExecuteTransaction",
            #"{"TransactStatements":[{"Statement":"DELETE FROM \"table\" WHERE p = 'a' AND s = 1"}]}"#
        ),
        (
            "TagResource",
            #"{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/table","Tags":[{"Key":"k","Value":"v"}]}"#
        ),
        ("UntagResource", #"{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/table","TagKeys":["k"]}"#),
    ]

    private static let odd: [JSON] = [
        nil, true, 0, -1, .number(JSONNumber(source: "1e400")), .int(.max), "", "x", "a|b|c", [], [nil], [[]], [:],
        ["S": "x"], ["N": "1e99999"], ["x": ["y": "z"]], .string(String(repeating: "(", count: 3000)),
        .string(String(repeating: "a.", count: 2000) + "a"),
    ]

    @Test("is refused by name, wherever it stands, and breaks nothing", arguments: inputs)
    func odd(_ operation: String, _ text: String) async throws {
        let service = try await DynamoDBService.withTable()
        let input = try JSON(parsing: text)
        for variant in Self.variants(input, depth: 0) {
            do {
                _ = try await service.call(operation, variant)
            } catch {
                #expect(
                    error.status == 400 || error.status == 501, "\(error.code): \(error.message) for \(variant.text)")
                #expect(!error.message.isEmpty, "\(variant.text)")
            }
        }
        try await service.put(["p": .text("after"), "s": .count(1)])
    }

    /// The value with one odd value somewhere in it, or with a member missing.
    private static func variants(_ json: JSON, depth: Int) -> [JSON] {
        var all = depth == 0 ? [] : odd
        if let object = json.object {
            for (name, value) in object {
                var without = object
                without[name] = nil
                all.append(.object(without))
                for variant in variants(value, depth: depth + 1) {
                    var copy = object
                    copy[name] = variant
                    all.append(.object(copy))
                }
            }
        }
        for (place, value) in (json.array ?? []).enumerated() {
            for variant in variants(value, depth: depth + 1) {
                var copy = json.array ?? []
                copy[place] = variant
                all.append(.array(copy))
            }
        }
        return all
    }

    @Test(
        "of PartiQL is refused, however it is cut",
        arguments: [
            #"SELECT a.b[0], "c" FROM "table"."byColor" WHERE p = 'x' AND s BETWEEN -1 AND 2 OR NOT (a IN [1, 'y']) ORDER BY s DESC"#,
            #"INSERT INTO "table" VALUE {'p': 'x', 's': 1, 'l': [<<1, 2>>, {'k': null}], 't': true}"#,
            #"UPDATE "table" SET a = b + 1 SET c = list_append(c, [1]) REMOVE d WHERE p = 'x' AND s = 1 RETURNING ALL NEW *"#,
            #"DELETE FROM "table" WHERE p = 'x' AND s = 1 AND begins_with(a, 'q') RETURNING ALL OLD *"#,
        ])
    func statements(_ statement: String) async throws {
        let service = try await DynamoDBService.withTable()
        let characters = Array(statement)
        var texts = (0..<characters.count).map { String(characters[..<$0]) }
        texts += (0..<characters.count).map { String(characters[$0...]) }
        for odd in ["(", "'", "\"", "?", "<<", "-", "9e9999", "é", ".", "SELECT"] {
            texts += stride(from: 0, to: characters.count, by: 3).map {
                String(characters[..<$0]) + odd + String(characters[$0...])
            }
        }
        texts.append("SELECT * FROM t WHERE " + String(repeating: "(", count: 4000))
        texts.append("INSERT INTO t VALUE " + String(repeating: "[", count: 4000))
        for text in texts {
            let problem = await service.problem("ExecuteStatement", ["Statement": .string(text)])
            #expect(!problem.hasPrefix("Internal"), "\(problem) for \(text)")
        }
    }
}
