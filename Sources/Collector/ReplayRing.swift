import DequeModule
import Telemetry

/// The latest events, for subscribers that come late or come back; the oldest leave first.
struct ReplayRing: Sendable {
    private var events: Deque<TelemetryEvent> = []
    private var bytes = 0
    private var functions: [String: TelemetryEvent] = [:]
    private var environments: [String: TelemetryEvent] = [:]

    private static let mostBytes = 24 * 1024 * 1024
    private static let mostEvents = 100_000

    /// The oldest sequence that is kept.
    var first: UInt64? { events.first?.sequence }

    mutating func append(_ event: TelemetryEvent, _ size: Int) {
        events.append(event)
        bytes += size
        remember(event)
        while bytes > Self.mostBytes || events.count > Self.mostEvents, events.count > 1, let oldest = events.popFirst()
        {
            bytes -= oldest.approximateSize
        }
    }

    private mutating func remember(_ event: TelemetryEvent) {
        switch event.kind {
        case .functionChanged(let function): functions[function.name] = event
        case .functionDeleted(let name): functions[name] = nil
        case .environment(let change) where change.state == .ended || change.state == .failed:
            environments[change.id] = nil
        case .environment(let change): environments[change.id] = event
        default: break
        }
    }

    func events(from sequence: UInt64, most: Int) -> [TelemetryEvent] {
        guard let first, let last = events.last?.sequence, sequence <= last else { return [] }
        let start = sequence > first ? Int(sequence - first) : 0
        return Array(events[start..<min(start + most, events.count)])
    }

    func presentState(before sequence: UInt64) -> [TelemetryEvent] {
        (Array(functions.values) + Array(environments.values))
            .filter { $0.sequence < sequence }
            .sorted { $0.sequence < $1.sequence }
    }
}
