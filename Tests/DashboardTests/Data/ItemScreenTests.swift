import JSON
import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct ItemScreenTests {
    private static let key: JSON = ["user": ["S": "u-4"], "created": ["S": "2026-01-01T00:04:00Z"]]

    private func stage(_ columns: Int = 120, _ rows: Int = 37) -> Stage<ItemScreen> {
        var stage = Stage(
            ItemScreen(table: "orders", key: Self.key), columns: columns, rows: rows, answer: DataSample.answer)
        stage.answerCalls()
        return stage
    }

    @Test(arguments: [(160, 45), (120, 37), (80, 21), (1, 1)])
    func drawsAnItem(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows).frame(), named: "item-\(columns)x\(rows)")
    }

    @Test func drawsTheTypesAndMasksSecretsInBothForms() {
        var stage = stage()
        #expect(!stage.frame().text.contains("hunter2"))
        stage.press(.character("v"))
        expectFrame(stage.frame(), named: "item-types")
        #expect(!stage.frame().text.contains("hunter2"))
    }

    @Test func aChangeIsPutOnlyAfterAQuestion() throws {
        var stage = stage()
        stage.press(.character("i"))
        expectFrame(stage.frame(), named: "item-change")
        #expect(stage.screen.editing?.isTyped == true)
        stage.press(.control("s"))
        guard case .ask(_, then: .call(let call))? = stage.effects.last else {

            Issue.record("no question")
            return

        }
        #expect(call.operation == "PutItem" && !call.isObserving)
        #expect(call.input["Item"] == .object(DataSample.item(4)))
        stage.effects = stage.screen.take(EndpointOutcome(call: call), stage.context)
        #expect(stage.screen.editing == nil)
        #expect(stage.effects.contains(.call(stage.screen.get)))
    }

    @Test func whatIsNoItemIsNotPut() {
        var stage = stage()
        stage.press(.character("i"), .character("x"), .control("s"))
        #expect(stage.effects == [.notice("this is no item yet")])
        stage.press(.escape)
        #expect(stage.screen.editing == nil)
    }

    @Test func aRefusedChangeStaysInTheEditorWithTheReason() throws {
        var stage = stage()
        stage.press(.character("i"), .control("s"))
        guard case .ask(_, then: .call(let call))? = stage.effects.last else {

            Issue.record("no question")
            return

        }
        _ = stage.screen.take(EndpointOutcome(call: call, failure: "ValidationException: no"), stage.context)
        #expect(stage.screen.editing != nil)
        #expect(stage.frame().text.contains("ValidationException: no"))
    }

    @Test func deletesAfterAQuestionAndGoesBack() {
        var stage = stage()
        stage.press(.character("D"))
        guard case .ask(let question, then: .call(let call))? = stage.effects.last else {

            Issue.record("no question")
            return

        }
        #expect(question.contains("u-4"))
        #expect(call.operation == "DeleteItem" && call.input["Key"] == Self.key)
        #expect(stage.screen.take(EndpointOutcome(call: call), stage.context).first == .back)
    }

    @Test func anItemThatIsNotThereSaysSo() {
        var stage = Stage(
            ItemScreen(table: "orders", key: Self.key), columns: 120, rows: 37, answer: DataSample.answer)
        _ = stage.screen.take(EndpointOutcome(call: stage.screen.get, output: .object(JSONObject())), stage.context)
        #expect(stage.frame().text.contains("the item is not there"))
    }
}

