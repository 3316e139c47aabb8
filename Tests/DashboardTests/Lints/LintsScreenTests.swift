import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct LintsScreenTests {
    private func stage(_ columns: Int, _ rows: Int, _ report: LintReport = LintSample.report) -> Stage<LintsScreen> {
        Stage(LintsScreen(), columns: columns, rows: rows) { $0 == .lints ? .lints(report) : nil }
    }

    @Test(arguments: [(160, 45), (120, 37), (80, 21), (1, 1)])
    func drawsTheFindings(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows).frame(), named: "lints-\(columns)x\(rows)")
    }

    @Test func saysThatNothingWasFound() {
        let stage = stage(80, 21, LintReport(window: FunctionSample.window))
        #expect(stage.frame().text.contains("nothing was found"))
    }

    @Test func enterGoesToWhereItCanBeSeen() {
        var stage = stage(120, 37)
        stage.press(.enter, .down, .enter, .end, .enter)
        #expect(
            stage.effects == [
                .open(.invocation(LogSample.requests[4])),
                .open(.execution("arn:aws:states:us-east-1:000000000000:execution:order-flow:o-1843", event: nil)),
                .open(.function("nightly-report", .configuration)),
            ])
    }

    @Test func theSelectionStaysOnItsFinding() {
        var stage = stage(120, 37)
        stage.press(.down, .down)
        #expect(stage.screen.selected(stage.context)?.rule == .nearMemoryLimit)
        var fewer = LintSample.report
        fewer.findings.removeFirst()
        _ = stage.screen.take(.lints(fewer), for: .lints)
        #expect(stage.screen.selected(stage.context)?.rule == .nearMemoryLimit)
    }

    @Test func silencingSelectsTheNext() {
        var stage = stage(120, 37)
        stage.press(.character("d"))
        #expect(stage.effects.first == .silence(LintSample.report.findings[0].id))
        #expect(stage.screen.selected(stage.context)?.rule == .executionFailures)
    }

    // MARK: In the shell

    private func shell(_ columns: Int = 120, _ rows: Int = 40) -> DashboardState {
        var state = DashboardState.sample(columns, rows)
        _ = state.take(.lints(LintSample.report), for: .lints)
        return state
    }

    @Test func theTopLineCountsErrorsAndWarnings() throws {
        let top = try #require(shell().frame().text.split(separator: "\n").first)
        #expect(top.contains("! 4"))
        #expect(top.contains("p95"))
    }

    @Test func theTopLineLeavesThemOutWhereThereIsNoRoom() throws {
        let top = try #require(shell(60, 20).frame().text.split(separator: "\n").first)
        #expect(!top.contains("! 4"))
        #expect(top.contains("inv"))
    }

    @Test func whatIsSilencedIsNotCountedAndComesBack() {
        var state = shell()
        _ = state.press(.character("!"))
        _ = state.take(.lints(LintSample.report), for: .lints)
        _ = state.press(.character("d"))
        #expect(state.silenced.count == 1)
        #expect(state.frame().text.contains("! 3"))
        #expect(state.frame().text.contains("1 silenced, F shows"))
        _ = state.press(.character("F"))
        #expect(state.silenced.isEmpty)
        #expect(state.frame().text.contains("! 4"))
    }

    @Test func thePaletteKnowsTheLintsAndTheLog() {
        let state = shell()
        #expect(state.paletteEntries("lints").first?.action == .key(.character("!")))
        #expect(state.paletteEntries("log").first?.action == .open(.diagnostics))
    }
}
