import ArgumentParser
import Configuration
import Dashboard
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct ExecutionsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints how an execution went: status, times, states, error, picture.",
        discussion: """
            With --json it is one object: the answer of DescribeExecution with the states that were visited as "states".
            """
    )

    @Argument(help: "The execution's ARN or name.")
    var execution: String

    @Flag(help: "One JSON object.")
    var json = false

    @Flag(name: .customLong("no-graph"), help: "Without the picture.")
    var noGraph = false

    @Flag(help: "With colours, as ANSI sequences.")
    var ansi = false

    @OptionGroup var screen: ScreenOptions
    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let client = try StatesClient(endpoint)
        let arn = try await client.executionARN(execution)
        var facts = try await client.call("DescribeExecution", ["executionArn": .string(arn)])
        let progress = HistoryProgress(try await client.history(arn).map(HistoryEvent.init(awsJSON:)))
        let now = Timestamp.now()
        guard !json else {
            facts["states"] = .array(progress.visits.map { Self.json($0) })
            Console.say(facts.text)
            return
        }
        Console.say(head(facts, until: now))
        Console.say("\n" + states(progress, until: now))
        guard !noGraph else { return }
        let machine = try await client.call("DescribeStateMachineForExecution", ["executionArn": .string(arn)])
        guard let definition = machine["definition"]?.string.flatMap({ try? JSON(parsing: Array($0.utf8)) }) else {
            return
        }
        var picture = GraphText(definition: definition)
        picture.progress = ExecutionProgress(visits: progress, definition: definition, until: now)
        picture.glyphs = screen.ascii ? .ascii : .unicode
        picture.isANSI = ansi
        Console.say("\n" + picture.text)
    }

    private func head(_ facts: JSON, until now: Timestamp) -> String {
        let machine = ExecutionText.name(ofARN: facts["stateMachineArn"]?.string ?? "")
        var lines = [
            "\(facts["name"]?.string ?? "")  \(facts["status"]?.string ?? "")  "
                + "\(ExecutionText.duration(facts, until: now))  \(machine)",
            facts["executionArn"]?.string ?? "",
            "started  \(ExecutionText.time(facts["startDate"]))",
        ]
        if facts["stopDate"]?.double != nil { lines.append("ended    \(ExecutionText.time(facts["stopDate"]))") }
        if let count = facts["redriveCount"]?.int, count > 0 { lines.append("redriven \(count)×") }
        for member in ["input", "output", "error", "cause"] {
            guard let text = facts[member]?.string else { continue }
            lines.append(member + String(repeating: " ", count: 9 - member.count) + text)
        }
        return lines.map { SafeText.visible(Array($0.utf8)) }.joined(separator: "\n")
    }

    private func states(_ progress: HistoryProgress, until now: Timestamp) -> String {
        let rows = progress.visits.map { visit in
            [
                String(repeating: "  ", count: Self.depth(visit, progress)) + visit.name
                    + (visit.iteration.map { " #\($0)" } ?? ""),
                visit.status.rawValue, Format.duration(microseconds: ((visit.ended ?? now) - visit.entered).count),
                visit.attempts.isEmpty ? "" : String(visit.attempts.count),
                [visit.error, visit.cause].compactMap { $0 }.joined(separator: ": "),
            ]
        }
        return TextTable.text(["STATE", "STATUS", "DURATION", "TRIES", "ERROR"], rows, right: [2, 3])
    }

    private static func depth(_ visit: StateVisit, _ progress: HistoryProgress) -> Int {
        var depth = 0
        var parent = visit.parent
        while let place = parent, depth < 20 {
            depth += 1
            parent = progress.visits[place].parent
        }
        return depth
    }

    private static func json(_ visit: StateVisit) -> JSON {
        var json: JSON = [
            "name": .string(visit.name), "type": .string(visit.kind), "status": .string(visit.status.rawValue),
            "entered": .double(Double(visit.entered.microseconds) / 1_000_000), "attempts": .int(visit.attempts.count),
        ]
        if let ended = visit.ended { json["durationMilliseconds"] = .double((ended - visit.entered).milliseconds) }
        if let iteration = visit.iteration { json["iteration"] = .int(iteration) }
        if let error = visit.error { json["error"] = .string(error) }
        if let cause = visit.cause { json["cause"] = .string(cause) }
        return json
    }
}

extension HistoryProgress {
    init(_ events: [HistoryEvent]) {
        self.init()
        for event in events { take(event) }
    }
}
