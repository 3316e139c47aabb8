package import Telemetry
package import TelemetryStore

/// What the operations work on.
package struct XRayContext: Sendable {
    let store: TelemetryStore
    let sink: any TelemetrySink
    /// Brings what was emitted so far into the store.
    private let flush: @Sendable () async -> Void

    package init(store: TelemetryStore, sink: any TelemetrySink, flush: @escaping @Sendable () async -> Void) {
        self.store = store
        self.sink = sink
        self.flush = flush
    }

    /// The store with all that happened before the request.
    func current() async -> TelemetryStore {
        await flush()
        return store
    }
}
