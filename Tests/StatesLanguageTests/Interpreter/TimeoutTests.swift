import JSON
import StatesLanguage
import Telemetry
import Testing

@Suite struct TimeoutTests {
    @Test func theMachineTimesOut() throws {
        var world = try FakeWorld(
            machine(#""A":{"Type":"Wait","Seconds":60,"End":true}"#, #""TimeoutSeconds":5,"#))
        world.run()
        #expect(world.outcome == ExecutionOutcome(status: .timedOut))
        #expect(world.seconds == 5)
        #expect(world.types == ["ExecutionStarted", "WaitStateEntered", "ExecutionTimedOut"])
    }

    @Test func aTaskTimesOutByAPath() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Task","Resource":"arn:aws:states:::s:do","TimeoutSecondsPath":"$.t","End":true}"#),
            input: ["t": 7], answers: ["s:do": [.never]])
        world.run()
        #expect(world.seconds == 7)
        #expect(world.outcome?.error == "States.Timeout")
        #expect(world.cancelled.count == 1)
        #expect(world.requests.first?.timeout == 7)
    }

    static let callback = machine(
        #""A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","HeartbeatSeconds":10,"TimeoutSeconds":25,"Parameters":{"t.$":"$$.Task.Token"},"End":true}"#
    )

    @Test func aCallbackWithoutHeartbeatTimesOut() throws {
        var world = try FakeWorld(Self.callback, answers: ["sqs:sendMessage": [.never]])
        world.run()
        #expect(world.seconds == 10)
        #expect(world.outcome?.error == "States.HeartbeatTimeout")
        let request = try #require(world.requests.first)
        #expect(request.parameters["t"] == .string(request.token))
    }

    @Test func heartbeatsKeepACallbackUpToItsTimeout() throws {
        var world = try FakeWorld(Self.callback, answers: ["sqs:sendMessage": [.never]])
        world.send(.start)
        for seconds in [Int64(8), 16, 24] {
            world.drain(until: FakeWorld.start + .seconds(seconds))
            let task = try #require(world.requests.first?.id)
            world.send(.heartbeat(task))
        }
        world.drain()
        #expect(world.seconds == 25)
        #expect(world.outcome?.error == "States.Timeout")
    }

    @Test func aLateAnswerIsOfNoInterest() throws {
        var world = try FakeWorld(Self.callback, answers: ["sqs:sendMessage": [.never]])
        world.run()
        let count = world.execution.history.count
        let task = try #require(world.requests.first?.id)
        world.send(.taskSucceeded(task, output: 1))
        world.drain()
        #expect(world.execution.history.count == count)
    }
}
