import AWSCore
import JSON
import Testing

@Suite struct MachineTests {
    static let pass: JSON = ["StartAt": "A", "States": ["A": ["Type": "Pass", "End": true]]]
    static let other: JSON = ["StartAt": "B", "States": ["B": ["Type": "Succeed"]]]

    @Test func createsTheSameMachineOnce() async throws {
        let world = try await World()
        let first = try await world.machine("m", Self.pass)
        #expect(try await world.machine("m", Self.pass) == first)
        let error = await #expect(throws: ServiceError.self) { try await world.machine("m", Self.other) }
        #expect(error?.code == "StateMachineAlreadyExists")
    }

    @Test(arguments: ["", "a b", "a/b", "a#b", "a\u{1}", String(repeating: "n", count: 81)])
    func refusesNames(_ name: String) async throws {
        let world = try await World()
        let error = await #expect(throws: ServiceError.self) { try await world.machine(name, Self.pass) }
        #expect(["InvalidName", "ValidationException"].contains(error?.code))
    }

    @Test func givesNumbersOfVersionsOnce() async throws {
        let world = try await World()
        let arn = try await world.machine("m", Self.pass)
        let first = try await world.call("PublishStateMachineVersion", ["stateMachineArn": .string(arn)])
        #expect(first["stateMachineVersionArn"] == .string("\(arn):1"))
        let again = try await world.call("PublishStateMachineVersion", ["stateMachineArn": .string(arn)])
        #expect(again["stateMachineVersionArn"] == .string("\(arn):1"))
        try await world.call("DeleteStateMachineVersion", ["stateMachineVersionArn": .string("\(arn):1")])
        let second = try await world.call("PublishStateMachineVersion", ["stateMachineArn": .string(arn)])
        #expect(second["stateMachineVersionArn"] == .string("\(arn):2"))
    }

    @Test func refusesMoreThanTheQuotas() async throws {
        let world = try await World(quota: 1)
        let arn = try await world.machine("m", Self.pass)
        _ = try await world.machine("m", Self.pass)
        let tooMany = await #expect(throws: ServiceError.self) { try await world.machine("n", Self.pass) }
        #expect(tooMany?.code == "StateMachineLimitExceeded")
        try await world.call("CreateActivity", ["name": "a"])
        try await world.call("CreateActivity", ["name": "a"])
        let another = await #expect(throws: ServiceError.self) {
            try await world.call("CreateActivity", ["name": "b"])
        }
        #expect(another?.code == "ActivityLimitExceeded")
        func publish(_ number: Int) async throws {
            let role = "arn:aws:iam::000000000000:role/r\(number)"
            let update: JSON = ["stateMachineArn": .string(arn), "publish": true, "roleArn": .string(role)]
            try await world.call("UpdateStateMachine", update)
        }
        for number in 1...1000 { try await publish(number) }
        let full = await #expect(throws: ServiceError.self) { try await publish(1001) }
        #expect(full?.code == "ServiceQuotaExceededException")
    }

    @Test func sharesExecutionsByWeight() async throws {
        let world = try await World()
        let arn = try await world.machine("m", Self.pass)
        try await world.call("PublishStateMachineVersion", ["stateMachineArn": .string(arn)])
        let update: JSON = [
            "stateMachineArn": .string(arn), "definition": .string(Self.other.text), "publish": true,
        ]
        try await world.call("UpdateStateMachine", update)
        func route(_ version: Int, _ weight: Int) -> JSON {
            ["stateMachineVersionArn": .string("\(arn):\(version)"), "weight": .int(weight)]
        }
        let wrong: JSON = ["name": "live", "routingConfiguration": [route(1, 50), route(2, 40)]]
        await #expect(throws: ServiceError.self) { try await world.call("CreateStateMachineAlias", wrong) }
        let alias: JSON = ["name": "live", "routingConfiguration": [route(1, 0), route(2, 100)]]
        try await world.call("CreateStateMachineAlias", alias)
        let execution = try await world.start("\(arn):live")
        let description = try await world.ended(execution)
        #expect(description["stateMachineVersionArn"] == .string("\(arn):2"))
        #expect(description["stateMachineAliasArn"] == .string("\(arn):live"))
        let error = await #expect(throws: ServiceError.self) {
            try await world.call("DeleteStateMachineVersion", ["stateMachineVersionArn": .string("\(arn):2")])
        }
        #expect(error?.code == "ConflictException")
    }

    @Test func pagesAndRefusesForeignTokens() async throws {
        let world = try await World()
        for number in 0..<5 { _ = try await world.machine("m\(number)", Self.pass) }
        var names: [String] = []
        var token: JSON?
        repeat {
            var input: JSON = ["maxResults": 2]
            if let token { input["nextToken"] = token }
            let page = try await world.call("ListStateMachines", input)
            names += page["stateMachines"]?.array?.compactMap { $0["name"]?.string } ?? []
            token = page["nextToken"]
        } while token != nil
        #expect(names == ["m0", "m1", "m2", "m3", "m4"])
        let page = try await world.call("ListStateMachines", ["maxResults": 1])
        let foreign: JSON = ["nextToken": page["nextToken"] ?? .null]
        let error = await #expect(throws: ServiceError.self) { try await world.call("ListActivities", foreign) }
        #expect(error?.code == "InvalidToken")
    }
}
