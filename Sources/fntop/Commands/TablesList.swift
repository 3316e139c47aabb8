import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct TablesList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Prints the tables with what was done with them.",
        discussion: "Reads and writes are requests; percentiles are those of the durations in the window."
    )

    @Argument(help: "Only these tables; * stands for any characters.")
    var tables: [String] = []

    @Option(help: "The window: 15m, 1h, …")
    var since = "15m"

    @Flag(help: "One JSON object a table and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let length = Microseconds.seconds(Int64(try TimeText.seconds(since)))
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let window = TimeWindow(last: length, until: .now() + .seconds(1))
        let globs = tables.map { Glob($0) }
        let rows = await attached.store.tables(window, buckets: 1).tables.filter { row in
            globs.isEmpty || globs.contains { $0.matches(row.table.name) }
        }
        guard !json else {
            for row in rows { Console.say(TableText.json(row).text) }
            return
        }
        let head = [
            "TABLE", "STATUS", "ITEMS", "SIZE", "READS", "WRITES", "READ UNITS", "WRITE UNITS", "P50", "P95", "THROT",
            "ERR", "HOTTEST KEY", "INDEXES", "STREAM",
        ]
        Console.say(TextTable.text(head, rows.map(Self.cells), right: Set(2...11)))
    }

    private static func cells(_ row: TableSummary) -> [String] {
        [
            row.table.name, row.isDescribed ? row.table.status : Format.none,
            row.isDescribed ? Format.count(row.table.items) : Format.none,
            row.isDescribed ? Format.bytes(row.table.bytes) : Format.none, Format.count(row.reads),
            Format.count(row.writes), Format.decimal(row.readUnits, places: 1),
            Format.decimal(row.writeUnits, places: 1), Format.duration(microseconds: row.latency?.p50.count),
            Format.duration(microseconds: row.latency?.p95.count), Format.count(row.throttles),
            Format.count(row.errors),
            row.hotKeys.keys.first?.key ?? Format.none, Format.count(row.table.indexes.count),
            row.consumers > 0 ? "\(row.consumers) read it" : row.table.streamARN == nil ? Format.none : "on",
        ]
    }
}

/// Tables as JSON for scripts.
enum TableText {
    static func json(_ row: TableSummary) -> JSON {
        var json: JSON = [
            "table": .string(row.table.name), "reads": .int(row.reads), "writes": .int(row.writes),
            "readUnits": .double(row.readUnits), "writeUnits": .double(row.writeUnits),
            "throttles": .int(row.throttles), "errors": .int(row.errors),
            "conditionalFailures": .int(row.conditionalFailures), "consumers": .int(row.consumers),
        ]
        if row.isDescribed {
            json["status"] = .string(row.table.status)
            json["items"] = .int(row.table.items)
            json["bytes"] = .int(row.table.bytes)
            json["indexes"] = .array(row.table.indexes.map { .string($0.name) })
            if let stream = row.table.streamARN { json["streamArn"] = .string(stream) }
        }
        add(row.latency, to: &json)
        if !row.hotKeys.keys.isEmpty { json["hottestKeys"] = .array(row.hotKeys.keys.prefix(5).map(self.json)) }
        return json
    }

    static func json(_ key: HotKeys.Key) -> JSON {
        ["key": .string(key.key), "calls": .int(key.calls), "atMostTooHigh": .int(key.error)]
    }

    static func json(_ operation: TableDetail.Operation) -> JSON {
        var json: JSON = [
            "operation": .string(operation.name), "calls": .int(operation.calls), "items": .int(operation.items),
            "readUnits": .double(operation.readUnits), "writeUnits": .double(operation.writeUnits),
            "throttles": .int(operation.throttles), "errors": .int(operation.errors),
            "conditionalFailures": .int(operation.conditionalFailures),
        ]
        if let index = operation.index { json["index"] = .string(index) }
        add(operation.latency, to: &json)
        return json
    }

    private static func add(_ latency: Percentiles?, to json: inout JSON) {
        guard let latency else { return }
        json["p50Milliseconds"] = .double(latency.p50.milliseconds)
        json["p95Milliseconds"] = .double(latency.p95.milliseconds)
        json["p99Milliseconds"] = .double(latency.p99.milliseconds)
        json["maxMilliseconds"] = .double(latency.max.milliseconds)
    }
}
