import ArgumentParser
import JSON
import Telemetry
import TelemetryStore
import Terminal

/// APIs without a screen.
struct APIs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apis",
        abstract: "Prints the routes of APIs, or their requests.",
        subcommands: [APIsRoutes.self, APIsRequests.self],
        defaultSubcommand: APIsRoutes.self
    )
}

struct APIsRoutes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Prints the table of routes: requests, status classes, latency.",
        discussion: "Percentiles are those of the latencies in the window, never averages of others."
    )

    @Option(help: "The window: 15m, 1h, …")
    var since = "15m"

    @Flag(help: "One JSON object a route and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let length = Microseconds.seconds(Int64(try TimeText.seconds(since)))
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let window = TimeWindow(last: length, until: .now() + .seconds(1))
        let routes = await attached.store.apis(window, buckets: 1).routes
        guard !json else {
            for route in routes { Console.say(Self.json(route).text) }
            return
        }
        let rows = routes.map { route in
            [
                route.api, route.route.isEmpty ? "(no route)" : route.route, route.target,
                Format.count(route.classes.total), Format.count(route.classes[2]), Format.count(route.classes[4]),
                Format.count(route.classes[5]), Format.duration(microseconds: route.latency?.p50.count),
                Format.duration(microseconds: route.latency?.p95.count),
                Format.duration(microseconds: route.latency?.p99.count),
            ]
        }
        let head = ["API", "ROUTE", "TARGET", "REQUESTS", "2XX", "4XX", "5XX", "P50", "P95", "P99"]
        Console.say(TextTable.text(head, rows, right: [3, 4, 5, 6, 7, 8, 9]))
    }

    private static func json(_ route: RouteSummary) -> JSON {
        var json: JSON = [
            "api": .string(route.api), "apiId": .string(route.apiID), "route": .string(route.route),
            "target": .string(route.target), "requests": .int(route.classes.total), "2xx": .int(route.classes[2]),
            "3xx": .int(route.classes[3]), "4xx": .int(route.classes[4]), "5xx": .int(route.classes[5]),
        ]
        if let latency = route.latency {
            json["p50Milliseconds"] = .double(latency.p50.milliseconds)
            json["p95Milliseconds"] = .double(latency.p95.milliseconds)
            json["p99Milliseconds"] = .double(latency.p99.milliseconds)
        }
        return json
    }
}

struct APIsRequests: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests",
        abstract: "Prints requests of APIs, the newest first."
    )

    @Option(help: "Only of this API, by its id.")
    var api: String?

    @Option(help: "Only of this route, as it is declared: 'POST /order'.")
    var route: String?

    @Option(help: "Only of this class of status: 2 for 2xx; more than once for several.")
    var status: [Int] = []

    @Option(help: "Only with this in path, function, address, status or error.")
    var search = ""

    @Option(help: "At most so many.")
    var limit = 50

    @Flag(help: "One JSON object a request and line.")
    var json = false

    @OptionGroup var endpoint: EndpointOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is 1 to 100000") }
        guard status.allSatisfy({ (1...5).contains($0) }) else { throw ValidationError("--status is 1 to 5") }
    }

    func run() async throws {
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let page = await attached.store.apiRequests(
            APIRequestQuery(apiID: api, route: route, classes: Set(status), words: search, limit: limit))
        guard !json else {
            for row in page.rows { Console.say(Self.json(row).text) }
            return
        }
        let rows = page.rows.map { row in
            [
                Format.clock(microseconds: row.time.microseconds), row.method,
                row.path + (row.query.isEmpty ? "" : "?\(row.query)"), String(row.status),
                Format.duration(microseconds: row.latency.count),
                Format.duration(microseconds: row.integrationLatency > .zero ? row.integrationLatency.count : nil),
                row.function ?? Format.none, row.traceID,
            ]
        }
        let head = ["TIME", "METHOD", "PATH", "STATUS", "LATENCY", "INTEGRATION", "FUNCTION", "TRACE"]
        Console.say(TextTable.text(head, rows, right: [3, 4, 5]))
    }

    private static func json(_ row: APIRequestRow) -> JSON {
        var json: JSON = [
            "requestId": .string(row.requestID), "time": .double(Double(row.time.microseconds) / 1_000_000),
            "api": .string(row.api), "route": .string(row.route), "method": .string(row.method),
            "path": .string(row.path), "query": .string(row.query), "status": .int(row.status),
            "latencyMilliseconds": .double(row.latency.milliseconds),
            "integrationMilliseconds": .double(row.integrationLatency.milliseconds), "caller": .string(row.sourceIP),
            "traceId": .string(row.traceID),
        ]
        if let function = row.function { json["function"] = .string(function) }
        if let error = row.errorMessage { json["error"] = .string(error) }
        return json
    }
}
