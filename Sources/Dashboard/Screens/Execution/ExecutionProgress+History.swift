import StatesLanguage
import Telemetry
import TelemetryStore

extension ExecutionProgress {
    /// - Parameters:
    ///   - chosen: of each Map the item whose states are shown; the others together.
    ///   - mapRuns: by ARN how the executions of distributed Maps stand.
    ///   - time: until when what runs has run.
    init(
        _ history: HistoryProgress, definition: StateMachineDefinition?, chosen: [String: Int],
        mapRuns: [String: [ExecutionStatus: Int]] = [:], at time: Timestamp
    ) {
        self.init()
        for visit in history.visits {
            let places = visit.isOutside ? [] : history.iterations(around: visit.index)
            let isShown = places.allSatisfy { place in
                chosen[history.visits[place.map].name].map { $0 == place.index } ?? true
            }
            guard isShown else { continue }
            add(visit)
            if let previous = visit.previous {
                let before = history.visits[previous]
                taken.insert(TakenEdge(from: before.name, to: visit.name, isCaught: before.status == .caught))
            }
            // The last visit speaks, unless one before still runs or failed.
            if !visit.isOpen, isHeld(visit.name) { continue }
            states[visit.name]?.status = Self.status(visit, definition)
            states[visit.name]?.duration = max((visit.ended ?? time) - visit.entered, .zero).count
            guard visit.kind == "Map", !visit.iterations.isEmpty || visit.length != nil else { continue }
            guard let run = visit.mapRunARN else {
                states[visit.name]?.iterations = IterationCounts(visit, shown: chosen[visit.name])
                continue
            }
            let isBatched = definition?.flow.find(visit.name)?.map?.itemBatcher != nil
            states[visit.name]?.iterations = mapRuns[run].flatMap {
                IterationCounts($0, of: visit, isBatched: isBatched)
            }
        }
    }

    private mutating func add(_ visit: StateVisit) {
        states[visit.name, default: StateProgress()].visits += 1
    }

    private func isHeld(_ name: String) -> Bool {
        switch states[name]?.status {
        case .running, .retrying, .failed: true
        default: false
        }
    }

    private static func status(_ visit: StateVisit, _ definition: StateMachineDefinition?) -> StateProgress.Status {
        let visit = visit.isWaitingToRetry ? visit.judged(by: definition?.flow.find(visit.name)) : visit
        switch visit.status {
        case .running:
            guard visit.attempts.count > 1 || visit.isWaitingToRetry else { return .running }
            let tries = visit.attempts.count + (visit.isWaitingToRetry ? 1 : 0)
            let most = definition?.flow.find(visit.name)?.mostAttempts ?? tries
            return .retrying(attempt: tries, of: max(most, tries))
        case .succeeded: return .succeeded
        case .caught: return .caught
        case .failed, .timedOut: return .failed
        case .aborted: return .aborted
        }
    }
}

extension StateDefinition {
    /// The first try and all that may follow.
    var mostAttempts: Int { 1 + (retriers.map(\.maxAttempts).max() ?? 0) }
}

extension IterationCounts {
    init(_ visit: StateVisit, shown: Int?) {
        self.init(total: max(visit.length ?? 0, visit.iterations.count), shown: shown)
        for item in visit.iterations where item.startedEvent > 0 {
            switch item.status {
            case .running: running += 1
            case .succeeded: succeeded += 1
            default: failed += 1
            }
        }
    }
}
