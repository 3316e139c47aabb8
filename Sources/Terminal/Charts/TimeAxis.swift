/// The times below a chart.
package struct TimeAxis: Hashable, Sendable {
    /// Microseconds since 1970.
    package var start: Int64
    package var end: Int64
    /// The computer's own when `nil`.
    package var zone: ClockZone?

    package init(start: Int64, end: Int64, zone: ClockZone? = nil) {
        self.start = start
        self.end = max(end, start)
        self.zone = zone
    }

    private static let steps: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172_800, 604_800,
    ]

    /// Round local times with the column of each.
    func ticks(columns: Int) -> [(column: Int, label: String)] {
        let (span, overflow) = end.subtractingReportingOverflow(start)
        guard !overflow, span > 0, columns > 0 else { return [] }
        let labelWidth = 10
        let most = Int64(max(columns / labelWidth, 1))
        guard let step = Self.steps.first(where: { span / ($0 * 1_000_000) <= most }) ?? Self.steps.last else {
            return []
        }
        let unit = step * 1_000_000
        let offset = Int64((zone ?? .local(at: start)).secondsFromUTC) * 1_000_000
        var time = ((start &+ offset) / unit) * unit &- offset
        if time < start { time &+= unit }
        var ticks: [(column: Int, label: String)] = []
        while time <= end, ticks.count < columns {
            let column = Int(Double(time - start) / Double(span) * Double(columns - 1))
            ticks.append((column, label(time, step: step)))
            time &+= unit
        }
        return ticks
    }

    private func label(_ time: Int64, step: Int64) -> String {
        if step < 60 { return Format.time(microseconds: time, zone: zone) }
        if step < 86400 { return Format.minute(microseconds: time, zone: zone) }
        return String(Format.date(microseconds: time, zone: zone).dropFirst(5))
    }
}