struct AttributeTests {
    @Test(arguments: [
        (#"{"S": "a"}"#, #""a""#), (#"{"N": "1.50"}"#, "1.50"), (#"{"BOOL": true}"#, "true"),
        (#"{"NULL": true}"#, "null"),
        (#"{"L": [{"N": "1"}, {"M": {"a": {"S": "b"}}}]}"#, #"[1,{"a":"b"}]"#),
    ])
    func plainValuesComeBackAsTheyWere(_ typed: String, _ plain: String) throws {
        let value = try JSON(parsing: typed)
        #expect(Attribute.plain(value).text == plain)
        #expect(Attribute.isPlain(value))
        #expect(Attribute.typed(Attribute.plain(value)) == value)
    }

    @Test(arguments: [
        #"{"SS": ["a"]}"#, #"{"B": "AAE="}"#, #"{"L": [{"NS": ["1"]}]}"#, #"{"M": {"x": {"BS": ["AA=="]}}}"#, "7",
    ])
    func setsAndBinariesAreNotPlain(_ typed: String) throws {
        #expect(!Attribute.isPlain(try JSON(parsing: typed)))
    }

    @Test(arguments: [
        (#"{"S": "a"}"#, "a"), (#"{"N": "-7"}"#, "-7"), (#"{"B": "AAE="}"#, "<2 B>"), (#"{"L": [{"S": ""}]}"#, "[1]"),
        (#"{"M": {}}"#, "{0}"), (#"{"SS": ["a", "b"]}"#, "{a, b}"), (#"{"NULL": true}"#, "null"), ("[1]", "[1]"),
    ])
    func valuesAreToldInALine(_ typed: String, _ text: String) throws {
        #expect(Attribute.text(try JSON(parsing: typed)) == text)
    }
}

struct FilterExpressionTests {
    @Test(arguments: [
        ("total > 10", "#n0 > :v0", #"{":v0":{"N":"10"}}"#),
        (
            #"status = "paid" and not size(tags) < -2.5"#, "#n0 = :v0 AND NOT size(#n1) < :v1",
            #"{":v0":{"S":"paid"},":v1":{"N":"-2.5"}}"#
        ),
        ("a.b[2].c between 1 and 2", "#n0.#n1[2].#n2 BETWEEN :v0 AND :v1", #"{":v0":{"N":"1"},":v1":{"N":"2"}}"#),
        ("attribute_exists(size) or done = true", "attribute_exists(#n0) OR #n1 = :v0", #"{":v0":{"BOOL":true}}"#),
        ("x in ('a', 'b\\'c')", "#n0 IN ( :v0 , :v1 )", #"{":v0":{"S":"a"},":v1":{"S":"b'c"}}"#),
        ("a = a", "#n0 = #n0", "{}"), ("", "", "{}"),
    ])
    func namesAndValuesStandApart(_ typed: String, _ text: String, _ values: String) throws {
        var filter = FilterExpression()
        try filter.and(typed)
        #expect(filter.text.filter { $0 != " " } == text.filter { $0 != " " })
        #expect(JSON.object(filter.values).text == values)
    }

    @Test(arguments: ["a = \"b", "a ; b", "a = {"])
    func whatIsNoConditionIsRefused(_ typed: String) {
        #expect(throws: ConditionProblem.self) {
            var filter = FilterExpression()
            try filter.and(typed)
        }
    }

    @Test(arguments: [
        ("2026-*", "begins_with(#n1, :v1)"), ("> 5", "#n1 > :v1"), ("<=5", "#n1 <= :v1"),
        ("a..b", "#n1 BETWEEN :v1 AND :v2"),
        ("x", "#n1 = :v1"),
    ])
    func sortKeysHaveConditionsOfTheirOwn(_ typed: String, _ text: String) throws {
        let schema = try #require(TableSchema(DataSample.description("orders").description))
        let call = try ItemQuery(partition: "u-1", sort: typed).call(schema, after: nil)
        #expect(call.input["KeyConditionExpression"]?.string == "#n0 = :v0 AND \(text)")
    }

    @Test func aNumberKeyMustBeANumber() throws {
        let schema = try #require(TableSchema(DataSample.description("orders").description))
        let query = ItemQuery(index: "by-total", partition: "u-1", sort: "many")
        #expect(throws: ConditionProblem(text: "total is a number; many is none")) {
            try query.call(schema, after: nil)
        }
    }

    @Test func withoutAKeyItScansAndTheSortConditionFilters() throws {
        let schema = try #require(TableSchema(DataSample.description("orders").description))
        let call = try ItemQuery(sort: "> 5", filter: "total > 1").call(schema, after: ["user": ["S": "x"]])
        #expect(call.operation == "Scan" && call.input["KeyConditionExpression"] == nil)
        #expect(call.input["FilterExpression"]?.string == "(#n0 > :v0) AND #n1 > :v1")
        #expect(call.input["ExclusiveStartKey"]?["user"]?["S"] == "x")
    }
}
