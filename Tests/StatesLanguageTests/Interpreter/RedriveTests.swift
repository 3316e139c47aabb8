import JSON
import StatesLanguage
import Telemetry
import Testing

@Suite struct RedriveTests {
    @Test func aFailedTaskIsRunAgain() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Pass","Assign":{"v":1},"Next":"B"},"B":{"Type":"Task","Resource":"arn:aws:states:::s:do","Parameters":{"v.$":"$v"},"End":true}"#
            ), answers: ["s:do": [.failure("Boom", ""), .echo]])
        world.run()
        #expect(world.outcome?.status == .failed)
        world.send(.redrive)
        world.drain()
        #expect(world.outcome?.output == ["v": 1])
        #expect(
            world.types.suffix(6) == [
                "ExecutionRedriven", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited",
                "ExecutionSucceeded",
            ])
        #expect(world.replayed().history == world.execution.history)
    }

    @Test func branchesThatSucceededAreKept() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Task","Resource":"arn:aws:states:::s:x","End":true}}},{"StartAt":"Y","States":{"Y":{"Type":"Task","Resource":"arn:aws:states:::s:y","End":true}}},{"StartAt":"Z","States":{"Z":{"Type":"Task","Resource":"arn:aws:states:::s:z","End":true}}}],"End":true}"#
            ),
            answers: [
                "s:x": [.output(1)], "s:y": [.failure("Boom", ""), .output(2)], "s:z": [.after(100, 0), .output(3)],
            ])
        world.run()
        #expect(world.outcome?.error == "Boom")
        world.send(.redrive)
        world.drain()
        #expect(world.outcome?.output == [1, 2, 3])
        #expect(world.requests.map(\.resource.key) == ["s:x", "s:y", "s:z", "s:y", "s:z"])
        #expect(world.replayed().history == world.execution.history)
    }

    @Test func iterationsThatDidNotRunYetRunAfterwards() throws {
        var world = try FakeWorld(
            ContainerTests.map("\"MaxConcurrency\":1,"), input: [1, 2, 3],
            answers: ["s:do": [.echo, .failure("Boom", ""), .echo]])
        world.run()
        world.send(.redrive)
        world.drain()
        #expect(world.outcome?.output == [1, 2, 3])
        #expect(world.requests.count == 4)
    }

    @Test func whatWasStoppedCanGoOn() throws {
        var world = try FakeWorld(machine(#""A":{"Type":"Wait","Seconds":60,"End":true}"#))
        world.send(.start)
        world.drain(until: FakeWorld.start + .seconds(10))
        world.send(.stop(error: "E", cause: "C"))
        world.drain()
        #expect(world.outcome == ExecutionOutcome(status: .aborted, error: "E", cause: "C"))
        #expect(world.types.last == "ExecutionAborted")
        world.send(.redrive)
        world.drain()
        #expect(world.outcome?.status == .succeeded)
        #expect(world.seconds == 70)
    }
}
