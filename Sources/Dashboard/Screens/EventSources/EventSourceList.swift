import Telemetry
import TelemetryStore
import Terminal

/// Event source mappings with what became of their batches, as a log to move in.
struct EventSourceList: Sendable {
    private(set) var stories: [EventSourceStory] = []
    private(set) var rows: [Row] = []
    var cursor = ListCursor()

    enum Row: Hashable, Sendable {
        case head(EventSourceStory)
        /// A line of what is told of it; the first one bears the mark.
        case incident(EventSourceIncident, line: Int)
        case step(EventSourceStory.Step)
        case note(String)
    }

    /// The latest of each mapping; more are on none of the screens.
    private static let incidentsShown = 3

    mutating func take(_ stories: [EventSourceStory]) {
        guard stories != self.stories else { return }
        let selected = selectedRow
        self.stories = stories
        rows = stories.flatMap(Self.rows)
        // At the top the selection stays there, whatever comes.
        if cursor.index > 0, let selected, let place = rows.firstIndex(of: selected) { cursor.index = place }
        cursor.clamp(count: rows.count)
    }

    private static func rows(_ story: EventSourceStory) -> [Row] {
        var rows: [Row] = [.head(story)]
        rows += story.incidents.suffix(incidentsShown).reversed().flatMap { incident in
            IncidentText(incident: incident).lines.indices.map { Row.incident(incident, line: $0) }
        }
        rows += story.steps.reversed().map(Row.step)
        if story.droppedSteps > 0 { rows.append(.note("\(Format.count(story.droppedSteps)) older steps have left")) }
        if story.steps.isEmpty { rows.append(.note("nothing came yet")) }
        return rows
    }

    var selectedRow: Row? { rows.indices.contains(cursor.index) ? rows[cursor.index] : nil }

    mutating func move(by step: Int) { cursor.move(by: step, count: rows.count) }

    /// Selects the next failure.
    mutating func goToFailure(forward: Bool) -> Bool {
        let failed = rows.indices.filter { rows[$0].isFailure }
        let here = cursor.index
        let next = forward ? failed.first { $0 > here } ?? failed.first : failed.last { $0 < here } ?? failed.last
        guard let next else { return false }
        cursor.index = next
        return true
    }

    /// What the selected row leads to: the invocation, or else the function.
    var opening: [Effect] {
        switch selectedRow {
        case .head(let story): return [.open(.function(story.function, .overview))]
        case .incident(let incident, _): return incident.invocation.map { [.open(.invocation($0))] } ?? Self.nothing
        case .step(let step): return step.change.invocation.map { [.open(.invocation($0))] } ?? Self.nothing
        case .note, nil: return []
        }
    }

    private static let nothing = [Effect.notice("no invocation belongs to it")]

    var function: String? {
        let heads = rows.prefix(cursor.index + 1).compactMap { row -> String? in
            if case .head(let story) = row { return story.function }
            return nil
        }
        return heads.last
    }

    mutating func point(at point: Point, in rect: Rect) -> Bool {
        let row = cursor.window(visible: rect.rows, count: rows.count).first + point.row - rect.row
        guard rect.contains(point), rows.indices.contains(row) else { return false }
        cursor.index = row
        return true
    }
}

extension EventSourceList.Row {
    fileprivate var isFailure: Bool {
        guard case .step(let step) = self else { return false }
        return step.change.step == .failed || step.change.step == .discarded
    }
}
