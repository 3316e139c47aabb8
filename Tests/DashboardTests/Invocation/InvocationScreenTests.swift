import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct InvocationScreenTests {
    @Test(arguments: [(160, 44), (120, 36), (80, 21), (60, 12), (1, 1)])
    func drawsAFailure(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows, InvocationSample.failed).frame(), named: "invocation-\(columns)x\(rows)")
    }

    @Test func drawsOneThatRuns() {
        expectFrame(stage(120, 36, InvocationSample.running).frame(), named: "invocation-running")
    }

    @Test func saysWhenItIsNotKnown() {
        expectFrame(stage(80, 21, nil).frame(), named: "invocation-unknown")
    }

    @Test func tabGoesThroughThePanes() {
        var stage = stage(80, 21, InvocationSample.failed)
        #expect(stage.screen.focus == .error)
        stage.press(.tab, .tab)
        #expect(stage.screen.focus == .event)
        expectFrame(stage.frame(), named: "invocation-event-80x21")
        stage.press(.backTab)
        #expect(stage.screen.focus == .log)
    }

    @Test func secretsAreMaskedAndPartsClose() {
        var stage = stage(80, 21, InvocationSample.failed)
        stage.press(.tab, .tab)
        #expect(!stage.frame().text.contains("hunter2"))
        for _ in 0..<6 { stage.press(.down) }
        stage.press(.enter)
        #expect(stage.frame().text.contains("\"user\": {…4},"))
    }

    @Test func replaysWithTheSameEventAndOpensWhatComesOfIt() {
        var next = InvocationSample.record
        next.start.requestID = LogSample.requests[5]
        next.startTime = LogSample.now + .milliseconds(3)
        let records = [next, InvocationSample.record]
        var stage = Stage(InvocationScreen(id: LogSample.requests[0]), columns: 80, rows: 21) { request in
            switch request {
            case .invocation: .invocation(InvocationSample.failed)
            case .invocations: .invocations(records)
            default: nil
            }
        }
        stage.press(.character("r"))
        #expect(
            stage.effects == [
                .invoke(function: "process-payment", payload: Array(InvocationSample.event.utf8)),
                .notice("replaying process-payment"), .open(.invocation(LogSample.requests[5])),
            ])
    }

    @Test func refusesToReplayHalfAnEvent() {
        var detail = InvocationSample.failed
        detail.record.start.event = Payload(bytes: Array("{\"a\":".utf8), totalCount: 900_000)
        var stage = stage(80, 21, detail)
        stage.press(.character("r"))
        #expect(stage.effects.count == 1)
        guard case .notice? = stage.effects.first else {
            Issue.record("it was replayed")
            return
        }
        stage.press(.tab, .tab)
        expectFrame(stage.frame(), named: "invocation-cut-event")
    }

    @Test func opensLogsAndLines() {
        var stage = stage(160, 44, InvocationSample.failed)
        stage.press(.character("l"), .tab, .enter)
        #expect(stage.effects == [.open(.logs(filter: "req:\(LogSample.requests[0])")), .open(.logLine(1007))])
    }

    @Test func aClickChoosesThePane() {
        var stage = stage(160, 44, InvocationSample.failed)
        let calls = stage.screen.layout[.calls]
        stage.mouse(.press, calls.column + 3, calls.row + 1)
        #expect(stage.screen.focus == .calls)
        #expect(stage.screen.calls.place == 1)
    }

    @Test func survivesEverySizeAndKey() {
        for detail in [InvocationSample.failed, InvocationSample.running, nil] {
            var stage = stage(80, 24, detail)
            for size in [(0, 0), (1, 1), (2, 9), (9, 2), (13, 5), (300, 3), (3, 100), (100, 28)] {
                stage.resize(columns: size.0, rows: size.1)
                stage.press(.tab, .down, .pageDown, .end, .home, .enter, .character("y"), .escape, .character("e"))
                _ = stage.frame()
            }
        }
    }

    private func stage(_ columns: Int, _ rows: Int, _ detail: InvocationDetail?) -> Stage<InvocationScreen> {
        Stage(InvocationScreen(id: LogSample.requests[0]), columns: columns, rows: rows) { request in
            if case .invocation = request { .invocation(detail) } else { nil }
        }
    }
}
