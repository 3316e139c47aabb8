import JSON
import Telemetry

extension ExecutionRunner {
    /// Tells telemetry and the log what happened.
    func emit(_ turn: Turn) {
        guard !turn.events.isEmpty || !turn.invocations.isEmpty else { return }
        let events = Array(turn.events)
        let time = events.last?.time ?? world.clock.now()
        let history = ExecutionHistory(arn: arn, events: events, invocations: turn.invocations)
        world.sink.emit(TelemetryEvent(.executionHistory(history), at: time))
        if let batch = ExecutionLog.batch(events, of: record) {
            world.sink.emit(TelemetryEvent(.log(batch), at: time))
        }
    }
}
