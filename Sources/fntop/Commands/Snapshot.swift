import ArgumentParser
import Configuration
import Dashboard
import Telemetry
import Terminal

struct Snapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints one frame of a screen as text.",
        discussion: """
            Screens: functions, function/NAME (also /invocations, /logs, /environments, /configuration behind it), logs, \
            logs/FILTER, insights/QUERY, invocation/REQUEST-ID, executions, executions/MACHINE-ARN, execution/NAME-OR-ARN, \
            apis, request/REQUEST-ID, traces, trace/ID, data, table/NAME (its items; also /overview, /calls, /indexes, \
            /streams, /configuration behind it), sources/FUNCTION, alarms, alarm/NAME, lints, compare/REQUEST-ID/REQUEST-ID.
            """
    )

    @Argument(help: "The screen.")
    var screen: String

    @Option(help: "Columns and rows.")
    var size = "120x40"

    @Flag(help: "With colours, as ANSI sequences.")
    var ansi = false

    @OptionGroup var options: ScreenOptions
    @OptionGroup var endpoint: EndpointOptions

    func run() async throws {
        let size = try SizeText.size(size)
        let route = try RouteText.route(screen)
        var settings = DashboardSettings()
        settings.glyphs = options.ascii ? .ascii : .unicode
        settings.application = try endpoint.address().description
        if let window = options.window { settings.window = .seconds(Int64(try TimeText.seconds(window))) }
        let attached = try await AttachedStore.open(try endpoint.address())
        defer { attached.close() }
        let address = try endpoint.address()
        let frame = await DashboardPicture.frame(
            of: route, size: size, reader: attached.store, settings: settings,
            actions: EndpointActions(endpoint: { address }))
        Console.say(ansi ? ANSIText.text(frame, Preferences.configuration.palette) : frame.text)
    }
}

/// Screens as a person names them.
enum RouteText {
    /// - Throws: `ValidationError` that lists the screens.
    static func route(_ text: String) throws -> Route {
        // `execution:NAME` is as good as `execution/NAME`.
        let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "/" || $0 == ":" }).map(String.init)
        let rest = parts.count > 1 ? parts[1] : ""
        switch parts.first {
        case "functions": return .functions
        case "logs": return .logs(filter: rest)
        case "function" where !rest.isEmpty:
            let words = rest.split(separator: "/").map(String.init)
            guard let tab = words.count > 1 ? FunctionTab(rawValue: words[1]) : .overview else { break }
            return .function(words[0], tab)
        case "insights": return .insights(query: rest.isEmpty ? nil : rest)
        case "data": return .data
        case "table" where !rest.isEmpty:
            let words = rest.split(separator: "/").map(String.init)
            guard let tab = words.count > 1 ? TableTab(rawValue: words[1]) : .items else { break }
            return .table(words[0], tab)
        case "sources" where !rest.isEmpty: return .eventSources(function: rest)
        case "alarms": return .alarms
        case "alarm" where !rest.isEmpty: return .alarm(rest)
        case "executions": return .executions(machine: rest.isEmpty ? .none : rest)
        case "execution" where !rest.isEmpty: return .execution(rest, event: nil)
        case "apis": return .apis(api: nil)
        case "request" where !rest.isEmpty: return .apiRequest(rest)
        case "traces": return .traces
        case "trace" where !rest.isEmpty: return .trace(rest, span: nil)
        case "invocation":
            if let id = RequestID(rest) { return .invocation(id) }
        case "lints": return .lints
        case "compare":
            let ids = rest.split(separator: "/").compactMap { RequestID(String($0)) }
            if ids.count == 2 { return .compare(.invocation(ids[0]), .invocation(ids[1])) }
        default: break
        }
        throw ValidationError(
            """
            There is no screen \(text); there are functions, function/NAME, logs, logs/FILTER, insights/QUERY, \
            invocation/REQUEST-ID, executions, execution/NAME, apis, request/REQUEST-ID, traces, trace/ID, data, \
            table/NAME, sources/FUNCTION, alarms, alarm/NAME, lints and compare/REQUEST-ID/REQUEST-ID.
            """
        )
    }
}
