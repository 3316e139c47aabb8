import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct Insights: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Asks the log with a query of CloudWatch Logs Insights.",
        discussion: """
            For example: fntop insights 'filter @type = "REPORT" | stats pct(@duration, 95) by bin(5m)'. With --json each \
            row is an object; values are texts, as the API gives them.
            """
    )

    @Argument(help: "The query: fields, filter, parse, stats, sort, limit, dedup, display.")
    var query: String

    @Option(help: "Only these log groups; * stands for any characters. May be given several times.")
    var group: [String] = []

    @Option(help: "The time that is looked at: 15m, 1h, …")
    var since = "1h"

    @Flag(help: "One JSON object a row and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    /// As many as one query can take (CloudWatch Logs quotas).
    private static let mostGroups = 50
    private static let pause = Duration.milliseconds(50)

    func run() async throws {
        let length = try TimeText.seconds(since)
        let client = try LogsClient(endpoint)
        let names = try await groups(client)
        let now = Int(Timestamp.now().seconds)
        let started = try await client.call(
            "StartQuery",
            [
                "logGroupNames": .array(names.map(JSON.string)), "startTime": .int(max(now - length, 0)),
                "endTime": .int(now + 60), "queryString": .string(query),
            ])
        guard let id = started["queryId"] else { throw Failure("StartQuery: the endpoint gave no id") }
        let answer = try await results(client, id)
        print(answer)
    }

    private func groups(_ client: LogsClient) async throws -> [String] {
        let globs = group.map { Glob($0, isExact: true) }
        let all = try await client.groups()
        let names = all.filter { name in globs.isEmpty || globs.contains { $0.matches(name) } }
        guard !names.isEmpty else {
            throw Failure(
                all.isEmpty
                    ? "There is no log group yet." : "No log group is called \(group.joined(separator: " or ")).")
        }
        guard names.count <= Self.mostGroups else {
            throw Failure(
                "\(names.count) log groups are more than a query can have, which is \(Self.mostGroups): choose with --group.",
                status: .wrongUsage)
        }
        return names
    }

    private func results(_ client: LogsClient, _ id: JSON) async throws -> JSON {
        while true {
            let answer = try await client.call("GetQueryResults", ["queryId": id])
            switch answer["status"]?.string {
            case "Running", "Scheduled": try await Task.sleep(for: Self.pause)
            case "Complete": return answer
            case let status:
                throw Failure(
                    "The query ended as \(status ?? "unknown"): it makes more rows than can be kept, or was stopped.")
            }
        }
    }

    private func print(_ answer: JSON) {
        let rows = (answer["results"]?.array ?? []).map { row in
            (row.array ?? []).compactMap { cell in
                cell["field"]?.string.map { (name: $0, value: cell["value"]?.string ?? "") }
            }
        }
        guard !json else {
            for row in rows { Console.say(Self.json(row).text) }
            return
        }
        var names: [String] = []
        for row in rows {
            for cell in row where cell.name != "@ptr" && !names.contains(cell.name) { names.append(cell.name) }
        }
        guard !names.isEmpty else { return Console.complain("No line is like that.") }
        let table = rows.map { row in names.map { name in row.first { $0.name == name }?.value ?? Format.none } }
        let numbers = names.indices.filter { column in table.allSatisfy { Double($0[column]) != nil } }
        Console.say(TextTable.text(names, table, right: Set(numbers)))
    }

    private static func json(_ row: [(name: String, value: String)]) -> JSON {
        var object = JSONObject()
        for cell in row { object[cell.name] = .string(cell.value) }
        return .object(object)
    }
}
