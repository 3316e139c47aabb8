import JSON
import StatesLanguage
import Telemetry
import Testing

@Suite struct MapRunTests {
    static let distributed = machine(
        #""A":{"Type":"Map","Label":"run","ItemsPath":"$.l","ItemSelector":{"v.$":"$$.Map.Item.Value","k.$":"$.k"},"MaxConcurrency":3,"ToleratedFailurePercentagePath":"$.p","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"X","States":{"X":{"Type":"Pass","End":true}}},"End":true}"#
    )

    private func started(_ input: JSON) throws -> (Execution, MapRunRequest?) {
        var execution = Execution(
            definition: StateMachineDefinition(try JSON(parsing: Self.distributed)), identity: FakeWorld.identity,
            input: input, seed: 1)
        for action in execution.handle(.start, at: FakeWorld.start) {
            if case .startMapRun(let request) = action { return (execution, request) }
        }
        return (execution, nil)
    }

    @Test func aDistributedMapAsksForARun() throws {
        var (execution, found) = try started(["l": [1, 2], "k": "key", "p": 12.5])
        let request = try #require(found)
        #expect(request.items == [1, 2])
        #expect(request.label == "run")
        #expect(request.executionType == "EXPRESS")
        #expect(request.maxConcurrency == 3)
        #expect(request.toleratedFailurePercentage == 12.5)
        #expect(request.processor.startAt == "X")
        let selector = PreparedItemSelector(try #require(request.itemSelector))
        #expect(try selector.input(index: 1, value: 2, seed: 1, now: FakeWorld.start) == ["v": 2, "k": "key"])
        _ = execution.handle(.mapRunStarted(request.id, mapRunARN: "arn:run"), at: FakeWorld.start)
        _ = execution.handle(.mapRunSucceeded(request.id, output: ["done"]), at: FakeWorld.start)
        #expect(
            execution.history.map(\.type) == [
                "ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapRunStarted", "MapRunSucceeded",
                "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded",
            ])
    }

    @Test func aRunThatFailedIsRedriven() throws {
        var (execution, found) = try started(["l": [1], "k": 1, "p": 0])
        let request = try #require(found)
        _ = execution.handle(.mapRunStarted(request.id, mapRunARN: "arn:run"), at: FakeWorld.start)
        _ = execution.handle(.mapRunFailed(request.id, TaskFailure("E", "C")), at: FakeWorld.start)
        #expect(execution.history.suffix(3).map(\.type) == ["MapRunFailed", "MapStateFailed", "ExecutionFailed"])
        let actions = execution.handle(.redrive, at: FakeWorld.start)
        guard case .startMapRun(let again)? = actions.last else {
            Issue.record("no run was asked for")
            return
        }
        #expect(again.redriven)
    }

    @Test func aPercentageOutOfRangeFails() throws {
        let (execution, request) = try started(["l": [1], "k": 1, "p": 101])
        #expect(request == nil)
        #expect(execution.status == .failed)
        #expect(
            execution.history.last?.details?["cause"]
                == "An error occurred while executing the state 'A' (entered at the event id #2). ToleratedFailurePercentage must be between 0 and 100."
        )
    }
}
