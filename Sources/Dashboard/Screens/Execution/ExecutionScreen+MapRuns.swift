import Telemetry
import TelemetryStore

/// Distributed Maps: their items run in executions of their own, which no event of this one tells of.
extension ExecutionScreen {
    /// Of more runs the latest.
    private static let mostRuns = 8

    /// Of the Maps that are in no other Map; only while the present is shown, since nobody kept how far they were before.
    var mapRunRequests: [DataRequest] {
        guard isLive else { return [] }
        return progress.outline.compactMap { progress.visits[$0].mapRunARN }.suffix(Self.mostRuns).map {
            .executions(ExecutionQuery(mapRun: $0, limit: 0))
        }
    }

    mutating func take(_ page: ExecutionPage, for request: DataRequest) {
        guard case .executions(let query) = request, let run = query.mapRun, mapRuns[run] != page.counts else { return }
        mapRuns[run] = page.counts
        refresh(progress.lastTime ?? detail?.startTime ?? .now())
    }

    var shownMapRuns: [String: [ExecutionStatus: Int]] { isLive ? mapRuns : [:] }
}

extension IterationCounts {
    /// By the executions of a Map run; `nil` when some of them are no longer kept.
    init?(_ children: [ExecutionStatus: Int], of visit: StateVisit, isBatched: Bool) {
        let known = children.values.reduce(0, +)
        let all = isBatched ? known : max(visit.length ?? 0, known)
        guard visit.isOpen || known >= all else { return nil }
        let done = children[.succeeded] ?? 0
        let open = (children[.running] ?? 0) + (children[.pendingRedrive] ?? 0)
        self.init(total: all, running: open, succeeded: done, failed: known - done - open)
    }
}
