import JSON
import StatesLanguage
import Telemetry
import Testing

@Suite struct RetryTests {
    static func task(_ retry: String, _ more: String = "") -> String {
        machine(
            #""A":{"Type":"Task","Resource":"arn:aws:states:::s:do","Retry":["# + retry + "]" + more + #","End":true}"#)
    }

    @Test(arguments: [
        (#"{"ErrorEquals":["States.ALL"]}"#, Int64(1 + 2 + 4), 4),
        (#"{"ErrorEquals":["Boom"],"IntervalSeconds":3,"BackoffRate":1,"MaxAttempts":2}"#, 6, 3),
        (#"{"ErrorEquals":["Boom"],"IntervalSeconds":2,"BackoffRate":10,"MaxDelaySeconds":5,"MaxAttempts":3}"#, 12, 4),
        (#"{"ErrorEquals":["Boom"],"MaxAttempts":0}"#, 0, 1), (#"{"ErrorEquals":["Other"]}"#, 0, 1),
        (#"{"ErrorEquals":["States.Timeout"]},{"ErrorEquals":["Boom"],"MaxAttempts":1}"#, 1, 2),
    ])
    func pausesGrowAsTheRetrierSays(_ retry: String, _ seconds: Int64, _ attempts: Int) throws {
        var world = try FakeWorld(Self.task(retry), answers: ["s:do": [.failure("Boom", "")]])
        world.run()
        #expect(world.seconds == seconds)
        #expect(world.requests.count == attempts)
        #expect(world.outcome?.error == "Boom")
    }

    @Test func everyRetrierCountsItsOwnAttempts() throws {
        var world = try FakeWorld(
            Self.task(#"{"ErrorEquals":["X"],"MaxAttempts":1},{"ErrorEquals":["Y"],"MaxAttempts":1}"#),
            answers: ["s:do": [.failure("X", ""), .failure("Y", ""), .failure("X", "last")]])
        world.run()
        #expect(world.requests.count == 3)
        #expect(world.outcome?.cause == "last")
    }

    @Test func jitterComesFromTheSeed() throws {
        let retry = #"{"ErrorEquals":["States.ALL"],"IntervalSeconds":100,"MaxAttempts":2,"JitterStrategy":"FULL"}"#
        func end(_ seed: UInt64) throws -> Timestamp {
            var world = try FakeWorld(Self.task(retry), answers: ["s:do": [.failure("Boom", "")]], seed: seed)
            world.run()
            return world.now
        }
        #expect(try end(1) == end(1))
        #expect(try end(1) != end(2))
        #expect(try end(3) < FakeWorld.start + .seconds(300))
    }

    @Test func whatSucceedsAfterARetryGoesOn() throws {
        var world = try FakeWorld(
            Self.task(#"{"ErrorEquals":["Boom"]}"#, #","Parameters":{"n.$":"$$.State.RetryCount"}"#),
            answers: ["s:do": [.failure("Boom", ""), .echo]])
        world.run()
        #expect(world.outcome?.output == ["n": 1])
        #expect(
            world.types == [
                "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskFailed", "TaskScheduled",
                "TaskStarted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded",
            ])
    }

    @Test func aParallelIsTriedAgainAsAWhole() throws {
        var world = try FakeWorld(
            machine(
                #""A":{"Type":"Parallel","Retry":[{"ErrorEquals":["Boom"]}],"Branches":[{"StartAt":"X","States":{"X":{"Type":"Task","Resource":"arn:aws:states:::s:do","End":true}}},{"StartAt":"Y","States":{"Y":{"Type":"Task","Resource":"arn:aws:states:::s:slow","End":true}}}],"End":true}"#
            ), answers: ["s:do": [.failure("Boom", ""), .output(1)], "s:slow": [.after(60, 2)]])
        world.run()
        #expect(world.outcome?.output == [1, 2])
        #expect(world.cancelled.count == 1)
        #expect(world.seconds == 61)
        #expect(world.types.filter { $0 == "ParallelStateStarted" }.count == 2)
        #expect(!world.types.contains("ParallelStateFailed"))
    }
}
