import AWSCore
import ArgumentParser
import JSON
import Telemetry
import Terminal

struct ExecutionsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Prints the executions, the newest first.",
        discussion: """
            Endpoints keep no list of the executions of Express state machines. With --json each line is an item of \
            ListExecutions.
            """
    )

    @Argument(help: "Only of this state machine: its name or ARN.")
    var machine: String?

    @Option(help: "Only RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE ones.")
    var status: String?

    @Option(help: "At most so many.")
    var limit = 100

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let wanted = try status.map { try Self.status($0) }
        guard limit > 0 else { throw ValidationError("--limit is at least 1.") }
        let client = try StatesClient(endpoint)
        let items = try await client.executions(of: machine, status: wanted, limit: limit)
        guard !json else {
            for item in items { Console.say(item.text) }
            return
        }
        let now = Timestamp.now()
        let rows = items.map { item in
            [
                item["name"]?.string ?? "", item["status"]?.string ?? "",
                ExecutionText.time(item["startDate"]), ExecutionText.duration(item, until: now),
                ExecutionText.name(ofARN: item["stateMachineArn"]?.string ?? ""),
            ]
        }
        Console.say(TextTable.text(["NAME", "STATUS", "STARTED", "DURATION", "STATE MACHINE"], rows, right: [3]))
    }

    private static func status(_ text: String) throws -> String {
        let name = text.uppercased().replacing("-", with: "_")
        let all = ExecutionStatus.allCases.map(\.rawValue)
        guard all.contains(name) else {
            throw ValidationError("\(text) is no status; there are \(all.joined(separator: ", ")).")
        }
        return name
    }
}

/// Facts of executions as a person reads them.
enum ExecutionText {
    /// In UTC.
    static func time(_ seconds: JSON?) -> String {
        guard seconds?.double != nil else { return Format.none }
        return ISOTime.text(milliseconds: Timestamp(awsSeconds: seconds).milliseconds, hasMilliseconds: true)
    }

    /// - Parameter item: with `startDate` and, when it has ended, `stopDate`.
    static func duration(_ item: JSON, until now: Timestamp) -> String {
        guard item["startDate"] != nil else { return Format.none }
        let end = item["stopDate"]?.double == nil ? now : Timestamp(awsSeconds: item["stopDate"])
        return Format.duration(microseconds: (end - Timestamp(awsSeconds: item["startDate"])).count)
    }

    static func name(ofARN arn: String) -> String {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 6 ? String(parts[6]) : arn
    }
}
