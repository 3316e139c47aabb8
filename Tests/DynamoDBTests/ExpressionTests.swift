import AWSCore
import JSON
import Testing

@testable import DynamoDB

@Suite("Expressions")
struct ExpressionTests {
    static let item = """
        {"p":{"S":"a"},"s":{"N":"1"},"n":{"N":"10"},"t":{"S":"hello"},"l":{"L":[{"N":"1"},{"S":"x"},{"N":"3"}]},
        "m":{"M":{"k":{"N":"5"},"deep":{"M":{"z":{"S":"q"}}}}},"ss":{"SS":["a","b"]},"nul":{"NULL":true},"b":{"B":"AQI="}}
        """
    static let values = """
        {":ten":{"N":"10.0"},":eleven":{"N":"11"},":he":{"S":"he"},":x":{"S":"x"},":a":{"S":"a"},":q":{"S":"q"},
        ":ss":{"SS":["b","a"]},":three":{"N":"3"},":five":{"N":"5"},":S":{"S":"S"},":bool":{"BOOL":true},
        ":list":{"L":[{"S":"new"}]},":sa":{"SS":["a"]},":sc":{"SS":["c"]}}
        """

    /// The values that the expression uses.
    private func input(_ member: String, _ expression: String, _ more: JSON = [:]) throws -> JSON {
        var used: JSON = [:]
        for (name, value) in try JSON(Self.values).object ?? JSONObject() {
            let isUsed = expression.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == ":") })
                .contains { $0 == name }
            if isUsed { used[name] = value }
        }
        var input = more
        input["TableName"] = "table"
        input[member] = .string(expression)
        if used.object?.isEmpty == false { input["ExpressionAttributeValues"] = used }
        return input
    }

    @Test(
        "hold or do not",
        arguments: [
            ("n = :ten", true), ("n <> :ten", false), ("n < :eleven", true), ("n >= :eleven", false), ("t > :he", true),
            ("n = :he", false), ("n < :he", false), ("n <> :he", true), ("absent = :ten", false),
            ("absent <> :ten", true), ("n BETWEEN :five AND :eleven", true), ("n between :ten and :ten", true),
            ("n IN (:five, :ten)", true), ("t in (:five)", false), ("attribute_exists(m.k)", true),
            ("attribute_exists(m.zz)", false), ("attribute_not_exists(l[3])", true), ("attribute_exists(l[2])", true),
            ("attribute_type(t, :S)", true), ("attribute_type(n, :S)", false), ("begins_with(t, :he)", true),
            ("begins_with(m.deep.z, :he)", false), ("contains(t, :he)", true), ("contains(ss, :a)", true),
            ("contains(l, :x)", true), ("contains(n, :ten)", false), ("size(l) = :three", true),
            ("size(t) = :five", true), ("size(n) = :five", false), ("ss = :ss", true), ("m.k = :five", true),
            ("m.deep.z = :q", true), ("l[1] = :x", true), ("NOT n = :ten", false), ("NOT NOT n = :ten", true),
            ("n = :five OR n = :ten AND t = :x", false), ("(n = :five OR n = :ten) AND NOT t = :x", true),
            ("(n) = (:ten)", true), ("size(absent) = :five", false), ("n = :ten AND (t = :x OR l[0] < :three)", true),
        ])
    func conditions(_ expression: String, _ holds: Bool) async throws {
        let service = try await DynamoDBService.withTable()
        try await service.put(try JSON(Self.item))
        let input = try input("ConditionExpression", expression, ["Key": ["p": .text("a"), "s": .count(1)]])
        let expected = holds ? "" : "ConditionalCheckFailedException: The conditional request failed"
        #expect(await service.problem("DeleteItem", input) == expected)
    }

    @Test(
        "that are wrong are refused with DynamoDB's words",
        arguments: [
            ("", "The expression can not be empty;"),
            ("n = ", "Syntax error; token: \"<EOF>\", near: \"= \""),
            ("my-n = :ten", "Syntax error; token: \"-\", near: \"my-n\""),
            ("n > 4", "Syntax error; token: \"4\", near: \"> 4\""),
            ("status = :ten", "Attribute name is a reserved keyword; reserved keyword: status"),
            ("n = :none", "An expression attribute value used in expression is not defined; attribute value: :none"),
            ("#n = :ten", "An expression attribute name used in the document path is not defined; attribute name: #n"),
            ("foo(n)", "Invalid function name; function: foo"),
            (
                "size(n)",
                "The function is not allowed to be used this way in an expression; function: size"
            ),
            (
                "attribute_exists(n) > :ten",
                "The function is not allowed to be used this way in an expression; function: attribute_exists"
            ),
            (
                "begins_with(t)",
                "Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1"
            ),
            (
                "begins_with(t, :ten)",
                "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"
            ),
            (
                "attribute_exists(:ten)",
                "Operator or function requires a document path; operator or function: attribute_exists"
            ),
            (
                "attribute_type(n, :x)",
                "Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
            ),
            ("((n = :ten))", "The expression has redundant parentheses;"),
            (
                "m.k = m.k",
                "The first operand must be distinct from the remaining operands for this operator or function; "
                    + "operator: =, first operand: [m, k]"
            ),
            (
                "t BETWEEN :x AND :a",
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                    + "lower bound operand: AttributeValue: {S:x}, upper bound operand: AttributeValue: {S:a}"
            ),
        ])
    func wrongConditions(_ expression: String, _ problem: String) async throws {
        let service = try await DynamoDBService.withTable()
        let input = try input("ConditionExpression", expression, ["Key": ["p": .text("a"), "s": .count(1)]])
        #expect(
            await service.problem("DeleteItem", input) == "ValidationException: Invalid ConditionExpression: \(problem)"
        )
    }

    @Test(
        "change items",
        arguments: [
            ("SET n = n + :five", #"{"n":{"N":"15"}}"#), ("SET n = n - :eleven", #"{"n":{"N":"-1"}}"#),
            ("SET fresh = if_not_exists(fresh, :five)", #"{"fresh":{"N":"5"}}"#),
            ("SET n = if_not_exists(n, :five)", #"{"n":{"N":"10"}}"#),
            ("SET l = list_append(l, :list)", #"{"l":{"L":[{"N":"1"},{"S":"x"},{"N":"3"},{"S":"new"}]}}"#),
            ("SET l[9] = :five", #"{"l":{"L":[{"N":"1"},{"S":"x"},{"N":"3"},{"N":"5"}]}}"#),
            ("SET m.k = :ten, m.w = :x", #"{"m":{"M":{"k":{"N":"10"},"deep":{"M":{"z":{"S":"q"}}},"w":{"S":"x"}}}}"#),
            ("REMOVE l[0], t, l[2]", #"{"l":{"L":[{"S":"x"}]},"t":null}"#),
            ("REMOVE l[0], absent, l[1] SET l[2] = :a", #"{"l":{"L":[{"S":"a"}]}}"#),
            ("ADD n :five, fresh :ten", #"{"n":{"N":"15"},"fresh":{"N":"10"}}"#),
            ("ADD ss :sc", #"{"ss":{"SS":["a","b","c"]}}"#), ("DELETE ss :sa", #"{"ss":{"SS":["b"]}}"#),
            ("DELETE ss :ss", #"{"ss":null}"#), ("SET n = t, t = n", #"{"n":{"S":"hello"},"t":{"N":"10"}}"#),
        ])
    func updates(_ expression: String, _ changes: String) async throws {
        let service = try await DynamoDBService.withTable()
        try await service.put(try JSON(Self.item))
        let input = try input(
            "UpdateExpression", expression,
            ["Key": ["p": .text("a"), "s": .count(1)], "ReturnValues": "ALL_NEW"])
        var expected = try JSON(Self.item)
        for (name, value) in try JSON(changes).object ?? JSONObject() {
            expected[name] = value.isNull ? .none : .some(value)
        }
        #expect(try await service.call("UpdateItem", input)["Attributes"] == expected)
    }

    @Test(
        "of updates that are wrong are refused with DynamoDB's words",
        arguments: [
            ("SET n", "Invalid UpdateExpression: Syntax error; token: \"<EOF>\", near: \"n\""),
            (
                "SET n = :ten SET t = :x",
                "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;"
            ),
            (
                "SET m.k = :ten REMOVE m",
                "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
                    + "paths; path one: [m, k], path two: [m]"
            ),
            (
                "SET m.k = :ten, m[0] = :x",
                "Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these "
                    + "paths; path one: [m, k], path two: [m, [0]]"
            ),
            (
                "ADD n :x",
                "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING"
            ),
            (
                "SET n = n + :x",
                "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, "
                    + "operand type: S"
            ),
            (
                "SET p = :x",
                "One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key"
            ),
            ("SET n = absent", "The provided expression refers to an attribute that does not exist in the item"),
            ("SET absent.k = :x", "The document path provided in the update expression is invalid for update"),
            ("SET n = n + t", "An operand in the update expression has an incorrect data type"),
            ("ADD t :ten", "An operand in the update expression has an incorrect data type"),
            (
                "SET color = :ten",
                "The update expression attempted to update the secondary index key to unsupported type"
            ),
        ])
    func wrongUpdates(_ expression: String, _ problem: String) async throws {
        let service = try await DynamoDBService.withTable()
        try await service.put(try JSON(Self.item))
        let input = try input("UpdateExpression", expression, ["Key": ["p": .text("a"), "s": .count(1)]])
        #expect(await service.problem("UpdateItem", input) == "ValidationException: \(problem)")
    }

    @Test(
        "choose parts of items",
        arguments: [
            ("n", #"{"n":{"N":"10"}}"#), ("m.k, absent", #"{"m":{"M":{"k":{"N":"5"}}}}"#),
            ("l[2], l[0]", #"{"l":{"L":[{"N":"1"},{"N":"3"}]}}"#),
            ("m.deep.z", #"{"m":{"M":{"deep":{"M":{"z":{"S":"q"}}}}}}"#),
            ("l[7]", "{}"), ("t.k", "{}"),
        ])
    func projections(_ expression: String, _ expected: String) async throws {
        let service = try await DynamoDBService.withTable()
        try await service.put(try JSON(Self.item))
        let input = try input("ProjectionExpression", expression, ["Key": ["p": .text("a"), "s": .count(1)]])
        #expect(try await service.call("GetItem", input)["Item"] == JSON(expected))
    }
}
