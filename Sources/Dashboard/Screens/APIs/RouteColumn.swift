import Telemetry
import TelemetryStore
import Terminal

/// A column of the table of routes; the order is the order on the screen.
enum RouteColumn: Int, CaseIterable, SortingColumn {
    case status, api, route, target, series, rate, ok, client, server, p50, p95, p99

    static let sortable: [RouteColumn] = [.server, .rate, .client, .p50, .p95, .p99, .route, .api]

    var startsDescending: Bool { self != .route && self != .api }

    static func name(of row: RouteSummary) -> String { "\(row.apiID) \(row.route)" }

    var column: TableColumn {
        switch self {
        case .status: TableColumn("", minimum: 1)
        case .api: TableColumn("API", minimum: 8, ideal: 14, dropOrder: 6)
        case .route: TableColumn("ROUTE", minimum: 14, ideal: 22, isFlexible: true)
        case .target: TableColumn("TARGET", minimum: 12, ideal: 18, dropOrder: 5, isFlexible: true)
        case .series: TableColumn("REQUESTS", minimum: 8, ideal: 20, dropOrder: 4)
        case .rate: TableColumn("/MIN", .right, minimum: 5)
        case .ok: TableColumn("2XX", .right, minimum: 5, dropOrder: 3)
        case .client: TableColumn("4XX", .right, minimum: 5)
        case .server: TableColumn("5XX", .right, minimum: 5)
        case .p50: TableColumn("P50", .right, minimum: 7, dropOrder: 2)
        case .p95: TableColumn("P95", .right, minimum: 7)
        case .p99: TableColumn("P99", .right, minimum: 7, dropOrder: 1)
        }
    }

    /// `nil` for no data, which stands last either way.
    func rank(_ summary: RouteSummary) -> Double? {
        switch self {
        case .status, .api, .route, .target, .series: nil
        case .rate, .ok: Double(summary.classes.total)
        case .client: Double(summary.classes[4])
        case .server: Double(summary.classes[5])
        case .p50: summary.latency.map { $0.p50.milliseconds }
        case .p95: summary.latency.map { $0.p95.milliseconds }
        case .p99: summary.latency.map { $0.p99.milliseconds }
        }
    }

    func isBefore(_ first: RouteSummary, _ second: RouteSummary, descending: Bool) -> Bool {
        let ranks = (rank(first), rank(second))
        if let left = ranks.0, let right = ranks.1, left != right { return (left < right) != descending }
        if (ranks.0 == nil) != (ranks.1 == nil) { return ranks.0 != nil }
        let names = self == .route ? (first.route, second.route) : (first.api, second.api)
        if self == .route || self == .api, names.0 != names.1 { return (names.0 < names.1) != descending }
        // What is alike stands by what is worse, then by what is asked for more.
        for digit in [5, 4] where first.classes[digit] != second.classes[digit] {
            return first.classes[digit] > second.classes[digit]
        }
        if first.classes.total != second.classes.total { return first.classes.total > second.classes.total }
        return (first.api, first.route) < (second.api, second.route)
    }
}

extension RouteSummary {
    /// What a person reads.
    var routeText: String { route.isEmpty ? "(no route)" : route }
    /// The function's name, the state machine's, or what else answers.
    var targetText: String { target.isEmpty ? Format.none : target.hasPrefix("arn:") ? target.machineName : target }

    func cell(_ column: RouteColumn, observed: Microseconds) -> TableCell {
        switch column {
        case .status:
            if classes[5] > 0 { return .text(Mark.failed, .error) }
            if classes[4] > 0 { return .text("◐", .warn) }
            return classes.total > 0 ? .text(Mark.ok, .ok) : .text("○", .dim)
        case .api: return .text(api, .dim)
        case .route: return .text(routeText, route.isEmpty ? .warn : .strong)
        case .target: return .text(targetText, .accent)
        case .series:
            let chart = Sparkline(counts: series, errors: errorSeries)
            return .drawn { chart.draw(on: &$0, in: $1) }
        case .rate:
            guard classes.total > 0, observed.count > 0 else { return .text(Format.none, .dim) }
            let rate = Double(classes.total) * 60_000_000 / Double(observed.count)
            return .text(rate < 10 ? Format.decimal(rate, places: 1) : Format.count(Int(rate.rounded())))
        case .ok: return count(classes[2] + classes[1] + classes[3], .text)
        case .client: return count(classes[4], .warn)
        case .server: return count(classes[5], .error)
        case .p50: return duration(latency?.p50)
        case .p95: return duration(latency?.p95)
        case .p99: return duration(latency?.p99)
        }
    }

    private func count(_ count: Int, _ role: Role) -> TableCell {
        count == 0 ? .text(Format.none, .dim) : .text(Format.count(count), role)
    }

    private func duration(_ value: Microseconds?) -> TableCell {
        guard let value else { return .text(Format.none, .dim) }
        return .text(value.text, value.count >= 1_000_000 ? .warn : .text)
    }
}

extension APIRequestRow {
    var statusRole: Role { status >= 500 ? .error : status >= 400 ? .warn : .ok }
}
