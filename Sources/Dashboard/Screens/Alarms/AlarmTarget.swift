import Telemetry
import TelemetryStore

/// What a metric is about, where there is a screen for it.
enum AlarmTarget {
    static func route(_ key: MetricKey?) -> Route? {
        guard let key else { return nil }
        if let function = key.dimension("FunctionName") { return .function(function, .overview) }
        if let machine = key.dimension("StateMachineArn") { return .executions(machine: machine) }
        if let arn = key.dimension("LambdaFunctionArn"), let name = arn.split(separator: ":").dropFirst(6).first {
            return .function(String(name), .overview)
        }
        return nil
    }
}
