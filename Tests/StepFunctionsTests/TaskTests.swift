import AWSCore
import JSON
import Telemetry
import Testing

@Suite struct TaskTests {
    private static func task(_ resource: String, _ parameters: JSON) -> JSON {
        [
            "StartAt": "T",
            "States": [
                "T": ["Type": "Task", "Resource": .string(resource), "Parameters": parameters, "End": true]
            ],
        ]
    }

    @Test func callsServicesInTheirOwnNames() async throws {
        let world = try await World()
        world.services.set { service, operation, input throws(ServiceError) in
            ["service": .string(service), "operation": .string(operation), "given": input, "startDate": 1700000000.5]
        }
        let definition = Self.task(
            "arn:aws:states:::aws-sdk:sfn:describeExecution", ["ExecutionArn": "x", "Input": ["a": 1]])
        let execution = try await world.start(try await world.machine("m", definition))
        let text = try await world.ended(execution)["output"]?.string ?? ""
        let output = try JSON(parsing: text)
        #expect(output["Service"] == "states")
        #expect(output["Operation"] == "DescribeExecution")
        #expect(output["StartDate"] == "2023-11-14T22:13:20.500Z")
        #expect(output["Given"]?["ExecutionArn"] == "x")
        #expect(output["Given"]?["Input"] == #"{"a":1}"#)
    }

    struct Failing {
        var resource: String
        var error: ServiceError
        var name: String
    }

    @Test(arguments: [
        Failing(
            resource: "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess", error: ServiceError("InvalidToken", "no"),
            name: "Sfn.InvalidTokenException"),
        Failing(
            resource: "arn:aws:states:::aws-sdk:dynamodb:putItem",
            error: ServiceError("ConditionalCheckFailedException", "no"),
            name: "DynamoDb.ConditionalCheckFailedException"
        ),
        Failing(
            resource: "arn:aws:states:::dynamodb:putItem", error: ServiceError("ConditionalCheckFailedException", "no"),
            name: "DynamoDB.ConditionalCheckFailedException"),
    ])
    func namesErrorsAsTheSDKDoes(_ failing: Failing) async throws {
        let world = try await World()
        let error = failing.error
        world.services.set { _, _, _ throws(ServiceError) in throw error }
        let machine = try await world.machine("m", Self.task(failing.resource, ["A": 1]))
        let description = try await world.ended(try await world.start(machine))
        #expect(description["error"] == .string(failing.name))
    }

    @Test func saysWhatCannotRunHere() async throws {
        let world = try await World()
        let machine = try await world.machine("m", Self.task("arn:aws:states:::ecs:runTask.sync", ["A": 1]))
        let description = try await world.ended(try await world.start(machine))
        #expect(description["status"] == "FAILED")
        #expect(description["cause"]?.string?.contains("ecs:runTask") == true)
    }

