import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct FunctionsScreenTests {
    @Test(arguments: [(160, 48), (120, 40), (80, 24), (60, 15), (1, 1)])
    func drawsTheWholeDashboard(_ columns: Int, _ rows: Int) {
        expectFrame(dashboard(columns, rows).frame(), named: "functions-\(columns)x\(rows)")
    }

    @Test(arguments: FunctionTab.allCases)
    func drawsAFunction(_ tab: FunctionTab) {
        let stage = Stage(
            FunctionScreen(name: "process-payment", tab: tab), columns: 120, rows: 37, answer: FunctionSample.answer)
        expectFrame(stage.frame(), named: "function-\(tab.rawValue)")
    }

    @Test func selectsTheFunctionWithTheMostErrors() {
        #expect(stage.screen.selected == "process-payment")
    }

    @Test func theSelectionFollowsTheFunction() {
        var stage = stage
        stage.press(.down)
        let chosen = stage.screen.selected
        stage.press(.character("s"), .character("s"), .character("S"))
        #expect(stage.screen.selected == chosen)
    }

    @Test(arguments: [("pay", 1), ("*-order", 1), ("q*r", 1), ("zzz", 0), ("", 4)])
    func filtersByName(_ words: String, _ count: Int) {
        var stage = stage
        stage.press(.character("/"))
        stage.type(words)
        #expect(stage.screen.order.count == count)
        stage.press(.escape)
        #expect(stage.screen.order.count == 4)
    }

    @Test func theLogOfTheLastFailureIsThreeKeysAway() {
        var state = dashboard(120, 40)
        for key in [Key.enter, .character("e"), .character("l")] {
            _ = state.press(key)
            answer(&state)
        }
        #expect(state.stack.map(\.route.screenName) == ["functions", "function", "invocation", "logs"])
        for _ in 0..<3 {
            _ = state.press(.escape)
            answer(&state)
        }
        #expect((state.stack.last as? FunctionsScreen)?.selected == "process-payment")
    }

    @Test func quittingAsksOnlyWhenItStopsSomething() {
        var plain = dashboard(120, 40)
        #expect(plain.press(.character("q")) == [.quit])
        var settings = DashboardSettings()
        settings.stopsOnQuit = "four functions"
        var asking = DashboardState(settings, size: Size(columns: 120, rows: 40), now: LogSample.now)
        #expect(asking.press(.character("q")).isEmpty)
        #expect(asking.press(.character("y")) == [.quit])
    }

    @Test func noScreenBindsAKeyTwice() {
        #expect(FunctionsScreen.keys.conflicts.isEmpty)
        #expect(FunctionScreen.keys.conflicts.isEmpty)
        #expect(GlobalCommand.keys.conflicts.isEmpty)
    }

    private var stage: Stage<FunctionsScreen> {
        Stage(FunctionsScreen(), columns: 120, rows: 37, answer: FunctionSample.answer)
    }

    private func dashboard(_ columns: Int, _ rows: Int) -> DashboardState { .sample(columns, rows) }

    private func answer(_ state: inout DashboardState) { state.answerSamples() }
}
