import AWSCore
import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

struct Logs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints log lines, oldest first.",
        discussion: """
            The filter language is that of the log screen: words, "phrases", -not, fn:glob, level>=warn, req:id, /regex/, \
            { $.status = 500 } and [columns]. With --json each line is an object; a message that is not UTF-8 stands in it \
            as "messageBase64".
            """
    )

    @Argument(help: "Only of these functions; * stands for any characters.")
    var functions: [String] = []

    @Flag(name: .shortAndLong, help: "Go on with what is written from now on.")
    var follow = false

    @Option(help: "Only lines that match.")
    var filter = ""

    @Option(help: "Only lines of the last 10m, 2h, …")
    var since: String?

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    private static let pageSize = 2000

    func run() async throws {
        let filter = try parsedFilter()
        let window = try since.map { TimeWindow(start: .now() - .seconds(Int64(try TimeText.seconds($0))), end: .max) }
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        var last = await print(filter, window, after: 0, attached.store)
        guard follow else { return }
        for await _ in await attached.store.changes() {
            last = await print(filter, window, after: last, attached.store)
        }
    }

    private func parsedFilter() throws -> LogFilter {
        let names = functions.map { "fn:\($0)" }.joined(separator: " ")
        do throws(LogFilterError) {
            return try LogFilter(parsing: [names, filter].filter { !$0.isEmpty }.joined(separator: " "))
        } catch {
            throw Failure("The filter is not understood: \(error.message)", status: .wrongUsage)
        }
    }

    /// Prints what matches after an id; gives the id of the last line.
    private func print(_ filter: LogFilter, _ window: TimeWindow?, after: UInt64, _ store: TelemetryStore) async
        -> UInt64
    {
        var last = after
        while true {
            let query = LogQuery(filter: filter, window: window, anchor: .after(last), limit: Self.pageSize)
            let page = await store.logs(query)
            var bytes: [UInt8] = []
            for line in page.lines { json ? Self.write(json: line, to: &bytes) : Self.write(line, to: &bytes) }
            Console.write(bytes)
            last = page.lines.last?.id ?? last
            guard page.hasAfter, !page.lines.isEmpty else { return last }
        }
    }

    private static func write(json line: LogLine, to bytes: inout [UInt8]) {
        var object = JSONObject()
        object["time"] = .string(ISOTime.text(milliseconds: line.time.milliseconds, hasMilliseconds: true))
        object["function"] = line.function.map(JSON.string) ?? .null
        object["level"] = line.level == .none ? .null : .string(line.level.name)
        object["requestId"] = line.requestID.map { .string($0.description) } ?? .null
        object["logGroup"] = .string(line.group)
        object["logStream"] = .string(line.stream)
        if let text = String(validating: line.message, as: UTF8.self) {
            object["message"] = .string(text)
        } else {
            object["messageBase64"] = .string(Base64.encoded(line.message))
        }
        JSON.object(object).write(to: &bytes)
        bytes.append(0x0A)
    }

    /// For people: control characters are made visible, so that a log cannot drive the terminal.
    private static func write(_ line: LogLine, to bytes: inout [UInt8]) {
        bytes += Format.time(microseconds: line.time.microseconds).utf8
        bytes += "  \(line.function ?? line.group)  ".utf8
        bytes += "\(line.requestID?.short ?? "        ")  ".utf8
        bytes += SafeText.visible(line.message).utf8
        bytes.append(0x0A)
    }
}

extension Timestamp {
    fileprivate static let max = Timestamp(milliseconds: 4_000_000_000_000)
}
