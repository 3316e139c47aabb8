import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct Metrics: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the table of functions: rates, errors, latency, cold starts.",
        discussion: "Percentiles are those of the durations in the window, never averages of others."
    )

    @Argument(help: "Only these functions; * stands for any characters.")
    var functions: [String] = []

    @Option(help: "The window: 15m, 1h, …")
    var since = "15m"

    @Flag(help: "One JSON object a function and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let length = Microseconds.seconds(Int64(try TimeText.seconds(since)))
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let now = Timestamp.now()
        let overview = await attached.store.overview(TimeWindow(last: length, until: now + .seconds(1)), buckets: 1)
        let globs = functions.map { Glob($0) }
        let rows = overview.functions.filter { row in
            globs.isEmpty || globs.contains { $0.matches(row.function.name) }
        }
        guard !json else {
            for row in rows { Console.say(Self.json(row).text) }
            return
        }
        Console.say(table(rows, minutes: Double(length.count) / 60_000_000))
    }

    private func table(_ rows: [FunctionSummary], minutes: Double) -> String {
        let head = [
            "FUNCTION", "INV", "/MIN", "ERR", "THROT", "P50", "P95", "P99", "MAX", "COLD", "INIT P50", "MEMORY",
        ]
        let cells = rows.map { row in
            [
                row.function.name, Format.count(row.invocations), Format.count(Int(Double(row.invocations) / minutes)),
                Format.percent(row.errorRate), Format.count(row.throttles),
                Format.duration(microseconds: row.latency?.p50.count),
                Format.duration(microseconds: row.latency?.p95.count),
                Format.duration(microseconds: row.latency?.p99.count),
                Format.duration(microseconds: row.latency?.max.count),
                Format.percent(row.coldRate), Format.duration(microseconds: row.initLatency?.p50.count),
                "\(row.maxMemoryUsedMiB)/\(row.function.memoryMiB) MiB",
            ]
        }
        let widths = head.indices.map { column in ([head] + cells).map { Text.width($0[column]) }.max() ?? 0 }
        return ([head] + cells).map { line in
            line.indices.map { column in
                let space = String(repeating: " ", count: max(widths[column] - Text.width(line[column]), 0))
                return column == 0 ? line[column] + space : space + line[column]
            }
            .joined(separator: "  ")
        }
        .joined(separator: "\n")
    }

    private static func json(_ row: FunctionSummary) -> JSON {
        var json: JSON = [
            "function": .string(row.function.name), "invocations": .int(row.invocations), "errors": .int(row.errors),
            "throttles": .int(row.throttles), "coldStarts": .int(row.coldStarts), "inFlight": .int(row.inFlight),
            "environments": .int(row.environments), "maxMemoryUsedMiB": .int(row.maxMemoryUsedMiB),
        ]
        if let latency = row.latency {
            json["p50Milliseconds"] = .double(latency.p50.milliseconds)
            json["p90Milliseconds"] = .double(latency.p90.milliseconds)
            json["p95Milliseconds"] = .double(latency.p95.milliseconds)
            json["p99Milliseconds"] = .double(latency.p99.milliseconds)
            json["maxMilliseconds"] = .double(latency.max.milliseconds)
        }
        if let latency = row.initLatency { json["initP50Milliseconds"] = .double(latency.p50.milliseconds) }
        return json
    }
}
