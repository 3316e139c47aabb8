import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct InvokeScreenTests {
    @Test(arguments: [(160, 44), (120, 36), (80, 21), (60, 12), (1, 1)])
    func drawsTheEvent(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows).frame(), named: "invoke-\(columns)x\(rows)")
    }

    @Test func pointsAtWhatIsNotJSONAndDoesNotSendIt() {
        var stage = stage(80, 21)
        stage.press(.down, .end, .character("x"), .control("s"))
        #expect(stage.effects.isEmpty)
        expectFrame(stage.frame(), named: "invoke-invalid")
    }

    @Test func sendsTheEventAndShowsTheAnswer() {
        var stage = stage(120, 36)
        stage.press(.control("s"))
        guard case .invoke("process-payment", let payload)? = stage.effects.last else {
            Issue.record("nothing was sent")
            return
        }
        #expect(String(decoding: payload, as: UTF8.self).contains("\"order_id\": \"o-1842\""))
        expectFrame(stage.frame(), named: "invoke-sending")
        let outcome = InvokeOutcome(
            function: "process-payment", requestID: LogSample.requests[0], failure: "PaymentDeclined: no funds",
            duration: .milliseconds(88), payload: Array(InvocationSample.answer.utf8))
        stage.effects += stage.screen.take(outcome, stage.context)
        expectFrame(stage.frame(), named: "invoke-answered")
        stage.press(.enter)
        #expect(stage.effects.last == .open(.invocation(LogSample.requests[0])))
    }

    @Test func beginsWithTheLastEventOfTheFunction() {
        let stage = Stage(InvokeScreen(function: "process-payment", event: nil), columns: 80, rows: 21) { request in
            if case .invocations = request { .invocations([InvocationSample.record]) } else { nil }
        }
        #expect(stage.screen.panel.editor.text.contains("o-1842"))
        #expect(stage.screen.requests.isEmpty)
    }

    @Test func whatIsTypedIsNotReplacedByAnEventThatComesLate() {
        var screen = InvokeScreen(function: "process-payment", event: nil)
        _ = screen.press(.character("1"), now: LogSample.now)
        screen.take([InvocationSample.record])
        #expect(screen.panel.editor.text == "1{}")
    }

    @Test func pastedTextIsNeverAKey() {
        var stage = Stage(InvokeScreen(function: "f", event: Array("".utf8)), columns: 80, rows: 21) { _ in nil }
        stage.screen.paste("{\"a\":\n1}\u{1b}q")
        #expect(stage.screen.panel.editor.lines.count == 2)
        #expect(stage.effects.isEmpty)
    }

    @Test func aClickPutsTheCursor() {
        var stage = stage(80, 21)
        let place = stage.screen.layout.editor
        stage.mouse(.press, place.column + stage.screen.margin + 4, place.row + 1)
        #expect(stage.screen.panel.editor.cursor == EventEditor.Place(line: 1, column: 4))
        stage.mouse(.press, place.endColumn - 1, place.row + 1)
        #expect(stage.screen.panel.editor.cursor == EventEditor.Place(line: 1, column: 23))
    }

    @Test func survivesEverySize() {
        var stage = stage(80, 24)
        for size in [(0, 0), (1, 1), (2, 9), (9, 2), (13, 5), (300, 3), (3, 100)] {
            stage.resize(columns: size.0, rows: size.1)
            stage.press(
                .down, .end, .pageDown, .enter, .backspace, .delete, .control("k"), .control("u"), .control("y"))
            _ = stage.frame()
        }
    }

    private func stage(_ columns: Int, _ rows: Int) -> Stage<InvokeScreen> {
        let event = Array(InvocationSample.event.utf8)
        return Stage(InvokeScreen(function: "process-payment", event: event), columns: columns, rows: rows) { _ in nil }
    }
}
