import Telemetry
import TelemetryStore
import Terminal

/// Two executions: what differs, the states side by side, input and output.
struct ExecutionComparison {
    let left: ExecutionDetail
    let right: ExecutionDetail

    /// More states are not looked at; a Map's items are visits of their own.
    private static let mostVisits = 20_000
    private static let mostStates = 200

    var rows: [CompareRow] {
        let gone = [left, right].contains(where: \.isHistoryGone)
        let states: [CompareRow] =
            gone ? [.whole([Run("  the history of one is no longer kept in memory", .warn)])] : self.states
        return [.heading("what differs", note: "")] + facts.rows + states
            + ComparedText.rows("input", source(left.start.input), source(right.start.input))
            + ComparedText.rows("output", left.end?.output.map(source), right.end?.output.map(source))
    }

    private func source(_ text: String) -> ComparedText.Source { ComparedText.Source(text: text) }

    private var facts: [ComparePair] {
        [
            ComparePair("status", status(left), status(right)),
            ComparePair("machine", left.machineName, right.machineName),
            ComparePair("error", error(left), error(right)), ComparePair("duration", left.duration, right.duration),
            ComparePair("failed in", failedState(left), failedState(right)),
            ComparePair("states", left.progress.visits.count, right.progress.visits.count),
            ComparePair("retries", retries(left), retries(right)),
            ComparePair("events", left.events.count, right.events.count),
            ComparePair("type", left.start.type.lowercased(), right.start.type.lowercased()),
            ComparePair(
                "definition", "\(Format.bytes(left.start.definition.utf8.count))",
                left.start.definition == right.start.definition
                    ? "\(Format.bytes(left.start.definition.utf8.count))"
                    : "another, \(Format.bytes(right.start.definition.utf8.count))"),
            ComparePair("trigger", left.start.trigger, right.start.trigger),
            ComparePair("redrives", left.start.redriveCount, right.start.redriveCount),
            ComparePair("started", left.startTime.clockText, right.startTime.clockText, isIdentity: true),
            ComparePair("name", left.start.name, right.start.name, isIdentity: true),
        ]
    }

    private func status(_ detail: ExecutionDetail) -> String { "\(detail.status.mark) \(detail.status.word)" }

    private func error(_ detail: ExecutionDetail) -> String {
        let parts = [detail.end?.error, detail.end?.cause.map { String($0.prefix(200)) }].compactMap { $0 }
        return parts.isEmpty ? Format.none : parts.joined(separator: ": ")
    }

    private func failedState(_ detail: ExecutionDetail) -> String {
        detail.progress.failed.map { detail.progress.visits[$0].name } ?? Format.none
    }

    private func retries(_ detail: ExecutionDetail) -> Int {
        detail.progress.visits.prefix(Self.mostVisits).reduce(0) { $0 + $1.retries }
    }

    // MARK: States

    /// All visits of a state together.
    private struct Tally {
        var count = 0
        var retries = 0
        var duration = Microseconds.zero
        var start: Microseconds
        var status = StateVisit.Status.succeeded

        var bar: CompareBar {
            let times = count > 1 ? " ×\(Format.count(count))" : ""
            let again = retries > 0 ? " ↻\(Format.count(retries))" : ""
            let mark = status == .succeeded ? "" : "\(status.mark) "
            return CompareBar(
                start: start, duration: duration, role: status == .succeeded ? .series1 : status.role,
                text: mark + duration.text + times + again)
        }
    }

    private var states: [CompareRow] {
        let (one, other) = (tallies(left), tallies(right))
        let names = (one.order + other.order.filter { one.tallies[$0] == nil }).prefix(Self.mostStates)
        guard !names.isEmpty else { return [] }
        let bars = names.map { (name: $0, left: one.tallies[$0]?.bar, right: other.tallies[$0]?.bar) }
        let longest = bars.flatMap { [$0.left, $0.right] }.compactMap { $0.map { $0.start + $0.duration } }.max()
        return [.heading("states", note: "from the start of each, to the same scale")]
            + bars.map { .bars(name: $0.name, left: $0.left, right: $0.right, scale: longest ?? .zero) }
    }

    private func tallies(_ detail: ExecutionDetail) -> (order: [String], tallies: [String: Tally]) {
        var order: [String] = []
        var tallies: [String: Tally] = [:]
        for visit in detail.progress.visits.prefix(Self.mostVisits) {
            if tallies[visit.name] == nil { order.append(visit.name) }
            var tally = tallies[visit.name] ?? Tally(start: max(visit.entered - detail.startTime, .zero))
            tally.count += 1
            tally.retries += visit.retries
            let end = visit.ended ?? detail.progress.lastTime ?? visit.entered
            tally.duration = tally.duration + max(end - visit.entered, .zero)
            if visit.status != .succeeded { tally.status = visit.status }
            tallies[visit.name] = tally
        }
        return (order, tallies)
    }
}

extension ExecutionDetail {
    /// Of one that runs: so far.
    fileprivate var duration: Microseconds {
        max((endTime ?? progress.lastTime ?? startTime) - startTime, .zero)
    }
}
