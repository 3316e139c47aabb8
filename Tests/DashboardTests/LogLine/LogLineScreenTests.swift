import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct LogLineScreenTests {
    @Test(arguments: [(160, 44), (120, 36), (80, 21), (60, 12), (1, 1)])
    func drawsAJSONLine(_ columns: Int, _ rows: Int) {
        expectFrame(stage(1005, columns, rows).frame(), named: "line-\(columns)x\(rows)")
    }

    @Test func drawsALineOfAMegabyte() {
        expectFrame(stage(1014, 80, 21).frame(), named: "line-huge")
    }

    @Test func drawsALineThatMeansNoGood() {
        let frame = stage(1010, 80, 21).frame()
        expectFrame(frame, named: "line-hostile")
        #expect(!frame.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func saysWhenTheLineIsGone() {
        expectFrame(stage(7, 80, 12).frame(), named: "line-gone")
    }

    @Test func goesToTheLinesAroundIt() {
        var stage = stage(1005, 80, 21)
        stage.press(.character("n"))
        #expect(stage.screen.line?.id == 1006)
        stage.press(.character("p"), .character("p"))
        #expect(stage.screen.line?.id == 1004)
        stage.press(.enter)
        #expect(stage.effects == [.open(.invocation(LogSample.requests[0]))])
    }

    @Test func showsOnlyItsOwnLinesAroundIt() {
        var stage = stage(1005, 80, 21)
        stage.press(.character("o"))
        #expect(stage.screen.around.tape.lines.map(\.id) == [1003, 1005, 1010])
    }

    private func stage(_ id: UInt64, _ columns: Int, _ rows: Int) -> Stage<LogLineScreen> {
        Stage(LogLineScreen(id: id), columns: columns, rows: rows, answer: LogSample.answer)
    }
}
