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

    var metrics: FunctionMetrics { FunctionMetrics(sink: sink, clock: clock) }

    /// Sends to a queue, topic or bus.
    ///
    /// - Parameter function: as it was asked for.
    /// - Returns: why it failed; `nil` when it did not.
    func send(
        _ message: ServiceTarget.Message, to target: String, metric: FunctionMetrics.Name,
        about function: FunctionReference, _ id: RequestID?
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
        _ error: ServiceError, of target: String, metric: FunctionMetrics.Name, about function: FunctionReference,
        _ id: RequestID?
    ) {
        metrics.add(metric, of: function.name, qualifier: function.qualifier)
        let now = clock.now()
        var lines = LogBatch(
            group: functions.named(function.name)?.configuration.logGroup ?? "/aws/lambda/\(function.name)",
            stream: "\(now.datePath)/[destinations]", function: function.name)
        let text = "[ERROR] Nothing could be sent to \(target): \(error.code): \(error.message)"
        lines.append(text.utf8, at: now, requestID: id)
        sink.emit(TelemetryEvent(.log(lines), at: now))
    }
}
