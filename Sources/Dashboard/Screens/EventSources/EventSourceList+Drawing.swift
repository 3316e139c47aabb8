import Telemetry
import TelemetryStore
import Terminal

extension EventSourceList {
    func draw(on canvas: inout Canvas, in rect: Rect, now: Timestamp, empty: [String]) {
        guard !rows.isEmpty else { return canvas.drawNote(empty, in: rect) }
        ListView(count: rows.count, cursor: cursor).draw(on: &canvas, in: rect) { row in
            Self.line(rows[row], now: now).styled
        }
    }

    private static func line(_ row: Row, now: Timestamp) -> [Run] {
        switch row {
        case .head(let story): return head(story, now: now)
        case .incident(let incident, let line):
            let text = IncidentText(incident: incident)
            return [Run(line == 0 ? "  \(text.mark) " : "    ", text.role, .bold), Run(text.lines[line], text.role)]
        case .step(let step): return line(step)
        case .note(let text): return [Run("    " + text, .dim)]
        }
    }

    private static func head(_ story: EventSourceStory, now: Timestamp) -> [Run] {
        let look = story.look
        var runs = [
            Run("\(look.mark) ", look.role, .bold), Run(story.function, .strong, .bold), Run(" reads ", .dim),
            Run(story.sourceName, .accent), Run("  \(story.state)", story.state == "Enabled" ? .ok : .warn),
        ]
        runs += story.figures(now: now).map { Run("  " + $0, .dim) }
        return runs
    }

    private static func line(_ step: EventSourceStory.Step) -> [Run] {
        let change = step.change
        let look = change.step.look
        let records = change.records > 0 ? IncidentText.records(change.records) : ""
        let attempt = change.attempt > 1 ? "try \(change.attempt)" : ""
        return [Run("    \(step.time.clockText)  ", .dim), Run("\(look.mark) ", look.role)]
            + Run.cell(look.word, 16, Style(look.role)) + Run.cell(records, 12, Style(.text))
            + Run.cell(attempt, 7, Style(.warn))
            + Run.cell(change.invocation?.short ?? "", 8, Style(.accent))
            + Run.cell(IncidentText.range(change.first, change.last), 20, Style(.dim))
            + [Run(IncidentText.name(change.detail), change.step == .failed ? .error : .text)]
    }
}

extension EventSourceStory {
    var look: (mark: String, role: Role) {
        if let incident = openIncident {
            return incident.failures > 0 ? (Mark.failed, .error) : (Mark.running, .accent)
        }
        guard state == "Enabled" else { return ("◐", .warn) }
        return lastResult == nil ? ("○", .dim) : (Mark.ok, .ok)
    }

    /// `orders stream`, or the queue's name.
    var sourceName: String {
        if let table { return "\(table) stream" }
        let parts = source.split { $0 == ":" || $0 == "/" }
        return parts.last.map(String.init) ?? source
    }

    /// What it did so far and where it is, a part each.
    func figures(now: Timestamp) -> [String] {
        var parts: [String] = []
        if let count = batches[.delivered] {
            parts.append("\(Format.count(count)) batches with \(IncidentText.records(deliveredRecords)) taken")
        }
        if let count = batches[.failed] { parts.append("\(Format.count(count)) failed") }
        if discardedRecords > 0 { parts.append("\(IncidentText.records(discardedRecords)) given up") }
        if let positionTime {
            let age = Format.age(microseconds: max(now - positionTime, .zero).count)
            parts.append("at \(IncidentText.tail(position)), \(age)")
        }
        return parts
    }
}

extension EventSourceChange.Step {
    var look: (mark: String, word: String, role: Role) {
        switch self {
        case .changed: ("◇", "changed", .dim)
        case .deleted: ("◇", "deleted", .dim)
        case .delivered: (Mark.ok, "taken", .ok)
        case .failed: (Mark.failed, "failed", .error)
        case .bisected: ("◐", "halved", .warn)
        case .retried: ("↻", "tried again", .warn)
        case .discarded: (Mark.failed, "given up", .error)
        case .sentToDestination: ("→", "told", .info)
        case .destinationFailed: (Mark.failed, "not told", .error)
        }
    }
}
