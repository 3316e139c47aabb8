package import Telemetry

/// A batch on which a function failed, from the first failure to its end: what a person asks for when a stream stands.
package struct EventSourceIncident: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// It is still tried.
        case open
        /// All records were taken in the end.
        case delivered
        /// Some or all were given up.
        case discarded
    }

    package var start: Timestamp
    package var end: Timestamp
    package var records: Int
    package var first: String
    package var last: String
    package var failures = 0
    package var bisections = 0
    /// The smallest part on which the function failed.
    package var narrowest: EventSourceChange
    package var delivered = 0
    package var discarded = 0
    /// Where the discarded records were told to.
    package var destination: String?
    /// Why the destination could not be told.
    package var destinationProblem: String?
    package var outcome = Outcome.open
    /// The last that failed.
    package var invocation: RequestID?
    /// What it failed with.
    package var error = ""

    init(_ change: EventSourceChange, at time: Timestamp) {
        (start, end) = (time, time)
        (records, first, last) = (change.records, change.first, change.last)
        narrowest = change
    }

    /// Whether a step is about records of this batch; those that name none are taken to be.
    func covers(_ change: EventSourceChange) -> Bool {
        guard !first.isEmpty, !change.first.isEmpty else { return true }
        return !SequenceNumber.isBefore(change.first, first) && !SequenceNumber.isBefore(last, change.last)
    }

    mutating func take(_ change: EventSourceChange, at time: Timestamp) {
        end = time
        switch change.step {
        case .failed:
            failures += 1
            if change.records <= narrowest.records { narrowest = change }
            if !change.detail.isEmpty { error = change.detail }
            invocation = change.invocation ?? invocation
        case .bisected: bisections += 1
        case .delivered: delivered += change.records
        case .discarded:
            discarded += change.records
            narrowest = change.records <= narrowest.records ? change : narrowest
        case .sentToDestination: destination = change.detail
        case .destinationFailed: destinationProblem = change.detail
        case .retried, .changed, .deleted: break
        }
        guard delivered + discarded >= records, records > 0 else { return }
        outcome = discarded > 0 ? .discarded : .delivered
    }
}

extension EventSourceStory {
    /// The incidents among the steps that are kept, oldest first.
    package var incidents: [EventSourceIncident] {
        var incidents: [EventSourceIncident] = []
        for step in steps {
            let change = step.change
            switch change.step {
            case .changed, .deleted: continue
            case .sentToDestination, .destinationFailed:
                guard !incidents.isEmpty else { continue }
                incidents[incidents.count - 1].take(change, at: step.time)
                continue
            default: break
            }
            if let last = incidents.last, last.outcome == .open, last.covers(change) {
                incidents[incidents.count - 1].take(change, at: step.time)
            } else if change.step == .failed || change.step == .discarded {
                incidents.append(EventSourceIncident(change, at: step.time))
                incidents[incidents.count - 1].take(change, at: step.time)
            }
        }
        return incidents
    }

    /// The batch that the function fails on now.
    package var openIncident: EventSourceIncident? {
        incidents.last.flatMap { $0.outcome == .open ? $0 : nil }
    }
}
