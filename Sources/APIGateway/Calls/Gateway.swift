import AWSCore
import HTTPTransport
import Telemetry

/// What operations and calls share: the APIs, the ways out, and what is remembered between calls.
final class Gateway: Sendable {
    let apis: APIs
    let backends: Backends
    let verdicts = VerdictCache()
    let keySets: KeySets
    let throttles = Throttles()
    let usage = UsageCounter()
    let plans = PlanCache()
    let sink: any TelemetrySink
    /// What time it is; tests move it.
    let now: @Sendable () -> Timestamp

    init(
        apis: APIs, backends: Backends, sink: any TelemetrySink, now: @escaping @Sendable () -> Timestamp
    ) {
        self.apis = apis
        self.backends = backends
        self.sink = sink
        self.now = now
        keySets = KeySets(client: backends.client)
    }
}
