import Telemetry
import TelemetryStore
import Terminal

/// A column of the Functions table; the order is the order on the screen.
enum FunctionColumn: Int, CaseIterable, SortingColumn {
    case status, name, series, rate, errors, throttles, p50, p95, p99, max, cold, initial, concurrency, memory, last

    static let sortable: [FunctionColumn] = [
        .errors, .name, .rate, .throttles, .p50, .p95, .p99, .max, .cold, .initial, .memory, .last,
    ]

    var startsDescending: Bool { self != .name }

    static func name(of row: FunctionSummary) -> String { row.function.name }

    var column: TableColumn {
        switch self {
        case .status: TableColumn("", minimum: 1)
        case .name: TableColumn("NAME", minimum: 15, ideal: 20, isFlexible: true)
        case .series: TableColumn("CALLS", minimum: 8, ideal: 24, dropOrder: 3)
        case .rate: TableColumn("/MIN", .right, minimum: 5)
        case .errors: TableColumn("ERR", .right, minimum: 6)
        case .throttles: TableColumn("THROT", .right, minimum: 5, dropOrder: 7)
        case .p50: TableColumn("P50", .right, minimum: 7, dropOrder: 2)
        case .p95: TableColumn("P95", .right, minimum: 7)
        case .p99: TableColumn("P99", .right, minimum: 7, dropOrder: 4)
        case .max: TableColumn("MAX", .right, minimum: 7, dropOrder: 9)
        case .cold: TableColumn("COLD", .right, minimum: 6, dropOrder: 1)
        case .initial: TableColumn("INIT", .right, minimum: 7, dropOrder: 8)
        case .concurrency: TableColumn("CONC", .right, minimum: 5, dropOrder: 6)
        case .memory: TableColumn("MEMORY MiB", minimum: 15, dropOrder: 5)
        case .last: TableColumn("LAST", .right, minimum: 10, dropOrder: 10)
        }
    }

    /// Where a function stands in the order of this column; `nil` for no data, which stands last either way.
    func rank(_ summary: FunctionSummary) -> Double? {
        switch self {
        case .status, .name, .series: nil
        case .rate: Double(summary.invocations)
        case .errors: Double(summary.errors)
        case .throttles: Double(summary.throttles)
        case .p50: summary.latency.map { $0.p50.milliseconds }
        case .p95: summary.latency.map { $0.p95.milliseconds }
        case .p99: summary.latency.map { $0.p99.milliseconds }
        case .max: summary.latency.map { $0.max.milliseconds }
        case .cold: summary.coldRate
        case .initial: summary.initLatency.map { $0.p50.milliseconds }
        case .concurrency: Double(summary.busyEnvironments)
        case .memory: Double(summary.maxMemoryUsedMiB)
        case .last: summary.lastInvocation.map { Double($0.microseconds) }
        }
    }

    /// Whether the first stands before the second; functions that are alike stand by name.
    func isBefore(_ first: FunctionSummary, _ second: FunctionSummary, descending: Bool) -> Bool {
        if self == .name, first.function.name != second.function.name {
            return (first.function.name < second.function.name) != descending
        }
        let ranks = (rank(first), rank(second))
        if let left = ranks.0, let right = ranks.1, left != right { return (left < right) != descending }
        if (ranks.0 == nil) != (ranks.1 == nil) { return ranks.0 != nil }
        return first.function.name < second.function.name
    }
}
