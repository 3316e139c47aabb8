import Telemetry
import TelemetryStore
package import Terminal

extension FunctionsScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawTable(on: &canvas, context)
        drawChart(on: &canvas)
        drawSide(on: &canvas)
        drawLatest(on: &canvas, context)
    }

    private func drawTable(on canvas: inout Canvas, _ context: ScreenContext) {
        let mark = list.isDescending ? Mark.sortedDown : Mark.sortedUp
        let note = "\(order.count) shown · sorted by \(list.sort.column.title.lowercased()) \(mark)"
        let isFocused = focus == .functions
        canvas.pane(
            layout.tableFrame,
            title: list.isFiltering || !list.filter.isEmpty ? "Functions /\(list.filter.text)" : "Functions",
            note: [Run(note, .dim)], isFocused: isFocused && !layout.latestFrame.isEmpty)
        guard let overview else { return canvas.drawNote(["waiting for the first data"], in: layout.table) }
        guard !order.isEmpty else { return canvas.drawNote(emptyNote(context), in: layout.table) }
        table.draw(on: &canvas, in: layout.table) { row, column in
            guard let summary = list.rows[order[row]], let column = FunctionColumn(rawValue: column) else {
                return .text("")
            }
            return FunctionCells(summary: summary, observed: overview.observed, now: context.now).cell(column)
        }
    }

    var table: Table {
        Table(
            FunctionColumn.allCases.map(\.column), rowCount: order.count, cursor: list.cursor, sort: list.tableSort,
            isFocused: focus == .functions)
    }

    private func emptyNote(_ context: ScreenContext) -> [String] {
        guard list.filter.isEmpty else { return ["no function is called like that", "F clears the filter"] }
        return [
            "no function yet", "", "aws cli and SDKs reach this endpoint, for instance in another terminal:", "",
            "  export AWS_ENDPOINT_URL=\(context.endpoint ?? "http://127.0.0.1:4566")",
            "  export AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x",
            "  aws lambda create-function --function-name hello --runtime python3.12 \\",
            "    --handler app.handler --zip-file fileb://app.zip \\",
            "    --role arn:aws:iam::000000000000:role/any", "  fntop invoke hello", "",
            "to see an application at work: fntop demo",
        ]
    }

    @discardableResult
    func drawChart(on canvas: inout Canvas) -> ChartMap? {
        guard layout.chartFrame.rows >= 3 else { return nil }
        let inside = canvas.pane(
            layout.chartFrame, title: "\(selected ?? "")  latency", note: FunctionCharts.latencyLegend(canvas))
        guard let detail = shownDetail else {
            canvas.drawNote([waiting], in: inside)
            return nil
        }
        return FunctionCharts(detail).latency.draw(on: &canvas, in: inside)
    }

    @discardableResult
    func drawSide(on canvas: inout Canvas) -> ChartMap? {
        guard layout.sideFrame.rows >= 3 else { return nil }
        let title = showsHeatmap ? "latency heatmap" : "invocations"
        let note = showsHeatmap ? [Run("count per cell", .dim)] : FunctionCharts.barLegend(canvas)
        let inside = canvas.pane(layout.sideFrame, title: title, note: note)
        guard let detail = shownDetail else {
            canvas.drawNote([waiting], in: inside)
            return nil
        }
        let charts = FunctionCharts(detail)
        return showsHeatmap
            ? charts.heatmap.draw(on: &canvas, in: inside) : charts.bars.draw(on: &canvas, in: inside)
    }

    private var waiting: String { selected == nil ? "nothing is selected" : "waiting for its data" }

    private func drawLatest(on canvas: inout Canvas, _ context: ScreenContext) {
        guard layout.latestFrame.rows >= 3 else { return }
        let note = "invocations of \(selected ?? Format.none) · Enter opens"
        canvas.pane(layout.latestFrame, title: "latest", note: [Run(note, .dim)], isFocused: focus == .latest)
        let records = shownDetail?.latest ?? []
        InvocationTable(records: records, cursor: latest, isFocused: focus == .latest)
            .draw(on: &canvas, in: layout.latest, empty: "not called in this window: i calls it", context)
    }
}

extension Mark {
    static let sortedDown = "▼"
    static let sortedUp = "▲"
}
