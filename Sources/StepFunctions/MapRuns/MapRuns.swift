import JSON
import StatesLanguage
import Synchronization

/// All runs of distributed Maps by ARN.
final class MapRuns: Sendable {
    subscript(arn: String) -> MapRun? { nil }

    func start(
        _ request: MapRunRequest, of parent: ExecutionRunner, from point: ResumePoint
    ) -> @Sendable () -> Void { {} }
}

final class MapRun: Sendable {}
