import ArgumentParser
import JSON

struct ExecutionsStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Starts an execution and prints its ARN, or with --wait its output.",
        discussion: "With --wait it ends with status 1 when the execution failed; error and cause are printed."
    )

    @Argument(help: "The state machine's name or ARN.")
    var machine: String

    @Option(help: "The input: JSON, @file, or - for standard input.")
    var input = "{}"

    @Option(help: "The execution's name; one is made up without it.")
    var name: String?

    @Flag(help: "Wait until it has ended, and print the output.")
    var wait = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let text = String(decoding: try Console.readArgument(input), as: UTF8.self)
        let client = try StatesClient(endpoint)
        let machineARN = try await client.machineARN(machine)
        var request: JSON = ["stateMachineArn": .string(machineARN), "input": .string(text)]
        if let name { request["name"] = .string(name) }
        if wait, try await isExpress(machineARN, client) {
            let answer = try await client.call("StartSyncExecution", request)
            return try Self.finish(answer, client)
        }
        let started = try await client.call("StartExecution", request)
        let arn = started["executionArn"]?.string ?? ""
        guard wait else {
            Console.say(arn)
            return
        }
        try Self.finish(try await ended(arn, client), client)
    }

    private func isExpress(_ arn: String, _ client: StatesClient) async throws -> Bool {
        try await client.call("DescribeStateMachine", ["stateMachineArn": .string(arn)])["type"]?.string == "EXPRESS"
    }

    private func ended(_ arn: String, _ client: StatesClient) async throws -> JSON {
        var pause = 20
        while true {
            let facts = try await client.call("DescribeExecution", ["executionArn": .string(arn)])
            guard facts["status"]?.string == "RUNNING" else { return facts }
            try await Task.sleep(for: .milliseconds(pause))
            pause = min(pause * 3 / 2, 500)
        }
    }

    private static func finish(_ facts: JSON, _ client: StatesClient) throws {
        let status = facts["status"]?.string ?? ""
        guard status == "SUCCEEDED" else {
            let reason = [facts["error"]?.string, facts["cause"]?.string].compactMap { $0 }.joined(separator: ": ")
            let name = facts["name"]?.string ?? facts["executionArn"]?.string ?? "The execution"
            throw Failure("\(name) \(status)\(reason.isEmpty ? "" : ": " + SafeText.visible(Array(reason.utf8)))")
        }
        Console.say(facts["output"]?.string ?? "")
    }
}

extension Console {
    /// - Parameter argument: the text itself, `@file`, or `-` for standard input.
    static func readArgument(_ argument: String) throws -> [UInt8] {
        if argument == "-" { return readInput() }
        if argument.hasPrefix("@") { return try readFile(String(argument.dropFirst())) }
        return Array(argument.utf8)
    }
}
