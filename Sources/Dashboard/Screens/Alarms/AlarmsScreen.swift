import Telemetry
import TelemetryStore
package import Terminal

/// What fires, the metrics that the application measures itself, and how the selected one went.
package struct AlarmsScreen: Sendable {
    private(set) var rows: [AlarmRow]?
    private(set) var metricRows: [MetricRow]?
    var alarms = PagedRows<AlarmRow>(followsFirst: false)
    var metrics = PagedRows<MetricRow>(followsFirst: false)
    var focus = AlarmsPane.alarms
    var filter = FilterField(placeholder: "name, namespace or dimension")
    private(set) var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init() {}

    /// The most that are looked through; the list says when there are more.
    static let mostMetrics = 500

    var metricQuery: MetricListQuery { MetricListQuery(text: filter.text, limit: Self.mostMetrics) }

    var selected: AlarmRow? { alarms.selectedRow }
    var selectedMetric: MetricRow? { metrics.selectedRow }

    mutating func take(_ answer: [AlarmRow]) {
        rows = answer
        arrange()
    }

    mutating func take(_ answer: [MetricRow]) {
        metricRows = answer
        metrics.take(answer)
        settle()
    }

    /// Those that fire first, the latest of them at the top; then by name.
    mutating func arrange() {
        let words = filter.text.lowercased()
        let shown = (rows ?? [])
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
        alarms.take(shown)
        settle()
    }

    private mutating func settle() {
        alarms.lay(out: layout.table.rows - 1)
        metrics.lay(out: layout.metrics.rows - 1)
    }

    mutating func move(by step: Int) {
        switch focus {
        case .alarms: alarms.move(by: step)
        case .metrics: metrics.move(by: step)
        }
    }

    mutating func show(_ pane: AlarmsPane) {
        focus = pane
        settle()
    }

    mutating func clearFilter() {
        filter.clear()
        arrange()
    }

    package mutating func lay(out rect: Rect) {
        place = rect
        settle()
    }

    var layout: AlarmsLayout {
        AlarmsLayout(place, alarms: alarms.rows.count, metrics: metrics.rows.count, focus: focus)
    }
}

extension AlarmRow: ListedRow {
    var rowID: String { name }
}

extension MetricRow: ListedRow {
    var rowID: MetricKey { key }
}

package enum AlarmsPane: Hashable, Sendable {
    case alarms, metrics
}

/// Where the parts of the screen are; what has no room is empty.
struct AlarmsLayout: Hashable, Sendable {
    var tableFrame: Rect
    var metricsFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)
    var chartFrame = Rect(column: 0, row: 0, columns: 0, rows: 0)

    var table: Rect { Pane.inside(tableFrame) }
    var metrics: Rect { Pane.inside(metricsFrame) }

    init(_ rect: Rect, alarms: Int, metrics: Int, focus: AlarmsPane) {
        guard rect.rows >= 16 else {
            let nothing = Rect(column: rect.column, row: rect.row, columns: 0, rows: 0)
            tableFrame = focus == .alarms ? rect : nothing
            metricsFrame = focus == .metrics ? rect : nothing
            return
        }
        // As many rows as the alarms and the metrics need, where there is room beside the chart; without any of them the
        // notes say how there are some.
        let hasChart = alarms > 0 || metrics > 0
        let room = hasChart ? rect.rows - max(rect.rows * 2 / 5, 8) : rect.rows
        let upper = alarms > 0 ? max(alarms + 3, 5) : 7
        let lower = metrics > 0 ? max(metrics + 3, 5) : 5
        let top = min(upper, max(room - lower, room / 2))
        let middle = hasChart ? min(lower, room - top) : rect.rows - top
        let parts = rect.splitRows(.fixed(top), .fixed(middle), .share())
        (tableFrame, metricsFrame) = (parts[0], parts[1])
        if hasChart { chartFrame = parts[2] }
    }
}
