import Terminal
import Testing

@testable import Dashboard

struct DiagnosticsScreenTests {
    private func tail(_ count: Int) -> DiagnosticsTail {
        DiagnosticsTail(
            path: "/home/zoe/.local/state/fntop/fntop.log",
            lines: (0..<count).map { "2026-11-21T12:04:\(10 + $0 % 50).000Z events demo is lost: number \($0)" })
    }

    private func stage(_ columns: Int, _ rows: Int, _ count: Int = 40) -> Stage<DiagnosticsScreen> {
        Stage(DiagnosticsScreen(), columns: columns, rows: rows) { _ in .diagnostics(tail(count)) }
    }

    @Test(arguments: [(160, 45), (120, 37), (80, 21), (1, 1)])
    func drawsTheTail(_ columns: Int, _ rows: Int) {
        expectFrame(stage(columns, rows).frame(), named: "diagnostics-\(columns)x\(rows)")
    }

    @Test func followsUntilThePersonGoesUp() {
        var stage = stage(80, 21)
        _ = stage.screen.take(.diagnostics(tail(60)), for: .diagnostics)
        #expect(stage.frame().text.contains("number 59"))
        stage.press(.home)
        #expect(stage.frame().text.contains("number 0"))
        stage.press(.end)
        #expect(stage.screen.left == 0)
    }

    @Test func whoReadsFurtherUpGoesOnReadingTheSame() {
        var stage = stage(80, 21)
        stage.press(.up)
        let before = stage.frame().text.contains("number 38")
        _ = stage.screen.take(.diagnostics(tail(60)), for: .diagnostics)
        #expect(before)
        #expect(stage.frame().text.contains("number 38"))
        #expect(!stage.frame().text.contains("number 40"))
    }

    @Test func saysThatThereIsNothing() {
        #expect(stage(80, 21, 0).frame().text.contains("nothing to tell so far"))
    }
}
