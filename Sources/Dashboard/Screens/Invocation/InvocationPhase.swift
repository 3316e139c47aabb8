import Telemetry
import TelemetryStore

/// A part of an invocation's time, one after another.
struct InvocationPhase: Hashable {
    var kind: Kind
    /// From the invocation's acceptance on.
    var start: Microseconds
    var duration: Microseconds
    /// It still goes on.
    var isRunning = false

    enum Kind: String, Hashable, CaseIterable {
        case queue, initialise = "init", invoke, extensions
    }

    /// - Parameter now: how far a running invocation has come.
    static func phases(of record: InvocationRecord, now: Timestamp) -> [InvocationPhase] {
        guard let end = record.end else {
            let age = max(now - record.startTime, .zero)
            return [InvocationPhase(kind: .invoke, start: .zero, duration: age, isRunning: true)]
        }
        let initialise = min(end.initDuration ?? .zero, end.queued)
        let parts: [(Kind, Microseconds)] = [
            (.queue, end.queued - initialise), (.initialise, initialise), (.invoke, end.duration),
            (.extensions, end.overhead),
        ]
        var phases: [InvocationPhase] = []
        var start = Microseconds.zero
        for (kind, duration) in parts where duration > .zero || kind == .invoke && end.status != .throttled {
            phases.append(InvocationPhase(kind: kind, start: start, duration: max(duration, .zero)))
            start = start + max(duration, .zero)
        }
        return phases
    }
}
