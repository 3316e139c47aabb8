import DequeModule
import Telemetry
import TelemetryStore

/// The latest events, for subscribers that come late or come back; the oldest leave first.
struct ReplayRing: Sendable {
    private var events: Deque<TelemetryEvent> = []
    private var bytes = 0
    /// The latest description of each function, environment, table, API and alarm.
    private var descriptions: [String: TelemetryEvent] = [:]
    /// What left and is nowhere else, by kind.
    private(set) var lost: [String: Int] = [:]

    private static let mostBytes = 24 * 1024 * 1024
    private static let mostEvents = 100_000
    private static let mostDescriptions = 50_000

    /// The oldest sequence that is kept.
    var first: UInt64? { events.first?.sequence }

    mutating func append(_ event: TelemetryEvent, _ size: Int) {
        events.append(event)
        bytes += size
        remember(event)
        while bytes > Self.mostBytes || events.count > Self.mostEvents, events.count > 1, let oldest = events.popFirst()
        {
            bytes -= oldest.approximateSize
            if !oldest.kind.isRestorable { lost[oldest.kind.name, default: 0] += oldest.lossCount }
        }
    }

    private mutating func remember(_ event: TelemetryEvent) {
        guard let (key, isThere) = event.kind.subject else { return }
        guard isThere else {
            descriptions[key] = nil
            return
        }
        guard descriptions.count < Self.mostDescriptions || descriptions[key] != nil else { return }
        descriptions[key] = event
    }

    func events(from sequence: UInt64, most: Int) -> [TelemetryEvent] {
        guard let first, let last = events.last?.sequence, sequence <= last else { return [] }
        let start = sequence > first ? Int(sequence - first) : 0
        return Array(events[start..<min(start + most, events.count)])
    }

    func presentState(before sequence: UInt64) -> [TelemetryEvent] {
        descriptions.values.filter { $0.sequence < sequence }.sorted { $0.sequence < $1.sequence }
    }

    /// The invocations whose events are kept here.
    var invocations: KnownInvocations {
        var known = KnownInvocations()
        for event in events {
            switch event.kind {
            case .invocationStarted(let start): known.started.insert(start.requestID)
            case .invocationFinished(let end): known.finished.insert(end.requestID)
            default: break
            }
        }
        return known
    }
}

extension TelemetryEvent.Kind {
    /// What is described, and whether it is still there; `nil` for what happens once.
    fileprivate var subject: (key: String, isThere: Bool)? {
        switch self {
        case .functionChanged(let function): ("function \(function.name)", true)
        case .functionDeleted(let name): ("function \(name)", false)
        case .environment(let change): ("environment \(change.id)", change.state != .ended && change.state != .failed)
        case .tableChanged(let table): ("table \(table.name)", true)
        case .tableDeleted(let name): ("table \(name)", false)
        case .apiChanged(let api): ("api \(api.id)", true)
        case .apiDeleted(let id): ("api \(id)", false)
        case .alarmChanged(let alarm): ("alarm \(alarm.name)", true)
        case .alarmDeleted(let name): ("alarm \(name)", false)
        default: nil
        }
    }

    /// Whether the store can tell it again.
    fileprivate var isRestorable: Bool {
        switch self {
        case .invocationStarted, .invocationFinished, .stateMachineChanged, .stateMachineDeleted, .executionStarted,
            .executionHistory, .executionEnded:
            true
        default: subject != nil
        }
    }
}
