import AWSCore
import JSON
import Telemetry
import Testing

@Suite struct ExecutionTests {
    static let function = "arn:aws:lambda:us-east-1:000000000000:function:f"
    static let task: JSON = [
        "StartAt": "T", "States": ["T": ["Type": "Task", "Resource": .string(function), "End": true]],
    ]
    static let wait: JSON = [
        "StartAt": "W", "States": ["W": ["Type": "Wait", "Seconds": 60, "End": true]],
    ]

    @Test func runsAFunctionAndTellsItsInvocation() async throws {
        let world = try await World()
        let execution = try await world.start(try await world.machine("m", Self.task), input: ["n": 1])
        let description = try await world.ended(execution)
        #expect(description["status"] == "SUCCEEDED")
        #expect(description["output"] == #"{"n":1}"#)
        let types = try await world.types(execution)
        #expect(
            types == [
                "ExecutionStarted", "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted",
                "LambdaFunctionSucceeded", "TaskStateExited", "ExecutionSucceeded",
            ])
        let invocations = world.sink.events.compactMap { event in
            if case .executionHistory(let history) = event.kind { history.invocations } else { nil }
        }
        #expect(invocations.flatMap(\.keys) == [3])
    }

    @Test func answersTheSameStartWithTheSameExecution() async throws {
        let world = try await World()
        let machine = try await world.machine("m", Self.wait)
        let first = try await world.start(machine, name: "n")
        #expect(try await world.start(machine, name: "n") == first)
        let error = await #expect(throws: ServiceError.self) {
            try await world.start(machine, name: "n", input: ["other": 1])
        }
        #expect(error?.code == "ExecutionAlreadyExists")
    }

    @Test func waitsOnTheClock() async throws {
        let world = try await World()
        let execution = try await world.start(try await world.machine("m", Self.wait))
        try await world.until { world.clock.waitingCount == 1 }
        #expect(try await world.describe(execution)["status"] == "RUNNING")
        world.clock.advance(by: .seconds(60))
        #expect(try await world.ended(execution)["status"] == "SUCCEEDED")
    }

    @Test func stopsAndForgetsTimers() async throws {
        let world = try await World()
        let execution = try await world.start(try await world.machine("m", Self.wait))
        try await world.until { world.clock.waitingCount == 1 }
        let stop: JSON = ["executionArn": .string(execution), "error": "E", "cause": "C"]
        try await world.call("StopExecution", stop)
        let description = try await world.describe(execution)
        #expect(description["status"] == "ABORTED")
        #expect(description["error"] == "E")
        #expect(world.clock.waitingCount == 0)
    }

    @Test func failsWithTheFunctionsError() async throws {
        let world = try await World()
        world.functions.set { _, _ in (["errorType": "Broken", "errorMessage": "no"], true) }
        let execution = try await world.start(try await world.machine("m", Self.task))
        let description = try await world.ended(execution)
        #expect(description["error"] == "Broken")
        #expect(description["cause"] == #"{"errorType":"Broken","errorMessage":"no"}"#)
    }

    @Test func redrivesFromWhereItFailed() async throws {
        let world = try await World()
        world.functions.set { _, _ in (["errorType": "Broken"], true) }
        let execution = try await world.start(try await world.machine("m", Self.task), input: ["n": 1])
        #expect(try await world.ended(execution)["redriveStatus"] == "REDRIVABLE")
        world.functions.set { _, payload in (payload, false) }
        try await world.call("RedriveExecution", ["executionArn": .string(execution)])
        let description = try await world.ended(execution)
        #expect(description["status"] == "SUCCEEDED")
        #expect(description["redriveCount"] == 1)
        await #expect(throws: ServiceError.self) {
            try await world.call("RedriveExecution", ["executionArn": .string(execution)])
        }
    }

    @Test func answersExpressExecutionsAtOnce() async throws {
        let world = try await World()
        let machine = try await world.machine("m", Self.task, type: "EXPRESS")
        let answer = try await world.call(
            "StartSyncExecution", ["stateMachineArn": .string(machine), "input": #"{"n":1}"#])
        #expect(answer["status"] == "SUCCEEDED")
        #expect(answer["billingDetails"]?["billedMemoryUsedInMB"] == 64)
        let error = await #expect(throws: ServiceError.self) {
            try await world.call("ListExecutions", ["stateMachineArn": .string(machine)])
        }
        #expect(error?.code == "StateMachineTypeNotSupported")
    }

    @Test func readsHistoryBackwardsInPages() async throws {
        let world = try await World()
        let execution = try await world.start(try await world.machine("m", Self.task))
        _ = try await world.ended(execution)
        var ids: [Int] = []
        var token: JSON?
        repeat {
            var input: JSON = ["executionArn": .string(execution), "reverseOrder": true, "maxResults": 3]
            if let token { input["nextToken"] = token }
            let page = try await world.call("GetExecutionHistory", input)
            ids += page["events"]?.array?.compactMap { $0["id"]?.int } ?? []
            token = page["nextToken"]
        } while token != nil
        #expect(ids == [7, 6, 5, 4, 3, 2, 1])
    }

    @Test func dropsTheOldestHistoriesFirst() async throws {
        let world = try await World(historyCap: 6000)
        let machine = try await world.machine("m", Self.task)
        var executions: [String] = []
        for number in 0..<10 {
            let execution = try await world.start(machine, name: "n\(number)")
            _ = try? await world.ended(execution)
            executions.append(execution)
        }
        let first = executions[0]
        await #expect(throws: ServiceError.self) { try await world.describe(first) }
        #expect(try await world.describe(executions[9])["status"] == "SUCCEEDED")
    }
}
