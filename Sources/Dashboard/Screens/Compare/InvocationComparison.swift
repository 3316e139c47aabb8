import JSON
import Telemetry
import TelemetryStore
import Terminal

/// Two invocations, section by section.
struct InvocationComparison {
    let left: InvocationDetail
    let right: InvocationDetail

    var rows: [CompareRow] {
        [.heading("what differs", note: "")] + facts.rows + phases
            + ComparedText.rows("event", text(left.record.start.event), text(right.record.start.event))
            + ComparedText.rows("response", response(left), response(right)) + log
    }

    private var facts: [ComparePair] {
        let (one, other) = (left.record, right.record)
        var facts = [
            ComparePair("status", status(one), status(other)),
            ComparePair("function", one.start.function, other.start.function),
            ComparePair("error", error(one), error(other)),
            ComparePair("duration", one.end?.duration, other.end?.duration),
            ComparePair("billed", billed(one), billed(other)),
            ComparePair("init", one.end?.initDuration, other.end?.initDuration),
            ComparePair("memory", memory(one), memory(other)),
            ComparePair("trigger", one.start.trigger, other.start.trigger),
            ComparePair("attempt", one.start.attempt, other.start.attempt),
            ComparePair(
                "event size", Format.bytes(one.start.event.totalCount), Format.bytes(other.start.event.totalCount)),
            ComparePair("log lines", left.lineCount, right.lineCount),
            ComparePair("calls", left.calls.count, right.calls.count),
            ComparePair("started", one.startTime.clockText, other.startTime.clockText, isIdentity: true),
            ComparePair("environment", environment(one), environment(other), isIdentity: true),
            ComparePair("request", one.requestID.description, other.requestID.description, isIdentity: true),
        ]
        if let mine = one.end?.maxMemoryUsedMiB, let theirs = other.end?.maxMemoryUsedMiB, mine != theirs,
            let place = facts.firstIndex(where: { $0.name == "memory" })
        {
            facts[place].difference = (theirs > mine ? "+" : "") + "\(theirs - mine) MiB"
        }
        return facts
    }

    private func status(_ record: InvocationRecord) -> String {
        let status = InvocationStatus(record)
        return "\(status.glyph) \(status.word)"
    }

    private func error(_ record: InvocationRecord) -> String {
        let parts = [record.end?.errorType, record.end?.errorMessage].compactMap { $0 }
        return parts.isEmpty ? Format.none : parts.joined(separator: ": ")
    }

    private func billed(_ record: InvocationRecord) -> Microseconds? {
        record.end.map { .milliseconds($0.billedMilliseconds) }
    }

    private func memory(_ record: InvocationRecord) -> String {
        guard let end = record.end, end.maxMemoryUsedMiB > 0 else { return Format.none }
        return "\(end.maxMemoryUsedMiB) of \(end.memorySizeMiB) MiB"
    }

    private func environment(_ record: InvocationRecord) -> String {
        let environment = record.end?.environment ?? ""
        return environment.isEmpty ? Format.none : environment
    }

    /// Bars of one scale.
    private var phases: [CompareRow] {
        let (one, other) = (phases(of: left), phases(of: right))
        let longest = (one + other).map { $0.start + $0.duration }.max() ?? .zero
        guard longest > .zero else { return [] }
        func bar(_ phases: [InvocationPhase], _ kind: InvocationPhase.Kind) -> CompareBar? {
            phases.first { $0.kind == kind }.map {
                CompareBar(start: $0.start, duration: $0.duration, role: kind.role, text: $0.duration.text)
            }
        }
        let rows = InvocationPhase.Kind.allCases.compactMap { kind -> CompareRow? in
            let (mine, theirs) = (bar(one, kind), bar(other, kind))
            guard mine != nil || theirs != nil else { return nil }
            return .bars(name: kind.rawValue, left: mine, right: theirs, scale: longest)
        }
        return [.heading("phases", note: "both to the same scale")] + rows
    }

    private func phases(of detail: InvocationDetail) -> [InvocationPhase] {
        // One that still runs has no phases to compare.
        detail.record.end == nil ? [] : InvocationPhase.phases(of: detail.record, now: detail.record.startTime)
    }

    private func text(_ payload: Payload) -> ComparedText.Source {
        ComparedText.Source(text: String(decoding: payload.bytes, as: UTF8.self), isCut: payload.isCut)
    }

    private func response(_ detail: InvocationDetail) -> ComparedText.Source? {
        detail.record.end.map { text($0.response) }
    }

    private var log: [CompareRow] {
        let pairs = LogAlignment.pairs(left, right)
        guard !pairs.isEmpty else { return [] }
        let more = max(left.lineCount, right.lineCount) - LogAlignment.mostLines
        let note =
            more > 0 ? "the first \(LogAlignment.mostLines) lines of each" : "how much later the right one said it"
        return [.heading("log", note: note)] + pairs.map(CompareRow.lines)
    }
}

extension InvocationDetail {
    fileprivate var lineCount: Int { logLines.count + omittedLogLines }
}

/// Two texts that may be JSON, as what differs.
enum ComparedText {
    struct Source: Hashable {
        var text: String
        /// Only the beginning is kept.
        var isCut = false
    }

    private static let mostLines = 200

    /// - Parameter left: `nil` while there is none.
    static func rows(_ title: String, _ left: Source?, _ right: Source?) -> [CompareRow] {
        guard left != nil || right != nil else { return [] }
        let note = left == right ? "the same" : "- only left, + only right"
        return [.heading(title, note: note)] + lines(left, right).map(CompareRow.whole)
    }

    private static func lines(_ left: Source?, _ right: Source?) -> [[Run]] {
        guard left != right else { return [] }
        guard let left, let right else {
            return [[Run("  \(left == nil ? "the left" : "the right") one has none yet", .dim)]]
        }
        if !left.isCut, !right.isCut, let one = try? JSON(parsing: left.text),
            let other = try? JSON(parsing: right.text)
        {
            return one == other
                ? [[Run("  the same values, written another way", .dim)]] : JSONDifference.lines(one, other)
        }
        let cut = left.isCut || right.isCut ? [[Run("  only the beginning is kept", .warn)]] : []
        return cut + plain("-", .error, left.text) + plain("+", .ok, right.text)
    }

    private static func plain(_ sign: String, _ role: Role, _ text: String) -> [[Run]] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(mostLines).map {
            [Run("\(sign) ", role, .bold), Run(String($0.prefix(2000)), .text)]
        }
    }
}
