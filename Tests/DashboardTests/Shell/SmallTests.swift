import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

/// The first minute, and terminals where little fits.
struct SmallTests {
    @Test func aSmallTerminalListsTheFunctions() {
        let state = DashboardState.sample(40, 6)
        #expect(
            state.frame().text == """
                fntop 944/min err 1.4 % p95 160 ms
                ✗ process-payment  err 4.2 %  p95 352 ms
                ✓ nightly-report  err ·  p95 ·
                ✓ query-user  err 0 %  p95 24 ms
                ✓ record-order  err 0 %  p95 48 ms
                q quits · more from 60x15 on
                """)
    }

    @Test func quittingWorksWhereTheHelpIsHidden() {
        var state = DashboardState.sample(80, 24)
        _ = state.press(.character("?"))
        _ = state.handle(.resize(Size(columns: 40, rows: 6)))
        #expect(state.press(.character("x")).isEmpty)
        #expect(state.press(.character("q")) == [.quit])
        _ = state.handle(.resize(Size(columns: 80, rows: 24)))
        #expect(state.frame().text.contains("type to search"))
    }

    @Test func saysWhatToDoWhenNothingAnswers() {
        useUTC()
        var state = DashboardState(DashboardSettings(), size: Size(columns: 80, rows: 24), now: LogSample.now)
        var overview = Overview(window: FunctionSample.window)
        overview.health.sources = [SourceState(name: "http://127.0.0.1:4799", link: .lost("Connection refused"))]
        _ = state.take(.overview(overview), for: DashboardState.summaryRequest)
        #expect(state.frame().text.contains("nothing that fntop can watch answers at http://127.0.0.1:4799"))
        #expect(state.frame().text.contains("fntop up --port 4799"))
        // What was seen before stays.
        overview.health.firstEvent = LogSample.now
        _ = state.take(.overview(overview), for: DashboardState.summaryRequest)
        #expect(!state.frame().text.contains("fntop up"))
    }

    @Test func tellsHowToReachAnEmptyEndpoint() {
        useUTC()
        var settings = DashboardSettings()
        settings.endpoint = "http://127.0.0.1:4566"
        var state = DashboardState(settings, size: Size(columns: 80, rows: 24), now: LogSample.now)
        var overview = Overview(window: FunctionSample.window)
        overview.health.sources = [SourceState(name: "local", link: .live)]
        _ = state.take(.overview(overview), for: DashboardState.summaryRequest)
        state.layOut()
        #expect(state.frame().text.contains("export AWS_ENDPOINT_URL=http://127.0.0.1:4566"))
    }
}
