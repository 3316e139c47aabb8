import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct ExecutionsHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Prints the events of an execution, oldest first.",
        discussion: "With --json each line is an event of GetExecutionHistory."
    )

    @Argument(help: "The execution's name or ARN.")
    var execution: String

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let client = try StatesClient(endpoint)
        let events = try await client.history(try await client.executionARN(execution))
        guard !json else {
            for event in events { Console.say(event.text) }
            return
        }
        let parsed = events.map(HistoryEvent.init(awsJSON:))
        let start = parsed.first?.time ?? Timestamp(milliseconds: 0)
        var progress = HistoryProgress()
        let rows = parsed.map { event in
            progress.take(event)
            let state = progress.visit(ofEvent: event.id).map { progress.visits[$0].name } ?? ""
            let after = "+" + Format.duration(microseconds: (event.time - start).count)
            return [String(event.id), after, event.type, state, Self.summary(event)]
        }
        Console.say(TextTable.text(["ID", "AFTER", "EVENT", "STATE", "DETAILS"], rows, right: [0, 1]))
    }

    /// What matters of an event in at most a few words.
    private static func summary(_ event: HistoryEvent) -> String {
        let fields = [event.error, event.cause, event.output, event.input, event.text("resource")]
        return Text.cut(fields.lazy.compactMap { $0 }.prefix(2).joined(separator: ": "), to: 80)
    }
}
