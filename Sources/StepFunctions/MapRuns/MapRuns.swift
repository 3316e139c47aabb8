import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// All runs of distributed Maps by ARN.
final class MapRuns: Sendable {
    private let state = Mutex(State())

    private struct State {
        var all: [String: MapRun] = [:]
        var byExecution: [String: [String]] = [:]
    }

    subscript(arn: String) -> MapRun? { state.withLock { $0.all[arn] } }

    /// In the order they began.
    func of(_ execution: String) -> [MapRun] {
        state.withLock { state in state.byExecution[execution]?.compactMap { state.all[$0] } ?? [] }
    }

    /// - Returns: stops the run.
    func start(
        _ request: MapRunRequest, of parent: ExecutionRunner, from point: ResumePoint
    ) -> @Sendable () -> Void {
        if request.redriven, let known = of(parent.arn).last(where: { $0.request.label == request.label }) {
            return known.redrive(as: request.id)
        }
        let run = MapRun(request, of: parent)
        state.withLock { state in
            if state.all.updateValue(run, forKey: run.arn) == nil {
                state.byExecution[parent.arn, default: []].append(run.arn)
            }
        }
        return run.start(announces: point == .fresh)
    }

    /// The execution's history is gone, and its runs with it.
    func remove(of execution: String) {
        state.withLock { state in
            for arn in state.byExecution.removeValue(forKey: execution) ?? [] { state.all[arn] = nil }
        }
    }

    func removeAll() { state.withLock { $0 = State() } }
}
