import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct LogsScreenTests {
    @Test(arguments: [(160, 44), (120, 36), (80, 21), (60, 12), (1, 1)])
    func drawsTheLog(_ columns: Int, _ rows: Int) {
        let stage = stage(columns, rows)
        expectFrame(stage.frame(), named: "logs-\(columns)x\(rows)")
    }

    @Test func drawsWithoutUnicode() {
        expectFrame(stage(80, 21).frame(.ascii), named: "logs-ascii")
    }

    @Test func breaksLongLines() {
        var stage = stage(120, 36)
        stage.press(.character("w"), .up, .up)
        expectFrame(stage.frame(), named: "logs-wrapped")
    }

    @Test func putsTheLinesOfAnInvocationTogether() {
        var stage = stage(120, 36)
        stage.press(.character("o"))
        expectFrame(stage.frame(), named: "logs-grouped")
    }

    @Test func marksWhatMatches() {
        var stage = stage(120, 30)
        stage.press(.character("/"))
        stage.type("card level>=error")
        #expect(stage.screen.list.filter.source == "card level>=error")
        expectFrame(stage.frame(), named: "logs-filtered")
        #expect(stage.frame().roles(of: \.background).contains(Role.match.letter))
    }

    @Test func aFilterThatIsNotUnderstoodSaysWhereAndKeepsTheLastOne() {
        var stage = stage(100, 21)
        stage.press(.character("/"))
        stage.type("card level>=nonsense")
        #expect(stage.screen.list.filter.source == "card level")
        #expect(stage.screen.filterBar.problem != nil)
        expectFrame(stage.frame(), named: "logs-problem")
    }

    @Test func completesTheNameOfAFunction() {
        var stage = stage(80, 21)
        stage.press(.character("/"))
        stage.type("fn:pro")
        stage.press(.tab, .enter)
        #expect(stage.screen.list.filter.source == "fn:process-payment")
    }

    @Test func showsOnlyWhatIsChosenFromTheMenu() {
        var stage = stage(100, 30)
        stage.press(.character("f"))
        expectFrame(stage.frame(), named: "logs-menu")
        stage.press(.character("f"))
        #expect(stage.screen.list.filter.source == "fn:update-order")
        stage.press(.escape)
        #expect(stage.screen.list.filter.source.isEmpty)
        stage.press(.escape)
        #expect(stage.effects == [.back])
    }

    @Test func followsTheRequestUnderTheCursor() {
        var stage = stage(100, 30)
        stage.press(.up, .character("O"))
        #expect(stage.screen.list.filter.source == "req:\(LogSample.requests[3])")
    }

    @Test func leavingTheBottomCountsWhatIsNew() {
        var stage = stage(100, 30)
        stage.press(.up)
        var volume = LogSample.volume
        volume.matching += 214
        stage.screen.take(volume)
        #expect(stage.frame().text.contains("214 new ↓"))
        stage.press(.character("G"))
        #expect(stage.screen.list.isFollowing)
        #expect(stage.screen.newCount == 0)
    }

    @Test func opensTheLineAndItsInvocation() {
        var stage = stage(100, 30)
        stage.press(.enter, .character("v"))
        #expect(stage.effects == [.open(.logLine(1016)), .open(.invocation(LogSample.requests[4]))])
    }

    @Test func goesFromErrorToError() {
        var stage = stage(100, 30)
        stage.press(.character("E"))
        #expect(stage.screen.list.selectedLine?.id == 1007)
        stage.press(.character("e"))
        #expect(stage.screen.list.selectedLine?.id == 1016)
    }

    @Test func copiesACommandThatFindsTheInvocation() {
        var stage = stage(100, 30)
        stage.press(.character("y"), .character("4"))
        guard case .copy(let text, _)? = stage.effects.last else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.hasPrefix("aws logs filter-log-events --log-group-name /aws/lambda/update-order "))
        #expect(text.contains("--filter-pattern '\"\(LogSample.requests[4])\"'"))
    }

    @Test func aClickSelectsAndADragChoosesATime() {
        var stage = stage(120, 36)
        let first = stage.screen.layout.lines
        stage.mouse(.press, 10, first.row)
        #expect(stage.screen.list.cursor == 0)
        stage.mouse(.doubleClick, 10, first.row + 1)
        #expect(stage.effects == [.open(.logLine(1002))])
        stage.mouse(.press, 30, 2)
        stage.mouse(.drag, 60, 2)
        stage.mouse(.release, 60, 2)
        let range = stage.screen.list.range
        #expect(range.map { $0.length.count > 0 && $0.end < LogSample.now } == true)
        stage.press(.escape)
        #expect(stage.screen.list.range == nil)
    }

    @Test func hostileLinesShiftNoColumn() {
        let frame = stage(120, 36).frame()
        for row in frame.text.split(separator: "\n") where row.hasPrefix("│") {
            #expect(Text.width(String(row)) == 120, "\(row)")
            #expect(!row.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) })
        }
    }

    @Test func survivesEverySize() {
        var stage = stage(80, 24)
        for size in [(0, 0), (1, 1), (2, 9), (9, 2), (13, 5), (300, 3), (3, 100), (41, 18)] {
            stage.resize(columns: size.0, rows: size.1)
            stage.press(.character("w"), .pageUp, .down, .character("o"), .character("f"), .escape, .right)
            _ = stage.frame()
        }
        stage.resize(columns: 80, rows: 24)
        #expect(!stage.frame().text.isEmpty)
    }

    private func stage(_ columns: Int, _ rows: Int) -> Stage<LogsScreen> {
        Stage(LogsScreen(), columns: columns, rows: rows, answer: LogSample.answer)
    }
}
