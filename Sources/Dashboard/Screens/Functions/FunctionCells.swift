import Telemetry
import TelemetryStore
import Terminal

/// What stands in the row of a function.
struct FunctionCells {
    let summary: FunctionSummary
    /// What the rate is measured over.
    let observed: Microseconds
    let now: Timestamp

    func cell(_ column: FunctionColumn) -> TableCell {
        let latency = summary.latency
        switch column {
        case .status: return .text(status.mark, status.role)
        case .name: return .text(summary.function.name, summary.errors > 0 ? .strong : .text)
        case .series:
            let chart = Sparkline(counts: summary.invocationSeries, errors: summary.errorSeries)
            return .drawn { chart.draw(on: &$0, in: $1) }
        case .rate: return .text(perMinute)
        case .errors:
            guard summary.errors > 0 else { return .text(Format.none, .dim) }
            return .text(Format.percent(summary.errorRate), (summary.errorRate ?? 0) < 0.01 ? .warn : .error)
        case .throttles:
            return summary.throttles == 0
                ? .text(Format.none, .dim) : .text(Format.count(summary.throttles), .warn)
        case .p50: return duration(latency?.p50, .text)
        case .p95: return duration(latency?.p95, .text)
        case .p99: return duration(latency?.p99, .text)
        case .max: return duration(latency?.max, .dim)
        case .cold: return .text(Format.percent(summary.coldRate), summary.coldStarts > 0 ? .info : .dim)
        case .initial: return duration(summary.initLatency?.p50, .info)
        case .concurrency:
            return summary.environments == 0
                ? .text(Format.none, .dim) : .text("\(summary.busyEnvironments)/\(summary.environments)")
        case .memory: return memory
        case .last: return last
        }
    }

    private var status: (mark: String, role: Role) {
        if summary.inFlight > 0, summary.errors == 0 { return (Mark.running, .accent) }
        if summary.errors > 0 { return (Mark.failed, .error) }
        if summary.throttles > 0 { return (Mark.waiting, .warn) }
        switch summary.lastStatus {
        case nil: return ("○", .dim)
        case .success?: return (Mark.ok, .ok)
        case _?: return (Mark.failed, .warn)
        }
    }

    private var perMinute: String {
        guard observed.count > 0, summary.invocations > 0 else { return Format.none }
        let rate = Double(summary.invocations) * 60_000_000 / Double(observed.count)
        return rate < 10 ? Format.decimal(rate, places: 1) : Format.count(Int(rate.rounded()))
    }

    private func duration(_ value: Microseconds?, _ role: Role) -> TableCell {
        guard let value else { return .text(Format.none, .dim) }
        return .text(value.text, value.count >= 1_000_000 && role == .text ? .warn : role)
    }

    private var memory: TableCell {
        let used = summary.maxMemoryUsedMiB
        let limit = summary.function.memoryMiB
        guard used > 0 else { return .text(Format.none, .dim) }
        return .drawn { canvas, rect in
            let label = StyledText("\(used)/\(limit)", .dim)
            let room = max(rect.columns - 10, 0)
            Meter(used: used, of: limit).draw(
                on: &canvas, in: Rect(column: rect.column, row: rect.row, columns: room, rows: 1))
            let place = Rect(column: rect.column + room, row: rect.row, columns: rect.columns - room, rows: 1)
            canvas.draw(label, in: place, align: .right)
        }
    }

    private var last: TableCell {
        if summary.inFlight > 0 { return .text("\(summary.inFlight) running", .accent) }
        guard let time = summary.lastInvocation else { return .text(Format.none, .dim) }
        return .text(Format.age(microseconds: max(now - time, .zero).count), .dim)
    }
}
