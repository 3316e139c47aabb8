import ArgumentParser
import JSON

struct ExecutionsStop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stops an execution that is running."
    )

    @Argument(help: "The execution's name or ARN.")
    var execution: String

    @Option(help: "The error that its history will show.")
    var error: String?

    @Option(help: "The cause that its history will show.")
    var cause: String?

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let client = try StatesClient(endpoint)
        let arn = try await client.executionARN(execution)
        var request: JSON = ["executionArn": .string(arn)]
        if let error { request["error"] = .string(error) }
        if let cause { request["cause"] = .string(cause) }
        _ = try await client.call("StopExecution", request)
        Console.say(arn)
    }
}

struct ExecutionsRedrive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Goes on with an execution where it failed, was aborted or timed out."
    )

    @Argument(help: "The execution's name or ARN.")
    var execution: String

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let client = try StatesClient(endpoint)
        let arn = try await client.executionARN(execution)
        _ = try await client.call("RedriveExecution", ["executionArn": .string(arn)])
        Console.say(arn)
    }
}
