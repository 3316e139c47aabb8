import Telemetry
import Terminal
import Testing

@testable import Dashboard
@testable import TelemetryStore

struct ExecutionsScreenTests {
    @Test(arguments: [(200, 60), (120, 40), (80, 24), (1, 1)])
    func drawsTheList(_ columns: Int, _ rows: Int) {
        let stage = stage(columns, rows)
        expectFrame(stage.frame(), named: "executions-\(columns)x\(rows)")
    }

    @Test func theSelectionStaysOnItsExecution() {
        var stage = stage(120, 40)
        stage.press(.down)
        let chosen = stage.screen.list.selected
        #expect(chosen != nil)
        stage.settle()
        #expect(stage.screen.list.selected == chosen)
    }

    @Test func filtersByStatusAndByWords() {
        var stage = stage(120, 40)
        stage.press(.character("f"), .character("x"))
        #expect(stage.screen.query.statuses == [.failed, .timedOut, .aborted])
        stage.press(.escape, .character("/"))
        stage.type("o-18")
        #expect(stage.screen.query.words == "o-18")
        #expect(stage.screen.query.statuses.isEmpty)
        stage.press(.enter, .escape)
        #expect(stage.screen.query.words.isEmpty)
    }

    @Test func startsAgainWithTheSameInput() throws {
        var stage = stage(120, 40)
        stage.press(.character("r"))
        guard case .execute(.start(let machine, let input))? = stage.effects.first else {
            Issue.record("nothing was started")
            return
        }
        #expect(machine.hasSuffix("stateMachine:order-flow"))
        #expect(input.contains("o-1842"))
    }

    private func stage(_ columns: Int, _ rows: Int) -> Stage<ExecutionsScreen> {
        let store = ExecutionSample.running()
        let other = ExecutionSample.failed()
        var page = store.page(ExecutionQuery())
        let failed = other.page(ExecutionQuery())
        page.rows += failed.rows
        page.matching = 2
        page.counts = [.running: 1, .failed: 1]
        let details = [store.execution("o-1842"), other.execution("o-1843")]
        let answered = page
        return Stage(ExecutionsScreen(machine: nil), columns: columns, rows: max(rows - 3, 1)) { request in
            switch request {
            case .executions: .executions(answered)
            case .execution(let name): .execution(details.compactMap { $0 }.first { $0.start.arn == name })
            default: nil
            }
        }
    }
}
