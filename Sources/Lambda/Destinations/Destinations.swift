import AWSCore
import JSON
import Telemetry

/// Tells queues, topics, buses and functions how invocations ended. What cannot be told is seen: in the function's log, and
/// as the metric that Lambda has for it.
struct Destinations: Sendable {
    let caller: any ServiceCaller
    let functions: Functions
    let sink: any TelemetrySink
    let clock: any LambdaClock

    /// Sends to a queue, topic or bus.
    ///
    /// - Parameter function: its name.
    /// - Returns: why it failed; `nil` when it did not.
    func send(
        _ message: ServiceTarget.Message, to target: String, metric: String, about function: String, _ id: RequestID?
    ) async -> ServiceError? {
        let error: ServiceError
        do throws(ServiceError) {
            guard let service = ServiceTarget(target) else {
                throw ServiceError(
                    "InvalidParameterValueException", "fntop sends nothing to \(target): it is no queue, topic or bus")
            }
            try await service.send(message, by: caller)
            return nil
        } catch let failure {
            error = failure
        }
        report(error, of: target, metric: metric, about: function, id)
        return error
    }

    /// Makes a message that could not be delivered seen.
    func report(
        _ error: ServiceError, of target: String, metric: String, about function: String, _ id: RequestID?
    ) {
        let now = clock.now()
        sink.emit(
            TelemetryEvent(
                .metric(
                    CustomMetric(
                        namespace: "AWS/Lambda", name: metric,
                        dimensions: [.init(name: "FunctionName", value: function)], value: 1, unit: "Count")),
                at: now))
        var lines = LogBatch(
            group: functions.named(function)?.configuration.logGroup ?? "/aws/lambda/\(function)",
            stream: "\(now.datePath)/[destinations]", function: function)
        let text = "[ERROR] Nothing could be sent to \(target): \(error.code): \(error.message)"
        lines.append(text.utf8, at: now, requestID: id)
        sink.emit(TelemetryEvent(.log(lines), at: now))
    }
}
