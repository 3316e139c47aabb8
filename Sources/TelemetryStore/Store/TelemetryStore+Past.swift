import DequeModule
package import Telemetry

/// Where the telling of the past goes on.
package enum PastPlace: Hashable, Sendable {
    case machines
    /// By the number of the record.
    case executions(Int)
    case invocations(Int)
    case requests(Int)
}

/// Invocations of which a listener hears by other ways.
package struct KnownInvocations: Sendable {
    package var started: Set<RequestID> = []
    package var finished: Set<RequestID> = []

    package init() {}
}

/// What the store knows, told again as events: for who comes when the events themselves are gone.
extension TelemetryStore {
    private static let mostInvocations = 2_000
    /// Bytes of histories in one part, more or less.
    private static let mostHistory = 1 << 20

    /// - Returns: events without sequences, and where it goes on; `nil` when that was all.
    package func past(
        from place: PastPlace, but known: KnownInvocations
    ) -> (events: [TelemetryEvent], next: PastPlace?) {
        switch place {
        case .machines:
            let machines = executions.machines.values.sorted { $0.arn < $1.arn }
            let descriptions = apis.descriptions.values.sorted { $0.id < $1.id }
            return (
                machines.map { TelemetryEvent(.stateMachineChanged($0)) }
                    + descriptions.map { TelemetryEvent(.apiChanged($0)) }, .executions(0)
            )
        case .executions(let number):
            let (events, next) = executions.past(from: number, most: Self.mostHistory)
            return (events, next.map(PastPlace.executions) ?? .invocations(0))
        case .invocations(let number):
            let (events, next) = invocations.past(from: number, most: Self.mostInvocations, but: known)
            return (events, next.map(PastPlace.invocations) ?? .requests(0))
        case .requests(let number):
            let (events, next) = apis.past(from: number, most: Self.mostInvocations)
            return (events, next.map(PastPlace.requests))
        }
    }

    /// Takes what somebody else's ``past(from:but:)`` told; what is known already changes nothing.
    package func restore(_ events: [TelemetryEvent]) {
        ingest(events.filter { !isKnown($0) })
    }

    private func isKnown(_ event: TelemetryEvent) -> Bool {
        switch event.kind {
        case .invocationStarted(let start):
            invocations[start.requestID].map { $0.start.attempt >= start.attempt } ?? false
        case .invocationFinished(let end): invocations[end.requestID]?.end != nil
        case .executionEnded(let end): executions[end.arn]?.end == end
        default: false
        }
    }
}

extension ExecutionArchive {
    func past(from number: Int, most: Int) -> (events: [TelemetryEvent], next: Int?) {
        var events: [TelemetryEvent] = []
        var bytes = 0
        var number = max(number, first)
        while number < first + records.count, bytes < most {
            let record = records[number - first]
            number += 1
            bytes += record.bytes
            events.append(TelemetryEvent(.executionStarted(record.start), at: record.startTime))
            if record.events.count > 0 {
                let history = ExecutionHistory(
                    arn: record.start.arn, events: Array(record.events), invocations: record.invocations)
                events.append(TelemetryEvent(.executionHistory(history), at: record.startTime))
            }
            guard let end = record.end else { continue }
            events.append(TelemetryEvent(.executionEnded(end), at: record.endTime ?? record.startTime))
        }
        return (events, number < first + records.count ? number : nil)
    }
}

extension APIArchive {
    func past(from number: Int, most: Int) -> (events: [TelemetryEvent], next: Int?) {
        let start = max(number, first)
        let end = min(start + most, first + records.count)
        let events = (start..<max(start, end)).map { number in
            TelemetryEvent(.apiRequest(records[number - first].request), at: records[number - first].time)
        }
        return (events, end < first + records.count ? end : nil)
    }
}

extension InvocationArchive {
    func past(
        from number: Int, most: Int, but known: KnownInvocations
    ) -> (events: [TelemetryEvent], next: Int?) {
        var events: [TelemetryEvent] = []
        let start = max(number, first)
        let end = min(start + most, first + records.count)
        for number in start..<max(start, end) {
            let record = records[number - first]
            if !known.started.contains(record.requestID) {
                events.append(TelemetryEvent(.invocationStarted(record.start), at: record.startTime))
            }
            guard let end = record.end, !known.finished.contains(record.requestID) else { continue }
            events.append(TelemetryEvent(.invocationFinished(end), at: record.endTime ?? record.startTime))
        }
        return (events, end < first + records.count ? end : nil)
    }
}
