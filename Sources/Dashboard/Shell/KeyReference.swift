import JSON
import Telemetry
import Terminal

/// All keys as a table, for the README and the manual page.
package enum KeyReference {
    package static var markdown: String {
        let sections: [(String, [KeyEntry])] = [
            ("Everywhere", GlobalCommand.keys.entries), (Route.functions.title, FunctionsScreen.keys.entries),
            (Route.function("", .overview).title, FunctionScreen.keys.entries),
            (Route.logs(filter: "").title, LogsScreen.keys.entries),
            (Route.logLine(0).title, LogLineScreen.keys.entries),
            (Route.insights(query: nil).title, InsightsScreen.keys.entries),
            (Route.invocation(RequestID(high: 0, low: 0)).title, InvocationScreen.keys.entries),
            (Route.invoke(function: "", event: nil).title, InvokeScreen.keys.entries),
            (Route.executions(machine: nil).title, ExecutionsScreen.keys.entries),
            (Route.execution("", event: nil).title, ExecutionScreen.keys.entries),
            (Route.apis(api: nil).title, APIsScreen.keys.entries),
            (Route.apiRequest("").title, APIRequestScreen.keys.entries),
            (Route.traces.title, TracesScreen.keys.entries),
            (Route.trace("", span: nil).title, TraceScreen.keys.entries),
            (Route.data.title, DataScreen.keys.entries),
            (Route.table("", .overview).title, TableScreen.keys.entries),
            (Route.item(table: "", key: .null).title, ItemScreen.keys.entries),
            (Route.eventSources(function: "").title, EventSourcesScreen.keys.entries),
            (Route.lints.title, LintsScreen.keys.entries),
            (Route.compare(.execution(""), .execution("")).title, CompareScreen.keys.entries),
            (Route.diagnostics.title, DiagnosticsScreen.keys.entries),
            (Route.alarms.title, AlarmsScreen.keys.entries), (Route.alarm("").title, AlarmScreen.keys.entries),
        ]
        return sections.map { title, entries in
            let rows = entries.map { entry in
                let keys = entry.keys.map { "`\($0.name())`" }.joined(separator: " ")
                return "| \(keys.replacing("|", with: "\\|")) | \(entry.summary) |"
            }
            return "### \(title)\n\n| keys | do |\n| --- | --- |\n" + rows.joined(separator: "\n")
        }
        .joined(separator: "\n\n") + "\n"
    }
}
