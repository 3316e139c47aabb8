import Telemetry
import TelemetryStore
import Terminal

/// What stands in the row of a table.
struct DataCells {
    let row: TableSummary
    /// What rates are measured over.
    let observed: Microseconds
    let now: Timestamp

    func cell(_ column: DataColumn) -> TableCell {
        switch column {
        case .status: return .text(status.mark, status.role)
        case .name: return .text(row.table.name, row.failures > 0 ? .strong : .text)
        case .items: return row.isDescribed ? .text(Format.count(row.table.items)) : .none
        case .size: return row.isDescribed ? .text(Format.bytes(row.table.bytes), .dim) : .none
        case .readSeries: return series(row.readSeries, .series1)
        case .reads: return .rate(Double(row.reads), over: observed)
        case .writeSeries: return series(row.writeSeries, .series4)
        case .writes: return .rate(Double(row.writes), over: observed)
        case .units: return .rate(row.readUnits + row.writeUnits, over: observed)
        case .p50: return .duration(row.latency?.p50)
        case .p95: return .duration(row.latency?.p95)
        case .throttles: return .failures(row.throttles, .warn)
        case .errors: return .failures(row.errors, .error)
        case .conditions: return .failures(row.conditionalFailures, .info)
        case .hottest: return hottest
        case .indexes: return row.table.indexes.isEmpty ? .none : .text("\(row.table.indexes.count)")
        case .consumers: return consumers
        case .last:
            guard let time = row.lastCall else { return .none }
            return .text(Format.age(microseconds: max(now - time, .zero).count), .dim)
        }
    }

    private var status: (mark: String, role: Role) {
        if row.errors > 0 { return (Mark.failed, .error) }
        if row.throttles > 0 { return (Mark.waiting, .warn) }
        switch row.table.status {
        case "ACTIVE": return (Mark.ok, .ok)
        case "": return row.lastCall == nil ? ("○", .dim) : (Mark.ok, .ok)
        default: return ("◐", .warn)
        }
    }

    private func series(_ values: [Int], _ role: Role) -> TableCell {
        let chart = Sparkline(counts: values, role: role)
        return .drawn { chart.draw(on: &$0, in: $1) }
    }

    /// The key, and its share of the calls that name one.
    private var hottest: TableCell {
        guard let key = row.hotKeys.keys.first, row.hotKeys.calls > 0 else { return .none }
        let share = Format.percent(row.hotKeys.share(key))
        return .drawn { canvas, rect in
            let room = max(rect.columns - Text.width(share) - 1, 0)
            canvas.draw(key.key, at: rect.origin, style: Style(.text), limit: room)
            canvas.draw(StyledText(share, .dim), in: rect, align: .right)
        }
    }

    private var consumers: TableCell {
        guard row.table.streamARN != nil || row.consumers > 0 else { return .none }
        return .text(row.consumers == 0 ? "on" : "\(row.consumers) read", row.consumers == 0 ? .dim : .text)
    }
}

extension TableCell {
    static var none: TableCell { .text(Format.none, .dim) }

    static func duration(_ value: Microseconds?) -> TableCell { value.map { .text($0.text) } ?? none }

    static func failures(_ count: Int, _ role: Role) -> TableCell {
        count == 0 ? none : .text(Format.count(count), role)
    }

    /// So many a second.
    static func rate(_ count: Double, over time: Microseconds) -> TableCell {
        guard count > 0, time.count > 0 else { return none }
        let rate = count * 1_000_000 / Double(time.count)
        return .text(rate < 0.05 ? "<0.1" : rate < 100 ? Format.decimal(rate, places: 1) : Format.count(Int(rate)))
    }
}
