import ArgumentParser

struct Invoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Calls a function and prints its answer.",
        discussion: "Ends with status 1 when the function failed; its error is printed all the same."
    )

    @Argument(help: "The function's name or ARN.")
    var function: String

    @Option(help: "The event: JSON, @file, or - for standard input.")
    var payload = "{}"

    @Flag(name: .customLong("async"), help: "Do not wait: the event is queued.")
    var isAsynchronous = false

    @Flag(help: "Print the end of the invocation's log to standard error.")
    var log = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let client = EndpointClient(try endpoint.address())
        let event = try Console.readArgument(payload)
        let reply = try await client.invoke(function, payload: event, isAsynchronous: isAsynchronous)
        if log { Console.write(reply.log, to: 2) }
        guard !isAsynchronous else {
            Console.say(reply.requestID)
            return
        }
        Console.write(reply.payload + [UInt8(ascii: "\n")])
        guard reply.functionError == nil else {
            throw Failure("\(function) failed; its error is above. Request id: \(reply.requestID)")
        }
    }
}
