import Telemetry
import TelemetryStore
package import Terminal

extension DataScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        drawTable(on: &canvas, context)
        drawCharts(on: &canvas)
    }

    private func drawTable(on canvas: inout Canvas, _ context: ScreenContext) {
        let mark = list.isDescending ? Mark.sortedDown : Mark.sortedUp
        let note = "\(list.order.count) shown · sorted by \(list.sort.column.title.lowercased()) \(mark)"
        let isFiltered = list.isFiltering || !list.filter.isEmpty
        canvas.pane(
            layout.tableFrame, title: isFiltered ? "Tables /\(list.filter.text)" : "Tables", note: [Run(note, .dim)])
        guard let overview else { return canvas.drawNote(["waiting for the first data"], in: layout.table) }
        guard !list.order.isEmpty else { return canvas.drawNote(emptyNote, in: layout.table) }
        table.draw(on: &canvas, in: layout.table) { row, column in
            guard let summary = list.rows[list.order[row]], let column = DataColumn(rawValue: column) else {
                return .text("")
            }
            return DataCells(row: summary, observed: overview.observed, now: context.now).cell(column)
        }
    }

    var table: Table {
        Table(
            DataColumn.allCases.map(\.column), rowCount: list.order.count, cursor: list.cursor, sort: list.tableSort)
    }

    private var emptyNote: [String] {
        guard list.filter.isEmpty else { return ["no table is called like that", "F clears the filter"] }
        return ["no table yet", "aws dynamodb create-table --endpoint-url $AWS_ENDPOINT_URL …"]
    }

    @discardableResult
    func drawCharts(on canvas: inout Canvas) -> [ChartMap] {
        var maps: [ChartMap] = []
        if layout.latencyFrame.rows >= 3 {
            let inside = canvas.pane(
                layout.latencyFrame, title: "\(selected ?? "")  latency", note: TableCharts.latencyLegend(canvas))
            if let detail = shownDetail {
                maps.append(TableCharts(detail).latency.draw(on: &canvas, in: inside))
            } else {
                canvas.drawNote([waiting], in: inside)
            }
        }
        if layout.requestsFrame.rows >= 3 {
            let inside = canvas.pane(
                layout.requestsFrame, title: requestsTitle, note: TableCharts.requestLegend(canvas))
            if let detail = shownDetail {
                maps.append(TableCharts(detail).requests.draw(on: &canvas, in: inside))
            } else {
                canvas.drawNote([waiting], in: inside)
            }
        }
        return maps
    }

    /// With the time of a bar where there is room for it.
    private var requestsTitle: String {
        guard layout.requestsFrame.columns >= 60, let detail = shownDetail else { return "requests" }
        return "requests \(TableCharts(detail).bucketText)"
    }

    private var waiting: String { selected == nil ? "nothing is selected" : "waiting for its data" }
}
