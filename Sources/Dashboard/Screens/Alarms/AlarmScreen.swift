import JSON
import Telemetry
import TelemetryStore
package import Terminal

/// One alarm: its metric with the threshold, its history, and how it is configured.
package struct AlarmScreen: Sendable {
    let name: String
    private(set) var row: AlarmRow?
    /// Of a composite alarm: the alarms that it is about.
    private(set) var children: [AlarmRow] = []
    private(set) var isUnknown = false
    var focus = AlarmPane.history
    var history = ListCursor()
    var childCursor = ListCursor()
    private(set) var tree: JSONTree?
    private(set) var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init(name: String) { self.name = name }

    var isComposite: Bool { row.map { !$0.plan.children.isEmpty } ?? false }

    /// The newest first.
    var changes: [AlarmRecord.Change] { row?.record.changes.reversed() ?? [] }

    mutating func take(_ answer: [AlarmRow]) {
        let found = answer.first { $0.name == name }
        isUnknown = found == nil
        guard let found else { return }
        let known = row?.record.alarm.configuration
        if tree == nil || known != found.record.alarm.configuration {
            tree = JSONTree(Secrets.masked(found.record.alarm.configuration), expandedTo: 2)
        }
        // The selection stays on its change when newer ones come.
        let added = row.map { found.record.changes.count - $0.record.changes.count } ?? 0
        if added > 0, history.index > 0 { history.index += added }
        row = found
        children = found.plan.children.compactMap { child in answer.first { $0.name == child } }
        history.clamp(count: changes.count)
        childCursor.clamp(count: children.count)
    }

    var panes: [AlarmPane] { isComposite ? AlarmPane.allCases : [.history, .configuration] }

    mutating func goToPane(_ step: Int) {
        let index = panes.firstIndex(of: focus) ?? 0
        focus = panes[(index + step + panes.count) % panes.count]
    }

    mutating func move(by step: Int) {
        switch focus {
        case .children: childCursor.move(by: step, count: children.count)
        case .history: history.move(by: step, count: changes.count)
        case .configuration: if let count = tree?.rowCount { tree?.cursor.move(by: step, count: count) }
        }
    }

    mutating func toggleConfiguration() { tree?.toggleSelected() }

    package mutating func lay(out rect: Rect) { place = rect }
}

package enum AlarmPane: Hashable, Sendable, CaseIterable {
    case children, history, configuration
}
