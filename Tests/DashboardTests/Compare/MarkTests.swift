import Telemetry
import TelemetryStore
import Terminal
import Testing

@testable import Dashboard

struct MarkTests {
    private let ids = LogSample.requests

    /// On the screen of an invocation.
    private func state(on id: RequestID) -> DashboardState {
        var state = DashboardState.sample(120, 40)
        _ = state.perform([.open(.invocation(id))])
        return state
    }

    @Test func aThirdMarkTakesThePlaceOfTheOldest() {
        var state = DashboardState.sample(120, 40)
        for id in ids.prefix(3) {
            _ = state.perform([.open(.invocation(id))])
            _ = state.press(.character("m"))
        }
        #expect(state.marks == [.invocation(ids[1]), .invocation(ids[2])])
        _ = state.press(.character("m"))
        #expect(state.marks == [.invocation(ids[1])])
    }

    @Test func marksSurviveOtherScreensAndAreComparedWithWhatIsSelected() {
        var state = state(on: ids[0])
        _ = state.press(.character("m"))
        #expect(state.frame().text.contains("◆"))
        _ = state.press(.character("2"))
        _ = state.perform([.open(.invocation(ids[1]))])
        _ = state.press(.character("="))
        #expect(state.stack.last?.route == .compare(.invocation(ids[0]), .invocation(ids[1])))
    }

    @Test func theMarkedTwoAreComparedWhereverThePersonIs() {
        var state = state(on: ids[0])
        state.marks = [.invocation(ids[2]), .invocation(ids[3])]
        _ = state.press(.character("="))
        #expect(state.stack.last?.route == .compare(.invocation(ids[2]), .invocation(ids[3])))
    }

    @Test func whatCannotBeComparedIsSaid() {
        var state = DashboardState.sample(120, 40)
        _ = state.press(.character("="))
        #expect(state.notice?.text.hasPrefix("nothing is marked yet") == true)
        _ = state.press(.character("m"))
        #expect(state.notice?.text == "only invocations and executions can be marked")
        state.marks = [.execution("arn")]
        _ = state.perform([.open(.invocation(ids[0]))])
        _ = state.press(.character("="))
        #expect(state.notice?.text == "an invocation and an execution cannot be compared")
        _ = state.press(.character("m"))
        #expect(state.marks == [.invocation(ids[0])])
    }

    @Test func aMarkedRowOfAListSaysSo() {
        var state = DashboardState.sample(120, 40)
        _ = state.press(.tab)
        _ = state.press(.character("m"))
        #expect(state.marks == [.invocation(InvocationSample.failed.record.requestID)])
        _ = state.press(.tab)
        #expect(state.frame().text.contains("│◆"))
    }

    @Test func allLinesOfAMarkedInvocationSaySo() {
        var stage = Stage(LogsScreen(), columns: 120, rows: 37, answer: LogSample.answer)
        stage.marks = [.invocation(ids[0])]
        let rows = stage.frame().text.split(separator: "\n").count { $0.contains("◆") }
        #expect(rows == LogSample.lines.count { $0.requestID == ids[0] })
    }
}
