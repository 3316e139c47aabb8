import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct TablesShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints what was done with a table, by operation, its hottest keys and who reads its stream."
    )

    @Argument(help: "The table.")
    var table: String

    @Option(help: "The window: 15m, 1h, …")
    var since = "15m"

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let length = Microseconds.seconds(Int64(try TimeText.seconds(since)))
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let window = TimeWindow(last: length, until: .now() + .seconds(1))
        guard let detail = await attached.store.table(table, in: window, buckets: 1) else {
            let names = await attached.store.tables(window, buckets: 1).tables.map(\.table.name)
            throw Failure(
                "There is no table \(table)"
                    + (names.isEmpty ? "; there are none." : "; there are: \(names.joined(separator: ", "))."))
        }
        Console.say(json ? Self.json(detail).text : Self.text(detail))
    }

    private static func json(_ detail: TableDetail) -> JSON {
        var json = TableText.json(detail.summary)
        json["operations"] = .array(detail.operations.map(TableText.json))
        json["hottestKeys"] = .array(detail.summary.hotKeys.keys.map(TableText.json))
        json["eventSources"] = .array(detail.stories.map(self.json))
        return json
    }

    private static func json(_ story: EventSourceStory) -> JSON {
        [
            "id": .string(story.id), "function": .string(story.function), "state": .string(story.state),
            "deliveredRecords": .int(story.deliveredRecords), "discardedRecords": .int(story.discardedRecords),
            "failedBatches": .int(story.batches[.failed] ?? 0), "position": .string(story.position),
            "isFailing": .bool(story.openIncident != nil),
        ]
    }

    private static func text(_ detail: TableDetail) -> String {
        let row = detail.summary
        var facts = [("table", row.table.name)]
        if row.isDescribed {
            facts += [
                ("status", row.table.status), ("items", Format.count(row.table.items)),
                ("size", Format.bytes(row.table.bytes)), ("stream", row.table.streamARN ?? "off"),
            ]
        }
        var parts = [facts.map { "\($0.0.padded(to: 8))\(SafeText.line($0.1))" }.joined(separator: "\n")]
        if !detail.operations.isEmpty { parts.append(operations(detail.operations)) }
        if !row.hotKeys.keys.isEmpty {
            let rows = row.hotKeys.keys.prefix(10).map {
                [
                    $0.key, ($0.error > 0 ? "at least " : "") + Format.count($0.least),
                    Format.percent(row.hotKeys.share($0)),
                ]
            }
            parts.append(TextTable.text(["HOTTEST KEY", "CALLS", "SHARE"], Array(rows), right: [1, 2]))
        }
        if !detail.stories.isEmpty { parts.append(consumers(detail.stories)) }
        return parts.joined(separator: "\n\n")
    }

    private static func operations(_ operations: [TableDetail.Operation]) -> String {
        let rows = operations.map { operation in
            [
                operation.name, operation.index ?? "", Format.count(operation.calls), Format.count(operation.items),
                Format.decimal(operation.readUnits + operation.writeUnits, places: 1),
                Format.duration(microseconds: operation.latency?.p50.count),
                Format.duration(microseconds: operation.latency?.p95.count),
                Format.duration(microseconds: operation.latency?.max.count),
                Format.count(operation.conditionalFailures), Format.count(operation.throttles),
                Format.count(operation.errors),
            ]
        }
        return TextTable.text(
            ["OPERATION", "INDEX", "CALLS", "ITEMS", "UNITS", "P50", "P95", "MAX", "COND", "THROT", "ERR"], rows,
            right: Set(2...10))
    }

    private static func consumers(_ stories: [EventSourceStory]) -> String {
        let rows = stories.map { story in
            [
                story.function, story.state, Format.count(story.deliveredRecords), Format.count(story.discardedRecords),
                Format.count(story.batches[.failed] ?? 0), story.openIncident == nil ? "" : "failing now",
            ]
        }
        return TextTable.text(["READ BY", "STATE", "TAKEN", "GIVEN UP", "FAILED", ""], rows, right: [2, 3, 4])
    }
}

extension String {
    fileprivate func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: max(columns - Text.width(self), 1))
    }
}
