import JSON
import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

/// A screen whose calls the sample endpoint answers.
extension Stage {
    mutating func answerCalls() {
        for _ in 0..<5 {
            let calls = effects.compactMap { effect -> EndpointCall? in
                if case .call(let call) = effect { return call }
                return nil
            }
            effects.removeAll { if case .call = $0 { true } else { false } }
            guard !calls.isEmpty else { return }
            for call in calls { effects += screen.take(DataSample.outcome(call), context) }
            settle()
        }
    }
}

struct TableScreenTests {
    private func stage(_ tab: TableTab, _ columns: Int = 120, _ rows: Int = 37) -> Stage<TableScreen> {
        var stage = Stage(
            TableScreen(name: "orders", tab: tab), columns: columns, rows: rows, answer: DataSample.answer)
        stage.answerCalls()
        return stage
    }

    @Test(arguments: TableTab.allCases, [(160, 45), (120, 37), (80, 21), (1, 1)])
    func drawsATable(_ tab: TableTab, _ size: (Int, Int)) {
        expectFrame(stage(tab, size.0, size.1).frame(), named: "table-\(tab.rawValue)-\(size.0)x\(size.1)")
    }

    @Test func drawsTheForm() {
        var stage = stage(.items)
        stage.press(.character("/"))
        stage.type("u-1")
        expectFrame(stage.frame(), named: "table-form")
    }

    @Test func opensAnItemByItsKey() {
        var stage = stage(.items)
        stage.press(.down, .enter)
        let key: JSON = ["user": ["S": "u-1"], "created": ["S": "2026-01-01T00:01:00Z"]]
        #expect(stage.effects == [.open(.item(table: "orders", key: key))])
    }

    @Test func goesThroughThePagesBothWaysAndKeepsOnlyOne() {
        var stage = stage(.items)
        #expect(stage.screen.browser.items.count == 40)
        stage.press(.character("n"))
        stage.answerCalls()
        stage.press(.character("n"))
        stage.answerCalls()
        #expect(stage.screen.browser.starts.count == 3)
        #expect(stage.screen.browser.items.count == 40)
        #expect(stage.screen.browser.items.first == DataSample.item(80))
        stage.press(.character("n"))
        #expect(stage.effects == [.notice("this is the last page")])
        stage.press(.character("p"))
        stage.answerCalls()
        #expect(stage.screen.browser.items.first == DataSample.item(40))
        stage.press(.character("g"), .up)
        stage.answerCalls()
        #expect(stage.screen.browser.items.first == DataSample.item(0))
    }

    @Test func theEndOfAPageLeadsToTheNextOne() {
        var stage = stage(.items)
        stage.press(.end, .down)
        stage.answerCalls()
        #expect(stage.screen.browser.starts.count == 2)
        #expect(stage.screen.browser.cursor.index == 0)
    }

    @Test func aKeyAndAConditionMakeAQuery() throws {
        var stage = stage(.items)
        stage.press(.character("/"))
        stage.type("u-1")
        stage.press(.tab)
        stage.type("2026-*")
        stage.press(.tab, .tab)
        stage.type("total > 10")
        stage.press(.enter)
        guard case .call(let call)? = stage.effects.last else { throw Missing() }
        #expect(call.operation == "Query" && call.isObserving)
        #expect(call.input["KeyConditionExpression"]?.string == "#n1 = :v1 AND begins_with(#n2, :v2)")
        #expect(call.input["FilterExpression"]?.string == "#n0 > :v0")
        #expect(call.input["ScanIndexForward"] == false)
    }

    private struct Missing: Error {}

    @Test func aConditionThatIsNoneIsToldAndNothingIsAsked() {
        var stage = stage(.items)
        stage.press(.character("/"), .tab, .tab, .tab)
        stage.type("status = \"paid")
        stage.press(.enter)
        #expect(stage.effects.isEmpty)
        #expect(stage.frame().text.contains("has no end"))
    }

    @Test func anErrorOfTheEndpointIsShown() {
        var stage = Stage(TableScreen(name: "orders", tab: .items), columns: 120, rows: 37, answer: DataSample.answer)
        guard case .call(let call)? = stage.effects.first else {
            Issue.record("nothing was asked")
            return
        }
        _ = stage.screen.take(EndpointOutcome(call: call, failure: "ValidationException: no"), stage.context)
        #expect(stage.frame().text.contains("ValidationException: no"))
        stage.effects = []
        stage.press(.character("R"))
        #expect(stage.effects == [.call(call)])
    }

    @Test func whatAnItemScreenChangedIsReadAgain() {
        var stage = stage(.items)
        let put = EndpointCall(service: "dynamodb", operation: "PutItem", input: ["TableName": "orders"])
        #expect(stage.screen.take(EndpointOutcome(call: put), stage.context).count == 1)
        let other = EndpointCall(service: "dynamodb", operation: "PutItem", input: ["TableName": "users"])
        #expect(stage.screen.take(EndpointOutcome(call: other), stage.context).isEmpty)
    }

    @Test func anIndexLeadsToItsItems() {
        var stage = stage(.indexes)
        stage.press(.enter)
        stage.answerCalls()
        #expect(stage.screen.tab == .items)
        #expect(stage.screen.browser.query.index == "by-user")
    }

    @Test func callsLeadToWhoMadeThem() {
        var stage = stage(.calls)
        stage.press(.enter, .character("l"), .down, .enter)
        let id = InvocationSample.failed.record.requestID
        #expect(stage.effects.prefix(2) == [.open(.invocation(id)), .open(.logs(filter: "req:\(id)"))])
        #expect(stage.effects.last == .notice("a client made this call, and neither an invocation nor an execution"))
        stage.press(.character("e"))
        #expect(stage.screen.selectedCall?.call.errorCode == "ConditionalCheckFailedException")
    }

    @Test func aStreamThatFailedOnARecordIsToldInASentence() {
        let text = stage(.streams).frame().text
        #expect(text.contains("failed 4 times since"))
        #expect(text.contains("halved 2 times, down to one record"))
        #expect(text.contains("1 record given up, told to dead-orders (sqs)"))
        #expect(text.contains("the other 9 were taken"))
    }

    @Test func stepsLeadToTheirInvocations() {
        var stage = stage(.streams)
        stage.press(.character("e"), .enter)
        #expect(stage.effects == [.notice("no invocation belongs to it")])
        stage.press(.character("e"), .enter)
        #expect(stage.effects.last == .open(.invocation(InvocationSample.failed.record.requestID)))
        stage.press(.character("g"), .enter)
        #expect(stage.effects.last == .open(.function("fan-out", .overview)))
    }

    @Test func whatFeedsAFunctionIsAScreenOfItsOwn() {
        let stage = Stage(
            EventSourcesScreen(function: "fan-out"), columns: 120, rows: 37, answer: DataSample.answer)
        expectFrame(stage.frame(), named: "sources-120x37")
    }
}