    @Test func waitsForATokenAndTellsLateWorkers() async throws {
        let world = try await World()
        world.services.set { _, _, _ throws(ServiceError) in ["MessageId": "1"] }
        let definition = Self.task(
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken", ["QueueUrl": "q", "MessageBody.$": "$$.Task.Token"])
        let execution = try await world.start(try await world.machine("m", definition))
        try await world.until { try await world.types(execution).contains("TaskSubmitted") }
        let page = try await world.call("GetExecutionHistory", ["executionArn": .string(execution)])
        let parameters = page["events"]?[2]?["taskScheduledEventDetails"]?["parameters"]?.string ?? ""
        let token = try JSON(parsing: parameters)["MessageBody"] ?? .null
        let unknown = await #expect(throws: ServiceError.self) {
            try await world.call("SendTaskSuccess", ["taskToken": "nothing", "output": "1"])
        }
        #expect(unknown?.code == "InvalidToken")
        try await world.call("SendTaskSuccess", ["taskToken": token, "output": #"{"ok":true}"#])
        #expect(try await world.ended(execution)["output"] == #"{"ok":true}"#)
        let late = await #expect(throws: ServiceError.self) {
            try await world.call("SendTaskSuccess", ["taskToken": token, "output": "1"])
        }
        #expect(late?.code == "TaskTimedOut")
    }

    @Test func handsTasksToWorkersOfAnActivity() async throws {
        let world = try await World()
        let activity = try await world.call("CreateActivity", ["name": "a"])["activityArn"] ?? .null
        let definition: JSON = [
            "StartAt": "T", "States": ["T": ["Type": "Task", "Resource": activity, "End": true]],
        ]
        let execution = try await world.start(try await world.machine("m", definition), input: ["n": 1])
        let task = try await world.call("GetActivityTask", ["activityArn": activity, "workerName": "w"])
        #expect(task["input"] == #"{"n":1}"#)
        let token = task["taskToken"] ?? .null
        try await world.call("SendTaskFailure", ["taskToken": token, "error": "E", "cause": "C"])
        #expect(try await world.ended(execution)["error"] == "E")
    }

    @Test func letsAWorkerGoAfterAMinute() async throws {
        let world = try await World()
        let activity = try await world.call("CreateActivity", ["name": "a"])["activityArn"] ?? .null
        async let task = world.call("GetActivityTask", ["activityArn": activity])
        try await world.until { world.clock.waitingCount == 1 }
        world.clock.advance(by: .seconds(60))
        #expect(try await task == [:])
    }

    @Test func waitsForNestedExecutions() async throws {
        let world = try await World()
        let child = try await world.machine("child", ExecutionTests.wait)
        let definition = Self.task(
            "arn:aws:states:::states:startExecution.sync:2", ["StateMachineArn": .string(child), "Input": ["n": 1]])
        let execution = try await world.start(try await world.machine("m", definition))
        try await world.until { world.clock.waitingCount == 1 }
        world.clock.advance(by: .seconds(60))
        let text = try await world.ended(execution)["output"]?.string ?? ""
        #expect(try JSON(parsing: text)["Output"] == ["n": 1])
    }

    @Test func stopsTheNestedExecutionWithItsParent() async throws {
        let world = try await World()
        let child = try await world.machine("child", ExecutionTests.wait)
        let definition = Self.task(
            "arn:aws:states:::states:startExecution.sync", ["StateMachineArn": .string(child), "Input": [:]])
        let execution = try await world.start(try await world.machine("m", definition))
        try await world.until { world.clock.waitingCount == 1 }
        try await world.call("StopExecution", ["executionArn": .string(execution)])
        try await world.until {
            let page = try await world.call("ListExecutions", ["stateMachineArn": .string(child)])
            return page["executions"]?[0]?["status"] == "ABORTED"
        }
        #expect(world.clock.waitingCount == 0)
    }

    @Test func runsFewFunctionsAtOnceButNeverWaitsForEver() async throws {
        let world = try await World()
        let door = Door()
        world.functions.set { _, payload in
            await door.wait()
            return (payload, false)
        }
        let machine = try await world.machine("m", ExecutionTests.task)
        for _ in 0..<10 { _ = try await world.start(machine) }
        try await world.until { world.functions.running == 4 && world.clock.waitingCount == 1 }
        #expect(world.functions.running == 4)
        world.clock.advance(by: .milliseconds(250))
        try await world.until { world.functions.running == 5 }
        #expect(world.functions.mostRunning == 5)
        door.open()
    }

    @Test func answersForMockedStates() async throws {
        let mocks = """
            {"StateMachines": {"m": {"TestCases": {"Paid": {"T": "Answer"}}}},
             "MockedResponses": {"Answer": {"0": {"Return": {"mocked": true}}}}}
            """
        let world = try await World(mocks: mocks)
        let machine = try await world.machine("m", ExecutionTests.task)
        let execution = try await world.start("\(machine)#Paid")
        #expect(try await world.ended(execution)["output"] == #"{"mocked":true}"#)
        #expect(world.functions.calls.isEmpty)
    }
}
