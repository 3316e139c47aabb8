package import Telemetry
package import TelemetryStore

/// What the operations of CloudWatch metrics and alarms work on.
package struct MetricsContext: Sendable {
    let store: TelemetryStore
    let sink: any TelemetrySink
    /// Returns when all that was emitted can be read.
    let flush: @Sendable () async -> Void
    package let alarms: AlarmKeeper

    package init(
        store: TelemetryStore, sink: any TelemetrySink, alarms: AlarmKeeper,
        flush: @escaping @Sendable () async -> Void
    ) {
        self.store = store
        self.sink = sink
        self.alarms = alarms
        self.flush = flush
    }
}
