import JSON
import Telemetry
import Testing

@testable import TelemetryStore

struct HistoryProgressTests {
    @Test func countsAttemptsAndTheWaitsBetween() throws {
        let progress = progress([
            ("ExecutionStarted", 0, 0, [:]), ("TaskStateEntered", 0, 0, ["name": "Pay", "input": "{}"]),
            ("TaskScheduled", 2, 1, [:]), ("TaskStarted", 3, 2, [:]),
            ("TaskFailed", 4, 10, ["error": "Busy", "cause": "later"]), ("TaskScheduled", 5, 30, [:]),
        ])
        let visit = try #require(progress.visits.first)
        #expect(visit.attempts.map(\.status) == [.failed, .running])
        #expect(visit.attempts.first?.error == "Busy")
        #expect(visit.isOpen && !visit.isWaitingToRetry)
        #expect(visit.attempts[1].scheduled - visit.attempts[0].scheduled == .milliseconds(29))
    }

    @Test func aStateThatFailedAndGoesOnWasCaught() {
        let progress = progress([
            ("ExecutionStarted", 0, 0, [:]), ("TaskStateEntered", 0, 0, ["name": "Pay"]), ("TaskScheduled", 2, 1, [:]),
            ("TaskFailed", 3, 2, ["error": "No"]), ("TaskStateExited", 4, 2, ["name": "Pay", "output": "{}"]),
            ("PassStateEntered", 5, 2, ["name": "Refund"]), ("PassStateExited", 6, 3, ["name": "Refund"]),
            ("ExecutionSucceeded", 7, 3, [:]),
        ])
        #expect(progress.visits.map(\.status) == [.caught, .succeeded])
        #expect(progress.visits[1].previous == 0)
        #expect(progress.status == .succeeded)
        #expect(progress.failed == nil)
    }

    @Test func theInnermostStateMakesTheExecutionFail() {
        let progress = progress([
            ("ExecutionStarted", 0, 0, [:]), ("ParallelStateEntered", 0, 0, ["name": "Both"]),
            ("ParallelStateStarted", 2, 0, [:]), ("TaskStateEntered", 3, 0, ["name": "Bad"]),
            ("TaskScheduled", 4, 0, [:]), ("WaitStateEntered", 3, 0, ["name": "Slow"]),
            ("TaskFailed", 5, 4, ["error": "No", "cause": "why"]), ("ParallelStateFailed", 7, 4, [:]),
            ("ExecutionFailed", 8, 4, ["error": "No", "cause": "why"]),
        ])
        let names = Dictionary(progress.visits.map { ($0.name, $0.status) }) { $1 }
        #expect(names == ["Both": .failed, "Bad": .failed, "Slow": .aborted])
        #expect(progress.failed.map { progress.visits[$0].name } == "Bad")
        #expect(progress.visits[1].parent == 0)
    }

    @Test func tellsTheItemsOfAMapApart() {
        let progress = progress([
            ("ExecutionStarted", 0, 0, [:]), ("MapStateEntered", 0, 0, ["name": "Each"]),
            ("MapStateStarted", 2, 0, ["length": 2]), ("MapIterationStarted", 3, 0, ["name": "Each", "index": 0]),
            ("PassStateEntered", 4, 0, ["name": "In"]), ("MapIterationStarted", 3, 1, ["name": "Each", "index": 1]),
            ("PassStateEntered", 6, 1, ["name": "In"]), ("PassStateExited", 5, 2, ["name": "In"]),
            ("MapIterationSucceeded", 8, 2, ["name": "Each", "index": 0]),
        ])
        #expect(progress.visits.filter { $0.name == "In" }.map(\.iteration) == [0, 1])
        #expect(progress.visits.filter { $0.name == "In" }.map(\.status) == [.succeeded, .running])
        #expect(progress.visits[0].iterations.map(\.status) == [.succeeded, .running])
        #expect(progress.visits[0].length == 2)
        #expect(progress.outline == [0])
    }

    @Test func aContainerThatIsTriedAgainStartsOver() {
        let progress = progress([
            ("ExecutionStarted", 0, 0, [:]), ("MapStateEntered", 0, 0, ["name": "Each"]),
            ("MapStateStarted", 2, 0, ["length": 1]), ("MapIterationStarted", 3, 0, ["name": "Each", "index": 0]),
            ("FailStateEntered", 4, 0, ["name": "Bad"]), ("MapIterationFailed", 5, 0, ["name": "Each", "index": 0]),
            ("MapStateFailed", 5, 0, ["error": "E"]), ("MapStateStarted", 7, 9, ["length": 1]),
            ("MapIterationStarted", 8, 9, ["name": "Each", "index": 0]),
        ])
        #expect(progress.visits[0].status == .running)
        #expect(progress.visits[0].attempts.map(\.status) == [.failed, .running])
        #expect(progress.visits[0].iterations.map(\.status) == [.running])
        #expect(progress.visits[1].status == .failed)
    }

    @Test func aRedrivenExecutionGoesOnWhereItFailed() {
        let progress = progress([
            ("ExecutionStarted", 0, 0, [:]), ("TaskStateEntered", 0, 0, ["name": "Pay"]), ("TaskScheduled", 2, 0, [:]),
            ("TaskFailed", 3, 1, ["error": "E"]), ("ExecutionFailed", 4, 1, ["error": "E"]),
            ("ExecutionRedriven", 5, 5, [:]), ("TaskScheduled", 6, 5, [:]), ("TaskSucceeded", 7, 6, ["output": "1"]),
            ("TaskStateExited", 8, 6, ["name": "Pay"]), ("ExecutionSucceeded", 9, 6, [:]),
        ])
        #expect(progress.visits.map(\.status) == [.succeeded])
        #expect(progress.status == .succeeded)
        #expect(progress.visits[0].attempts.count == 2)
    }

    @Test(arguments: [-1, 0, 7, Int.max])
    func eventsThatMakeNoSenseBelongNowhere(_ previous: Int) {
        let progress = progress([
            ("MapIterationStarted", previous, 0, ["name": "?", "index": .int(previous)]),
            ("TaskStateExited", previous, 0, ["name": "Never"]), ("ParallelStateSucceeded", previous, 0, [:]),
            ("TaskFailed", previous, 0, [:]), ("Unknown", previous, 0, [:]),
        ])
        #expect(progress.visits.isEmpty)
        #expect(progress.eventCount == 5)
    }

    private func progress(_ events: [(String, Int, Int64, JSON)]) -> HistoryProgress {
        var progress = HistoryProgress()
        for (place, event) in events.enumerated() {
            progress.take(
                HistoryEvent(
                    id: place + 1, previousID: event.1, time: Timestamp(milliseconds: 1_000_000 + event.2),
                    type: event.0,
                    details: event.3.object))
        }
        return progress
    }
}
