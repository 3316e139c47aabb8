import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

/// Traces without a screen.
struct Traces: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists traces, shows one as a tree, or who called whom.",
        subcommands: [TracesList.self, TracesShow.self, TracesMap.self],
        defaultSubcommand: TracesList.self
    )
}

struct TracesList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Prints the traces, the newest first."
    )

    @Flag(help: "Only those in which something failed.")
    var failed = false

    @Option(help: "Only with this in a path, name, error or id.")
    var search = ""

    @Option(help: "At most so many.")
    var limit = 50

    @Flag(help: "One JSON object a trace and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is 1 to 100000") }
    }

    func run() async throws {
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let page = await attached.store.traces(
            TraceQuery(filter: failed ? .failed : .all, words: search, limit: limit))
        guard !json else {
            for row in page.rows { Console.say(Self.json(row).text) }
            return
        }
        let rows = page.rows.map { row in
            [
                Format.clock(microseconds: row.start.microseconds), row.id, Self.status(row), row.name,
                Format.duration(microseconds: row.duration.count), String(row.spanCount),
                row.services.joined(separator: ","), row.error ?? "",
            ]
        }
        let head = ["TIME", "TRACE", "STATUS", "BEGAN WITH", "DURATION", "SPANS", "THROUGH", "ERROR"]
        Console.say(TextTable.text(head, rows, right: [4, 5]))
    }

    private static func status(_ row: TraceRow) -> String { row.isRunning ? "running" : row.worst.rawValue }

    private static func json(_ row: TraceRow) -> JSON {
        var json: JSON = [
            "id": .string(row.id), "kind": .string(row.kind.rawValue), "name": .string(row.name),
            "start": .double(Double(row.start.microseconds) / 1_000_000), "status": .string(status(row)),
            "durationMilliseconds": .double(row.duration.milliseconds), "spans": .int(row.spanCount),
            "services": .array(row.services.map(JSON.string)),
        ]
        if let status = row.httpStatus { json["httpStatus"] = .int(status) }
        if let error = row.error { json["error"] = .string(error) }
        return json
    }
}

struct TracesShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints a trace as a tree: what caused what, and where the time went.",
        discussion: "With --json a span is one line; depth and parent make the tree."
    )

    @Argument(help: "The trace's id, or the request id of an invocation in it.")
    var trace: String

    @Flag(help: "One JSON object a span and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        var id = trace
        if let request = RequestID(trace), let place = await attached.store.tracePlace(of: request) { id = place.id }
        guard let found = await attached.store.trace(id) else { throw Failure("There is no trace \(trace).") }
        guard !json else {
            for span in found.spans { Console.say(Self.json(span, in: found).text) }
            return
        }
        let (start, now) = (found.start ?? .now(), Timestamp.now())
        let rows = found.spans.map { span in
            [
                String(repeating: "  ", count: span.depth) + span.name, span.kind.rawValue, span.detail,
                span.status.rawValue, "+" + Format.duration(microseconds: (span.start - start).count),
                Format.duration(microseconds: span.duration(now).count),
                span.parts.map { "\($0.kind.rawValue) \(Format.duration(microseconds: ($0.end - $0.start).count))" }
                    .joined(separator: ", "), span.error ?? "",
            ]
        }
        let head = ["SPAN", "KIND", "WHAT", "STATUS", "AFTER", "DURATION", "PARTS", "ERROR"]
        Console.say(TextTable.text(head, rows, right: [4, 5]))
        if found.omitted > 0 { Console.complain("\(found.omitted) more spans are not shown") }
    }

    private static func json(_ span: Trace.Span, in trace: Trace) -> JSON {
        var json: JSON = [
            "id": .string(span.id), "depth": .int(span.depth), "kind": .string(span.kind.rawValue),
            "name": .string(span.name), "detail": .string(span.detail), "status": .string(span.status.rawValue),
            "start": .double(Double(span.start.microseconds) / 1_000_000),
            "asynchronous": .bool(span.isAsynchronous),
            "parts": .array(
                span.parts.map { part in
                    [
                        "kind": .string(part.kind.rawValue),
                        "start": .double(Double(part.start.microseconds) / 1_000_000),
                        "durationMilliseconds": .double((part.end - part.start).milliseconds),
                    ]
                }),
        ]
        if let parent = span.parent { json["parent"] = .string(trace.spans[parent].id) }
        if let end = span.end { json["durationMilliseconds"] = .double((end - span.start).milliseconds) }
        if let error = span.error { json["error"] = .string(error) }
        switch span.reference {
        case .invocation(let id, _): json["requestId"] = .string(id.description)
        case .request(let id): json["requestId"] = .string(id)
        case .execution(let arn, _): json["executionArn"] = .string(arn)
        case .table(let name): json["table"] = .string(name)
        case .none: break
        }
        return json
    }
}

struct TracesMap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Prints who called whom, how often, how well and how fast."
    )

    @Option(help: "The window: 15m, 1h, …")
    var since = "15m"

    @Flag(help: "One JSON object an edge and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let length = Microseconds.seconds(Int64(try TimeText.seconds(since)))
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let map = await attached.store.serviceMap(TimeWindow(last: length, until: .now() + .seconds(1)))
        guard !json else {
            for edge in map.edges { Console.say(Self.json(edge, in: map).text) }
            return
        }
        let rows = map.edges.map { edge in
            [
                map.nodes[edge.from].name, map.nodes[edge.to].name, map.nodes[edge.to].kind.rawValue,
                Format.count(edge.measure.count), Format.percent(edge.measure.failureRate),
                Format.duration(microseconds: edge.measure.latency?.p50.count),
                Format.duration(microseconds: edge.measure.latency?.p95.count),
            ]
        }
        Console.say(
            TextTable.text(["FROM", "TO", "KIND", "REQUESTS", "FAILED", "P50", "P95"], rows, right: [3, 4, 5, 6]))
        if map.isPartial { Console.complain("of the newest \(map.traces) traces only") }
    }

    private static func json(_ edge: ServiceMap.Edge, in map: ServiceMap) -> JSON {
        var json: JSON = [
            "from": .string(map.nodes[edge.from].name), "fromKind": .string(map.nodes[edge.from].kind.rawValue),
            "to": .string(map.nodes[edge.to].name), "toKind": .string(map.nodes[edge.to].kind.rawValue),
            "requests": .int(edge.measure.count), "errors": .int(edge.measure.errors),
            "throttles": .int(edge.measure.throttles), "faults": .int(edge.measure.faults),
        ]
        if let latency = edge.measure.latency {
            json["p50Milliseconds"] = .double(latency.p50.milliseconds)
            json["p95Milliseconds"] = .double(latency.p95.milliseconds)
            json["p99Milliseconds"] = .double(latency.p99.milliseconds)
        }
        return json
    }
}
