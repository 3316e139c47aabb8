import AWSCore
import Glibc
import JSON
import StepFunctions
import Telemetry
import Testing

/// The runtime stops without a word and starts again over the same file.
@Suite struct DurabilityTests {
    private struct Journal: ~Copyable {
        let path = "/tmp/fntop-journal-\(RequestID()).sqlite"

        deinit { for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) } }
    }

    @Test func goesOnWaiting() async throws {
        let journal = Journal()
        let before = try await World(journal: journal.path)
        let machine = try await before.machine("m", ExecutionTests.wait)
        let execution = try await before.start(machine)
        try await before.until { before.clock.waitingCount == 1 }

        let after = try await World(journal: journal.path)
        #expect(try await after.types(execution).isEmpty)
        await after.service.resume()
        #expect(try await after.types(execution) == ["ExecutionStarted", "WaitStateEntered"])
        #expect(after.clock.waitingCount == 1)
        after.clock.advance(by: .seconds(60))
        #expect(try await after.ended(execution)["status"] == "SUCCEEDED")
    }

    @Test func runsAFunctionInFlightAgain() async throws {
        let journal = Journal()
        let before = try await World(journal: journal.path)
        let door = Door()
        before.functions.set { _, payload in
            await door.wait()
            return (payload, false)
        }
        let execution = try await before.start(try await before.machine("m", ExecutionTests.task), input: ["n": 1])
        try await before.until { try await before.types(execution).last == "LambdaFunctionStarted" }

        let after = try await World(journal: journal.path)
        await after.service.resume()
        #expect(try await after.ended(execution)["output"] == #"{"n":1}"#)
        #expect(after.functions.calls.count == 1)
        let started = try await after.types(execution).filter { $0 == "LambdaFunctionStarted" }
        #expect(started.count == 1)
        door.open()
    }

    @Test func keepsTokensOfActivities() async throws {
        let journal = Journal()
        let before = try await World(journal: journal.path)
        let activity = try await before.call("CreateActivity", ["name": "a"])["activityArn"] ?? .null
        let definition: JSON = [
            "StartAt": "T", "States": ["T": ["Type": "Task", "Resource": activity, "End": true]],
        ]
        let execution = try await before.start(try await before.machine("m", definition))
        let task = try await before.call("GetActivityTask", ["activityArn": activity])
        try await before.until { try await before.types(execution).last == "ActivityStarted" }

        let after = try await World(journal: journal.path)
        await after.service.resume()
        let answer: JSON = ["taskToken": task["taskToken"] ?? .null, "output": "1"]
        try await after.call("SendTaskSuccess", answer)
        #expect(try await after.ended(execution)["output"] == "1")
    }

    @Test func tellsTheHistoryOfWhatEndedBefore() async throws {
        let journal = Journal()
        let before = try await World(journal: journal.path)
        let execution = try await before.start(try await before.machine("m", ExecutionTests.task))
        _ = try await before.ended(execution)
        let types = try await before.types(execution)
        await before.service.shutdown()

        let after = try await World(journal: journal.path)
        await after.service.resume()
        #expect(try await after.describe(execution)["status"] == "SUCCEEDED")
        #expect(try await after.types(execution) == types)
        #expect(after.functions.calls.isEmpty)
        let machines = try await after.call("ListStateMachines")
        #expect(machines["stateMachines"]?.array?.count == 1)
    }
}
