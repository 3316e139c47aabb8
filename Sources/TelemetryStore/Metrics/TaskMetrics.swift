import JSON
import Telemetry

/// The metrics of `AWS/States` about what workflows call, made from the events of their histories.
///
/// - SeeAlso: AWS Step Functions Developer Guide, "Monitoring Step Functions metrics using Amazon CloudWatch".
struct TaskMetrics {
    /// Tasks that go on: execution → the event that scheduled or started it.
    private var open: [String: [Int: Task]] = [:]

    /// Executions with open tasks beyond this are forgotten together; their tasks are not counted as ended.
    private static let mostExecutions = 20_000

    private struct Task {
        let kind: Kind
        let resource: String
        let scheduled: Timestamp
        var started: Timestamp?
    }

    private enum Kind: String {
        case function = "LambdaFunction"
        case activity = "Activity"
        case integration = "Task"

        /// What the counting metrics begin with.
        var counter: String {
            switch self {
            case .function: "LambdaFunctions"
            case .activity: "Activities"
            case .integration: "ServiceIntegrations"
            }
        }

        /// What the measuring metrics begin with.
        var timer: String {
            switch self {
            case .function: "LambdaFunction"
            case .activity: "Activity"
            case .integration: "ServiceIntegration"
            }
        }

        var dimension: String {
            switch self {
            case .function: "LambdaFunctionArn"
            case .activity: "ActivityArn"
            case .integration: "ServiceIntegrationResourceArn"
            }
        }
    }

    mutating func take(_ history: ExecutionHistory) -> [(metric: CustomMetric, time: Timestamp)] {
        history.events.flatMap { take($0, of: history.arn) }
    }

    mutating func ended(_ execution: String) { open[execution] = nil }

    private mutating func take(
        _ event: HistoryEvent, of execution: String
    ) -> [(metric: CustomMetric, time: Timestamp)] {
        for kind in [Kind.function, .activity, .integration] where event.type.hasPrefix(kind.rawValue) {
            let step = event.type.dropFirst(kind.rawValue.count)
            switch step {
            case "Scheduled":
                if open.count >= Self.mostExecutions { open = [:] }
                let task = Task(kind: kind, resource: Self.resource(kind, event), scheduled: event.time)
                open[execution, default: [:]][event.id] = task
                return [Self.count("Scheduled", task, event)]
            case "Started":
                guard var task = open[execution]?.removeValue(forKey: event.previousID) else { return [] }
                task.started = event.time
                open[execution]?[event.id] = task
                let waited = Self.span("ScheduleTime", event.time - task.scheduled, task, event)
                return [Self.count("Started", task, event), waited]
            case "Submitted":
                guard let task = open[execution]?.removeValue(forKey: event.previousID) else { return [] }
                open[execution]?[event.id] = task
                return []
            case "Succeeded", "Failed", "TimedOut":
                guard let task = open[execution]?.removeValue(forKey: event.previousID) else { return [] }
                let ran = Self.span("RunTime", event.time - (task.started ?? task.scheduled), task, event)
                let whole = Self.span("Time", event.time - task.scheduled, task, event)
                return [Self.count(String(step), task, event), ran, whole]
            default: return []
            }
        }
        return []
    }

    /// Of an integration it is the ARN as definitions name it.
    private static func resource(_ kind: Kind, _ event: HistoryEvent) -> String {
        let resource = event.details?["resource"]?.string ?? ""
        guard kind == .integration else { return resource }
        return "arn:aws:states:::\(event.details?["resourceType"]?.string ?? ""):\(resource)"
    }

    private static func count(
        _ step: String, _ task: Task, _ event: HistoryEvent
    ) -> (metric: CustomMetric, time: Timestamp) {
        metric(task.kind.counter + step, 1, "Count", task, event)
    }

    private static func span(
        _ name: String, _ span: Microseconds, _ task: Task, _ event: HistoryEvent
    ) -> (metric: CustomMetric, time: Timestamp) {
        metric(task.kind.timer + name, max(span, .zero).milliseconds, "Milliseconds", task, event)
    }

    private static func metric(
        _ name: String, _ value: Double, _ unit: String, _ task: Task, _ event: HistoryEvent
    ) -> (metric: CustomMetric, time: Timestamp) {
        let dimensions = [CustomMetric.Dimension(name: task.kind.dimension, value: task.resource)]
        return (
            CustomMetric(namespace: "AWS/States", name: name, dimensions: dimensions, value: value, unit: unit),
            event.time
        )
    }
}
