import Telemetry
import TelemetryStore
import Terminal

/// Which screen shows what.
enum ScreenCatalog {
    /// The screens of the tabs line with the digits that choose them, which stay the same whatever else there is.
    static let tabs: [(digit: Int, title: String, route: Route)] = [
        (1, "Functions", .functions),
        (2, "Logs", .logs(filter: "")),
        (3, "Executions", .executions(machine: nil)),
        (4, "APIs", .apis(api: nil)),
        (5, "Traces", .traces),
        (6, "Data", .data),
        (7, "Alarms", .alarms),
    ]

    /// The tab whose screen a route is, or is opened from; `nil` for those that open over the functions.
    static func digit(of route: Route) -> Int? {
        switch route {
        case .execution, .executionOf: 3
        case .apiRequest: 4
        case .trace, .traceOf: 5
        case .table, .item: 6
        case .alarm: 7
        default: tabs.first { $0.route == route }?.digit
        }
    }

    static func screen(for route: Route) -> any Screen {
        switch route {
        case .functions: FunctionsScreen()
        case .function(let name, let tab): FunctionScreen(name: name, tab: tab)
        case .invocation(let id): InvocationScreen(id: id)
        case .logs(let filter): LogsScreen(filter: filter)
        case .logLine(let id): LogLineScreen(id: id)
        case .insights(let query): InsightsScreen(query: query, runsAtOnce: query != nil)
        case .invoke(let function, let event): InvokeScreen(function: function, event: event)
        case .executions(let machine): ExecutionsScreen(machine: machine)
        case .execution(let name, let event): ExecutionScreen(name: name, event: event)
        case .executionOf(let invocation): ExecutionScreen(invocation: invocation)
        case .start(let machine, let input): InvokeScreen(machine: machine, input: input)
        case .apis(let api): APIsScreen(api: api)
        case .apiRequest(let id): APIRequestScreen(id: id)
        case .traces: TracesScreen()
        case .trace(let id, let span): TraceScreen(id: id, span: span)
        case .traceOf(let invocation): TraceScreen(invocation: invocation)
        case .data: DataScreen()
        case .table(let name, let tab): TableScreen(name: name, tab: tab)
        case .item(let table, let key): ItemScreen(table: table, key: key)
        case .eventSources(let function): EventSourcesScreen(function: function)
        case .lints: LintsScreen()
        case .compare(let one, let other): CompareScreen(one, other)
        case .diagnostics: DiagnosticsScreen()
        case .alarms: AlarmsScreen()
        case .alarm(let name): AlarmScreen(name: name)
        }
    }
}

extension Route {
    /// What the breadcrumbs call it.
    var crumb: String {
        switch self {
        case .functions: "Functions"
        case .function(let name, _): name
        case .invocation(let id): id.short
        case .logs(let filter): filter.isEmpty ? "Logs" : "Logs \(filter)"
        case .logLine: "line"
        case .insights: "Insights"
        case .invoke(let function, _): "invoke \(function)"
        case .executions(let machine): machine?.machineName ?? "Executions"
        case .execution(let name, _): Text.cut(name.executionName, to: 24)
        case .executionOf(let id): "execution of \(id.short)"
        case .start(let machine, _): "start \(machine.machineName)"
        case .apis(let api): api ?? "APIs"
        case .apiRequest(let id): Text.cut(id, to: 18)
        case .traces: "Traces"
        case .trace(let id, _): Text.cut(String(id.drop { $0 != "-" }.dropFirst()), to: 18)
        case .traceOf(let id): "trace of \(id.short)"
        case .data: "Data"
        case .table(let name, _): name
        case .item(_, let key): ItemKey.text(key)
        case .eventSources: "event sources"
        case .lints: "Lints"
        case .compare(let one, let other): "\(one.short) = \(other.short)"
        case .diagnostics: "fntop's log"
        case .alarms: "Alarms"
        case .alarm(let name): name
        }
    }

    /// What the help calls the screen.
    var title: String {
        switch self {
        case .functions: "Functions"
        case .function: "A function"
        case .invocation: "An invocation"
        case .logs: "Logs"
        case .logLine: "A log line"
        case .insights: "Logs Insights"
        case .invoke: "Calling a function"
        case .executions: "Executions"
        case .execution, .executionOf: "An execution"
        case .start: "Starting an execution"
        case .apis: "APIs"
        case .apiRequest: "A request of an API"
        case .traces: "Traces"
        case .trace, .traceOf: "A trace"
        case .data: "Data"
        case .table: "A table"
        case .item: "An item"
        case .eventSources: "What feeds a function"
        case .lints: "Lints"
        case .compare: "Comparing"
        case .diagnostics: "fntop's own log"
        case .alarms: "Alarms"
        case .alarm: "An alarm"
        }
    }

    /// The screen's name in a person's key settings.
    var screenName: String {
        switch self {
        case .functions: "functions"
        case .function: "function"
        case .invocation: "invocation"
        case .logs: "logs"
        case .logLine: "line"
        case .insights: "insights"
        case .invoke: "invoke"
        case .executions: "executions"
        case .execution, .executionOf: "execution"
        case .start: "start"
        case .apis: "apis"
        case .apiRequest: "apiRequest"
        case .traces: "traces"
        case .trace, .traceOf: "trace"
        case .data: "data"
        case .table: "table"
        case .item: "item"
        case .eventSources: "sources"
        case .lints: "lints"
        case .compare: "compare"
        case .diagnostics: "log"
        case .alarms: "alarms"
        case .alarm: "alarm"
        }
    }
}
