package import Telemetry

/// An alarm with what its metric did over a window.
package struct AlarmRow: Hashable, Sendable {
    package var record: AlarmRecord
    package var plan: AlarmPlan
    /// What it compares with its threshold, period by period; `nil` for composite alarms.
    package var series: MetricSeries?

    package init(record: AlarmRecord, plan: AlarmPlan, series: MetricSeries? = nil) {
        self.record = record
        self.plan = plan
        self.series = series
    }

    package var name: String { record.alarm.name }
    package var state: AlarmDescription.State { record.alarm.state }
}

extension TelemetryStore {
    package func alarmRows(in window: TimeWindow) -> [AlarmRow] {
        alarms.records.values.sorted { $0.alarm.name < $1.alarm.name }.map { record in
            let plan = AlarmPlan(record.alarm.configuration)
            let found = plan.queries.isEmpty ? nil : try? series(plan.queries, in: window)
            return AlarmRow(record: record, plan: plan, series: found?.first)
        }
    }
}
