import Telemetry
import TelemetryStore

/// What a metric is about, where there is a screen for it.
enum AlarmTarget {
    static func route(_ key: MetricKey?) -> Route? {
        guard let key else { return nil }
        if let function = function(key) { return .function(function, .overview) }
        if let machine = machine(key) { return .executions(machine: machine) }
        if let table = key.dimension("TableName") { return .table(table, .overview) }
        if let api = key.dimension("ApiId") ?? key.dimension("ApiName") { return .apis(api: api) }
        return nil
    }

    static func function(_ key: MetricKey) -> String? {
        if let name = key.dimension("FunctionName") { return name }
        return key.dimension("LambdaFunctionArn")?.split(separator: ":").dropFirst(6).first.map(String.init)
    }

    static func machine(_ key: MetricKey) -> String? { key.dimension("StateMachineArn") }

    /// The lines that tell of it: those of its function; of a metric that the application measures itself, those that
    /// name it.
    static func logFilter(_ key: MetricKey) -> String? {
        if let function = function(key) { return "fn:\(function)" }
        if let group = key.dimension("LogGroupName") { return "fn:\(group.split(separator: "/").last ?? "")" }
        guard !key.namespace.hasPrefix("AWS/") else { return nil }
        return "\"\(key.name.replacing("\"", with: ""))\""
    }
}
