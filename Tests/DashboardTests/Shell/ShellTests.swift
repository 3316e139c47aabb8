import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct ShellTests {
    private func played(_ columns: Int, _ rows: Int, _ keys: Key...) -> DashboardState {
        var state = DashboardState.sample(columns, rows)
        for key in keys {
            _ = state.press(key)
            state.answerSamples()
        }
        return state
    }

    @Test(arguments: [(120, 40), (80, 24)])
    func drawsTheHelpInGroups(_ columns: Int, _ rows: Int) {
        expectFrame(played(columns, rows, .character("?")).frame(), named: "help-\(columns)x\(rows)")
    }

    @Test func findsInTheHelp() {
        var state = played(120, 40, .character("?"))
        for letter in "heatmap" { _ = state.press(.character(letter)) }
        #expect(state.helpRows("heatmap").count == 2)
        #expect(state.frame().text.contains("Shows the other chart."))
    }

    @Test func thePaletteFindsFunctionsAndWhatWasOpen() {
        var state = played(120, 40, .enter, .character("e"), .escape, .character(":"))
        for letter in "process" { _ = state.press(.character(letter)) }
        #expect(state.paletteEntries("process-payment").first?.detail == "function")
        let id = InvocationSample.failed.record.requestID
        #expect(state.paletteEntries(id.description).first?.action == .open(.invocation(id)))
    }

    @Test func thePaletteAsksForTablesAPIsAndAlarmsWhileItIsOpen() {
        var state = played(120, 40)
        #expect(!state.requests.contains(.alarms))
        _ = state.press(.character(":"))
        #expect(PaletteNames.requests.allSatisfy(state.requests.contains))
        _ = state.take(.tables(DataSample.overview), for: .tables(buckets: 60))
        var apis = APIOverview(window: state.window)
        apis.apis = [
            APIDescription(id: "a1b2", name: "shop", kind: "HTTP"), APIDescription(id: "c1", name: "two", kind: "REST"),
            APIDescription(id: "c2", name: "two", kind: "REST"),
        ]
        _ = state.take(.apis(apis), for: .apis(buckets: 60))
        _ = state.take(.alarms(AlarmSample.rows), for: .alarms)
        #expect(state.paletteEntries("orders").first?.action == .open(.table("orders", .items)))
        #expect(state.paletteEntries("shop").map(\.action).contains(.open(.apis(api: "shop"))))
        let twins = state.paletteEntries("two").filter { $0.detail.hasPrefix("API") }.map(\.action)
        #expect(Set(twins) == [.open(.apis(api: "c1")), .open(.apis(api: "c2"))])
        #expect(state.paletteEntries("no-orders").first?.action == .open(.alarm("no-orders")))
        _ = state.press(.escape)
        #expect(!state.requests.contains(.alarms))
    }

    @Test func copyingOffersAMenu() {
        var state = played(120, 40, .character("y"))
        #expect(state.frame().text.contains("aws lambda invoke --function-name process-payment"))
        #expect(state.press(.character("1")) == [.copy("process-payment")])
        #expect(state.overlay == nil)
    }

    @Test func aDragOverAChartChoosesTheSpan() throws {
        var state = played(120, 40)
        let chart = try #require(state.stack.last?.charts(state.context).first)
        let whole = state.window
        drag(
            &state, from: chart.plot.column, to: chart.plot.column + chart.plot.columns / 2 - 1, row: chart.plot.row + 1
        )
        #expect(state.window.start == whole.start)
        let half = Double(state.window.length.count) / Double(whole.length.count)
        #expect(abs(half - 0.5) < 0.02)
        _ = state.press(.character("L"))
        #expect(state.window == whole)
    }

    @Test func aClickInAChartChoosesNothing() throws {
        var state = played(120, 40)
        let chart = try #require(state.stack.last?.charts(state.context).first)
        let whole = state.window
        drag(&state, from: chart.plot.column + 3, to: chart.plot.column + 3, row: chart.plot.row)
        #expect(state.window == whole)
    }

    @Test func stepsBackFromTheSpanThatWasChosen() throws {
        var state = played(120, 40)
        let chart = try #require(state.stack.last?.charts(state.context).first)
        drag(&state, from: chart.plot.endColumn - 10, to: chart.plot.endColumn - 1, row: chart.plot.row)
        let chosen = state.window
        _ = state.press(.character("["))
        #expect(state.window.end < chosen.end)
        #expect(state.window.length == chosen.length)
    }

    @Test func zoomGivesThePaneTheWholeScreen() {
        var state = played(120, 40, .tab, .character("z"))
        #expect(!state.frame().text.contains("Functions ─"))
        #expect(state.frame().text.contains("invocations of process-payment"))
        _ = state.press(.character("z"))
        #expect(state.frame().text.contains("Functions ─"))
    }

    @Test func showsOnlyTheSelectedFunctionAndAllAgain() {
        var state = played(120, 40, .character("f"))
        #expect((state.stack.last as? FunctionsScreen)?.order == ["process-payment"])
        _ = state.press(.character("F"))
        #expect((state.stack.last as? FunctionsScreen)?.order.count == 4)
    }

    @Test func replaysTheLastInvocation() {
        var state = played(120, 40)
        let event = InvocationSample.failed.record.start.event.bytes
        #expect(state.press(.character("r")) == [.invoke(function: "process-payment", payload: event)])
    }

    @Test func withoutColoursTheTabStandsInBrackets() {
        var settings = DashboardSettings()
        settings.hasColors = false
        let state = DashboardState(settings, size: Size(columns: 120, rows: 40), now: LogSample.now)
        #expect(state.frame().text.contains("[1 Functions]"))
    }

    private func drag(_ state: inout DashboardState, from start: Int, to end: Int, row: Int) {
        for (action, column) in [(MouseEvent.Action.press, start), (.drag, end), (.release, end)] {
            _ = state.handle(.mouse(MouseEvent(action, at: Point(column: column, row: row))))
        }
    }
}
