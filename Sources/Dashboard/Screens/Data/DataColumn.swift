import Telemetry
import TelemetryStore
import Terminal

/// A column of the Data table; the order is the order on the screen.
enum DataColumn: Int, CaseIterable, SortingColumn {
    case status, name, items, size, readSeries, reads, writeSeries, writes, units, p50, p95, throttles, errors
    case conditions, hottest, indexes, consumers, last

    static let sortable: [DataColumn] = [
        .errors, .name, .items, .size, .reads, .writes, .units, .p50, .p95, .throttles, .conditions, .last,
    ]

    var startsDescending: Bool { self != .name }

    static func name(of row: TableSummary) -> String { row.table.name }

    var column: TableColumn {
        switch self {
        case .status: TableColumn("", minimum: 1)
        case .name: TableColumn("TABLE", minimum: 14, ideal: 20, isFlexible: true)
        case .items: TableColumn("ITEMS", .right, minimum: 6)
        case .size: TableColumn("SIZE", .right, minimum: 8, dropOrder: 5)
        case .readSeries: TableColumn("READS", minimum: 6, ideal: 14, dropOrder: 9)
        case .reads: TableColumn("READ/S", .right, minimum: 6)
        case .writeSeries: TableColumn("WRITES", minimum: 6, ideal: 14, dropOrder: 8)
        case .writes: TableColumn("WRITE/S", .right, minimum: 7)
        case .units: TableColumn("UNITS/S", .right, minimum: 7, dropOrder: 7)
        case .p50: TableColumn("P50", .right, minimum: 7, dropOrder: 4)
        case .p95: TableColumn("P95", .right, minimum: 7)
        case .throttles: TableColumn("THROT", .right, minimum: 5, dropOrder: 2)
        case .errors: TableColumn("ERR", .right, minimum: 5)
        case .conditions: TableColumn("COND", .right, minimum: 5, dropOrder: 11)
        case .hottest: TableColumn("HOTTEST KEY", minimum: 16, ideal: 22, dropOrder: 3)
        case .indexes: TableColumn("IDX", .right, minimum: 3, dropOrder: 10)
        case .consumers: TableColumn("STREAM", minimum: 7, dropOrder: 6)
        case .last: TableColumn("LAST", .right, minimum: 10, dropOrder: 12)
        }
    }

    /// Where a table stands in the order of this column; `nil` for no data, which stands last either way.
    private func rank(_ row: TableSummary) -> Double? {
        switch self {
        case .status, .name, .readSeries, .writeSeries, .hottest: nil
        case .items: row.isDescribed ? Double(row.table.items) : nil
        case .size: row.isDescribed ? Double(row.table.bytes) : nil
        case .reads: Double(row.reads)
        case .writes: Double(row.writes)
        case .units: row.readUnits + row.writeUnits
        case .p50: row.latency?.p50.milliseconds
        case .p95: row.latency?.p95.milliseconds
        case .throttles: Double(row.throttles)
        case .errors: Double(row.failures)
        case .conditions: Double(row.conditionalFailures)
        case .indexes: Double(row.table.indexes.count)
        case .consumers: Double(row.consumers)
        case .last: row.lastCall.map { Double($0.microseconds) }
        }
    }

    /// Whether the first stands before the second; tables that are alike stand by name.
    func isBefore(_ first: TableSummary, _ second: TableSummary, descending: Bool) -> Bool {
        if self == .name, first.table.name != second.table.name {
            return (first.table.name < second.table.name) != descending
        }
        let ranks = (rank(first), rank(second))
        if let left = ranks.0, let right = ranks.1, left != right { return (left < right) != descending }
        if (ranks.0 == nil) != (ranks.1 == nil) { return ranks.0 != nil }
        return first.table.name < second.table.name
    }
}
