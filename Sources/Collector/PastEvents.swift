import Telemetry
import TelemetryStore

/// What happened before the events that are kept, told in parts from what the store made of it.
struct PastEvents: Sendable {
    let store: TelemetryStore
    let known: KnownInvocations
    private var place = PastPlace.machines

    init(store: TelemetryStore, known: KnownInvocations) {
        self.store = store
        self.known = known
    }

    /// - Returns: some events without sequences, and what comes after them; `nil` when that was all.
    func next() async -> (events: [TelemetryEvent], rest: PastEvents?) {
        let (events, next) = await store.past(from: place, but: known)
        var rest = self
        guard let next else { return (events, nil) }
        rest.place = next
        return (events, rest)
    }
}
