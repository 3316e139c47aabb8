import Telemetry
import TelemetryStore
package import Terminal

/// What fires, and the metrics that the application measures itself.
package struct AlarmsScreen: Sendable {
    private(set) var rows: [AlarmRow]?
    private(set) var metrics: [MetricRow]?
    /// The alarm and the metric that are selected, wherever they stand.
    private(set) var selectedName: String?
    private(set) var selectedKey: MetricKey?
    private(set) var first = 0
    private(set) var firstMetric = 0
    var focus = AlarmsPane.alarms
    var filter = TextField("", placeholder: "name, namespace or dimension")
    var isFiltering = false
    private(set) var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init() {}

    /// The most that are looked through; the list says when there are more.
    static let mostMetrics = 500

    var metricQuery: MetricListQuery { MetricListQuery(text: filter.text, limit: Self.mostMetrics) }

    /// Those that fire first, the latest of them at the top; then by name.
    var shown: [AlarmRow] {
        let words = filter.text.lowercased()
        return (rows ?? [])
            .filter { row in
                words.isEmpty || row.name.lowercased().contains(words)
                    || row.record.alarm.condition.lowercased().contains(words)
            }
            .sorted { left, right in
                if left.state != right.state { return left.state.rank < right.state.rank }
                if left.state == .alarm, left.record.alarm.since != right.record.alarm.since {
                    return left.record.alarm.since > right.record.alarm.since
                }
                return left.name < right.name
            }
    }

    var cursor: ListCursor {
        let index = selectedName.flatMap { name in shown.firstIndex { $0.name == name } } ?? 0
        return ListCursor(index: index, first: first)
    }

    var metricCursor: ListCursor {
        let index = selectedKey.flatMap { key in metrics?.firstIndex { $0.key == key } } ?? 0
        return ListCursor(index: index, first: firstMetric)
    }

    var selected: AlarmRow? {
        let shown = shown
        return shown.indices.contains(cursor.index) ? shown[cursor.index] : nil
    }

    var selectedMetric: MetricRow? {
        guard let metrics, metrics.indices.contains(metricCursor.index) else { return nil }
        return metrics[metricCursor.index]
    }

    mutating func take(_ answer: [AlarmRow]) {
        rows = answer
        settle()
    }

    mutating func take(_ answer: [MetricRow]) {
        metrics = answer
        settle()
    }

    mutating func settle() {
        first = cursor.window(visible: max(layout.table.rows - 1, 0), count: shown.count).first
        firstMetric = metricCursor.window(visible: max(layout.metrics.rows - 1, 0), count: metrics?.count ?? 0).first
    }

    mutating func move(by step: Int) {
        switch focus {
        case .alarms:
            var cursor = cursor
            let shown = shown
            cursor.move(by: step, count: shown.count)
            select(alarm: shown.indices.contains(cursor.index) ? shown[cursor.index].name : nil)
        case .metrics:
            var cursor = metricCursor
            cursor.move(by: step, count: metrics?.count ?? 0)
            select(metric: metrics.flatMap { $0.indices.contains(cursor.index) ? $0[cursor.index].key : nil })
        }
    }

    mutating func select(alarm name: String?) {
        selectedName = name
        settle()
    }

    mutating func select(metric key: MetricKey?) {
        selectedKey = key
        settle()
    }

    mutating func clearFilter() {
        filter = TextField("", placeholder: filter.placeholder)
        isFiltering = false
        settle()
    }

    package mutating func lay(out rect: Rect) {
        place = rect
        settle()
    }

    var layout: AlarmsLayout { AlarmsLayout(place, alarms: shown.count, metrics: metrics?.count ?? 0, focus: focus) }
}

package enum AlarmsPane: Hashable, Sendable {
    case alarms, metrics
}

/// Where the parts of the screen are; what has no room is empty.
struct AlarmsLayout: Hashable, Sendable {
    var tableFrame: Rect
    var metricsFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var table: Rect { Pane.inside(tableFrame) }
    var metrics: Rect { Pane.inside(metricsFrame) }

    init(_ rect: Rect, alarms: Int, metrics: Int, focus: AlarmsPane) {
        guard rect.rows >= 16 else {
            let nothing = Rect(column: rect.column, row: rect.row, columns: 0, rows: 0)
            tableFrame = focus == .alarms ? rect : nothing
            metricsFrame = focus == .metrics ? rect : nothing
            return
        }
        // As many rows as the alarms need, and at least a third for each.
        let least = rect.rows / 3
        let wanted = min(max(alarms + 3, least), rect.rows - max(min(metrics + 3, rect.rows / 2), least))
        let parts = rect.splitRows(.fixed(wanted), .share())
        tableFrame = parts[0]
        metricsFrame = parts[1]
    }
}
