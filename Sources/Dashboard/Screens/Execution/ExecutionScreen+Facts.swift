import StatesLanguage
import Telemetry
import TelemetryStore

/// What follows from what the screen knows.
extension ExecutionScreen {
    var isRunning: Bool { detail.map { !$0.status.isOver } ?? false }
    var isLive: Bool { moment == nil }

    /// Until when the shown moment lasts.
    func time(_ now: Timestamp) -> Timestamp {
        guard let detail else { return now }
        if moment == nil { return detail.endTime ?? max(now, detail.startTime) }
        return progress.lastTime ?? detail.startTime
    }

    var selectedVisit: StateVisit? {
        visit.flatMap { progress.visits.indices.contains($0) ? progress.visits[$0] : nil }?
            .judged(by: selectedDefinition)
    }

    var selectedDefinition: StateDefinition? { selected.flatMap { machine?.flow.find($0) } }

    /// The invocation of the selected state's last attempt.
    var requestID: RequestID? {
        guard let detail, let attempt = selectedVisit?.attempts.last else { return nil }
        return detail.invocation(of: attempt)
    }

    /// The Map that is selected, or the innermost around what is.
    var nearestMap: Int? {
        guard let visit = selectedVisit else { return nil }
        if visit.kind == "Map" { return visit.index }
        return progress.iterations(around: visit.index).first?.map
    }
}

extension TimelineLane {
    var isIteration: Bool { if case .iteration = self { true } else { false } }
}

extension StateFlow {
    /// The state of a name, wherever it is nested: names are unique in a machine.
    func find(_ name: String) -> StateDefinition? {
        if let own = state(named: name) { return own }
        for state in states {
            for branch in state.branches { if let found = branch.find(name) { return found } }
            if let found = state.map?.processor.find(name) { return found }
        }
        return nil
    }
}
