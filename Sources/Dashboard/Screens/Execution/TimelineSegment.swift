import Telemetry
import TelemetryStore
import Terminal

/// A bar of the timeline.
struct TimelineSegment: Hashable, Sendable {
    var start: Timestamp
    var end: Timestamp
    var role: Role
    var scalar: Unicode.Scalar = "▇"
    /// At its end.
    var mark: Glyph?

    var isWait: Bool { scalar == "░" }
}

extension ExecutionTimeline {
    func segments(_ lane: TimelineLane) -> [TimelineSegment] {
        switch lane {
        case .state(_, let visits, _): return visits.suffix(2000).flatMap { segments(progress.visits[$0]) }
        case .iteration(let map, let index, _):
            let item = progress.visits[map].iterations[index]
            return [
                TimelineSegment(
                    start: item.started, end: item.ended ?? end, role: item.status.role, mark: item.status.endMark)
            ]
        }
    }

    private func segments(_ visit: StateVisit) -> [TimelineSegment] {
        let whole = TimelineSegment(
            start: visit.entered, end: visit.ended ?? end, role: role(of: visit), mark: visit.status.endMark)
        if visit.isContainer {
            var whole = whole
            whole.scalar = "▂"
            return [whole]
        }
        if visit.kind == "Wait" {
            var whole = whole
            whole.scalar = "░"
            return [whole]
        }
        guard !visit.attempts.isEmpty else { return [whole] }
        return attempts(visit)
    }

    private func role(of visit: StateVisit) -> Role {
        guard visit.status == .succeeded else { return visit.status.role }
        return visit.kind == "Choice" ? .keyword : .ok
    }

    private func attempts(_ visit: StateVisit) -> [TimelineSegment] {
        var segments: [TimelineSegment] = []
        for attempt in visit.attempts {
            if let last = segments.last, last.end < attempt.scheduled {
                segments.append(TimelineSegment(start: last.end, end: attempt.scheduled, role: .dim, scalar: "░"))
            }
            let stop = attempt.ended ?? visit.ended ?? end
            segments.append(
                TimelineSegment(
                    start: attempt.scheduled, end: stop, role: attempt.status.role, mark: attempt.status.endMark))
        }
        if visit.isWaitingToRetry, let last = segments.last {
            segments.append(TimelineSegment(start: last.end, end: end, role: .dim, scalar: "░"))
        }
        // Short attempts stay visible over the waits around them.
        return segments.filter(\.isWait) + segments.filter { !$0.isWait }
    }
}

extension StateVisit.Status {
    var endMark: Glyph? {
        switch self {
        case .running: .running
        case .failed, .timedOut, .caught: .cross
        case .aborted: .choice
        case .succeeded: nil
        }
    }
}

extension StateAttempt.Status {
    var role: Role {
        switch self {
        case .running: .accent
        case .succeeded: .ok
        case .failed, .timedOut: .error
        case .aborted: .warn
        }
    }

    var mark: String {
        switch self {
        case .running: Mark.running
        case .succeeded: Mark.ok
        case .failed, .timedOut: Mark.failed
        case .aborted: "◇"
        }
    }

    var endMark: Glyph? {
        switch self {
        case .running: .running
        case .succeeded: nil
        case .failed, .timedOut: .cross
        case .aborted: .choice
        }
    }
}
