import JSON
import StatesLanguage
import Telemetry
import Testing

@Suite struct ContainerTests {
    static func map(_ fields: String) -> String {
        machine(
            #""A":{"Type":"Map",\#(fields)"ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Task","Resource":"arn:aws:states:::s:do","End":true}}},"End":true}"#
        )
    }

    @Test func iterationsKeepToMaxConcurrency() throws {
        for (limit, seconds) in [(1, Int64(40)), (2, 20), (0, 10)] {
            var world = try FakeWorld(
                Self.map("\"MaxConcurrency\":\(limit),"), input: [1, 2, 3, 4], answers: ["s:do": [.after(10, "x")]])
            world.run()
            #expect(world.seconds == seconds)
            #expect(world.outcome?.output == ["x", "x", "x", "x"])
        }
    }

    @Test func aFailedIterationStopsTheOthers() throws {
        var world = try FakeWorld(
            Self.map(""), input: [1, 2, 3], answers: ["s:do": [.never, .failure("Boom", "bang"), .never]])
        world.run()
        #expect(world.outcome?.error == "Boom")
        #expect(world.cancelled.count == 2)
        #expect(world.types.filter { $0 == "MapIterationAborted" }.count == 2)
        #expect(world.types.suffix(2) == ["MapStateFailed", "ExecutionFailed"])
    }

    @Test func thousandsOfIterationsTakeFourEventsEach() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Map","ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Pass","End":true}}},"End":true}"#
            ), input: .array((0..<5_000).map(JSON.int)))
        world.run()
        #expect(world.outcome?.status == .succeeded)
        #expect(world.execution.history.count == 6 + 4 * 5_000)
    }

    @Test func eventsOfIterationsFollowEachOther() throws {
        var world = try FakeWorld(
            Self.map("\"MaxConcurrency\":1,"), input: [1, 2], answers: ["s:do": [.echo]])
        world.run()
        let previous = world.execution.history.map(\.previousID)
        #expect(previous == [0, 0, 2, 3, 4, 5, 6, 7, 8, 9, 9, 11, 12, 13, 14, 15, 16, 17, 17, 19])
    }
}

/// Which events a failure inside of a branch or iteration leaves, and what they follow.
@Suite struct BranchFailureTests {
    static let caught =
        #","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"End":true},"B":{"Type":"Pass","End":true}"#

    @Test func aFailStateIsFollowedByTheParallelsFailure() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Fail","Error":"E"}}}]"#
                    + Self.caught))
        world.run()
        #expect(
            world.types.dropFirst(3) == [
                "FailStateEntered", "ParallelStateFailed", "ParallelStateExited", "PassStateEntered", "PassStateExited",
                "ExecutionSucceeded",
            ])
    }

    @Test func aTaskThatEndsItsBranchIsToldAsAborted() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Task","Resource":"arn:aws:states:::s:do","End":true}}}]"#
                    + Self.caught), answers: ["s:do": [.failure("E", "C")]])
        world.run()
        #expect(
            world.types[3...9] == [
                "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskFailed", "TaskStateAborted",
                "ParallelStateFailed", "ParallelStateExited",
            ])
        #expect(world.execution.history[3...9].map(\.previousID) == [3, 4, 5, 6, 7, 7, 9])
    }

    @Test func aRuntimeErrorEndsTheExecutionWhereItIs() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Map","MaxConcurrency":1,"ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Pass","Parameters":{"m.$":"$.no"},"End":true}}}"#
                    + Self.caught), input: [1, 2])
        world.run()
        #expect(
            world.types == [
                "ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapIterationStarted", "PassStateEntered",
                "ExecutionFailed",
            ])
        #expect(world.execution.history.map(\.previousID) == [0, 0, 2, 3, 4, 5])
    }
}
