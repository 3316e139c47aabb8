import Telemetry
import TelemetryStore
package import Terminal

extension APIsScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawRoutes(on: &canvas)
        drawCharts(on: &canvas, context)
        drawRequests(on: &canvas)
        menu?.draw(on: &canvas, in: rect)
    }

    var routeTable: Table {
        Table(
            RouteColumn.allCases.map(\.column), rowCount: routes.order.count, cursor: routes.cursor,
            sort: routes.tableSort, isFocused: focus == .routes)
    }

    private func drawRoutes(on canvas: inout Canvas) {
        guard layout.routesFrame.rows >= 3 else { return }
        let mark = routes.isDescending ? Mark.sortedDown : Mark.sortedUp
        let count = overview?.apis.count ?? 0
        let note =
            "\(routes.order.count) routes\(count > 0 && api == nil ? " of \(count) API\(count == 1 ? "" : "s")" : "")"
            + " · sorted by \(routes.sort.column.title.lowercased()) \(mark)"
        canvas.pane(
            layout.routesFrame, title: api == nil ? "APIs" : "API \(onlyAPI?.name ?? api ?? "")",
            note: [Run(note, .dim)],
            isFocused: focus == .routes)
        guard let overview else { return canvas.drawNote(["waiting for the first data"], in: layout.routes) }
        guard !routes.order.isEmpty else { return canvas.drawNote(Self.emptyNote, in: layout.routes) }
        routeTable.draw(on: &canvas, in: layout.routes) { row, column in
            guard let summary = routes.rows[routes.order[row]], let column = RouteColumn(rawValue: column) else {
                return .text("")
            }
            return summary.cell(column, observed: overview.observed)
        }
    }

    @discardableResult
    func drawCharts(on canvas: inout Canvas, _ context: ScreenContext) -> [ChartMap] {
        guard layout.latencyFrame.rows >= 3 else { return [] }
        let charts = routeSummary.flatMap { route in overview.map { RouteCharts(route: route, window: $0.window) } }
        let title = routeSummary.map { "\($0.api) \($0.routeText)  latency" } ?? "latency"
        let legend = ChartLegend.lines(RouteCharts.latencyLegend, canvas)
        var maps: [ChartMap] = []
        let left = canvas.pane(layout.latencyFrame, title: title, note: legend)
        if let charts {
            maps.append(charts.latency.draw(on: &canvas, in: left))
        } else {
            canvas.drawNote(["nothing is selected"], in: left)
        }
        guard layout.statusFrame.rows >= 3, let charts else { return maps }
        let right = canvas.pane(
            layout.statusFrame, title: charts.statusTitle, note: ChartLegend.bars(RouteCharts.statusLegend, canvas))
        maps.append(charts.statuses.draw(on: &canvas, in: right))
        return maps
    }

    private static let emptyNote = [
        "no API yet", "aws apigatewayv2 create-api --endpoint-url $AWS_ENDPOINT_URL --protocol-type HTTP …",
        "or see one at work: fntop demo",
    ]

    var requestTable: Table {
        var table = Table(
            [
                TableColumn("TIME", minimum: 12, dropOrder: 1), TableColumn("METHOD", minimum: 6),
                TableColumn("PATH", minimum: 12, ideal: 30, isFlexible: true),
                TableColumn("STATUS", .right, minimum: 6),
                TableColumn("LATENCY", .right, minimum: 8),
                TableColumn("INTEGRATION", .right, minimum: 11, dropOrder: 2),
                TableColumn("FUNCTION", minimum: 10, ideal: 20, dropOrder: 3, isFlexible: true),
                TableColumn("CALLER", minimum: 9, ideal: 15, dropOrder: 4),
                TableColumn("ERROR", minimum: 8, ideal: 24, dropOrder: 5, isFlexible: true),
            ], rowCount: requestRows.count, cursor: requestList.cursor, isFocused: focus == .requests)
        table.showsSelection = focus == .requests
        return table
    }

    private var requestsTitle: String {
        var title = onlyRoute.map { "requests of \($0.route.isEmpty ? "no route" : $0.route)" } ?? "requests"
        if !classes.isEmpty { title += " " + classes.sorted().map { "\($0)xx" }.joined(separator: ",") }
        return title + words.note
    }

    private var requestsNote: [Run] {
        guard let page else { return [] }
        var runs: [Run] = []
        for (digit, role) in [(2, Role.ok), (3, .info), (4, .warn), (5, .error)] where page.classes[digit] > 0 {
            runs.append(Run("\(Format.count(page.classes[digit])) \(digit)xx  ", role))
        }
        return runs + requestList.pageNote + [Run("newest first", .dim)]
    }

    private func drawRequests(on canvas: inout Canvas) {
        guard layout.requestsFrame.rows >= 3 else { return }
        canvas.pane(
            layout.requestsFrame, title: requestsTitle, note: requestsNote, isFocused: focus == .requests)
        guard page != nil else { return canvas.drawNote(["waiting for the first requests"], in: layout.requests) }
        guard !requestRows.isEmpty else {
            let lines = isFiltered ? ["no request is like that", "F clears the filters"] : ["no request yet"]
            return canvas.drawNote(lines, in: layout.requests)
        }
        requestTable.draw(on: &canvas, in: layout.requests) { row, column in Self.cell(requestRows[row], column) }
    }

    private static func cell(_ row: APIRequestRow, _ column: Int) -> TableCell {
        switch column {
        case 0: return .text(row.time.clockText, .dim)
        case 1: return .text(row.method, .dim)
        case 2:
            let query = row.query.isEmpty ? [] : [Run("?" + row.query, .dim)]
            return .text(([Run(row.path, .strong)] + query).styled)
        case 3:
            let mark = row.status >= 500 ? Mark.failed : row.status >= 400 ? "◐" : Mark.ok
            return .text("\(mark) \(row.status)", row.statusRole)
        case 4: return .text(row.latency.text)
        case 5: return .text(row.integrationLatency > .zero ? row.integrationLatency.text : Format.none, .dim)
        case 6: return .text(row.function ?? Format.none, row.function == nil ? .dim : .accent)
        case 7: return .text(row.sourceIP.isEmpty ? Format.none : row.sourceIP, .dim)
        default: return .text(row.errorMessage ?? "", .error)
        }
    }
}
