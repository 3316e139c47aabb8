import Telemetry
import TelemetryStore
package import Terminal

extension TracesScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard view == .list else { return map.draw(on: &canvas, in: rect) }
        canvas.pane(layout.tableFrame, title: title, note: note, isFocused: !layout.timelineFrame.isEmpty)
        if page == nil {
            canvas.drawNote(["waiting for the first traces"], in: layout.table)
        } else {
            drawTable(on: &canvas, context.now)
        }
        drawWaterfall(on: &canvas, context)
        menu?.draw(on: &canvas, in: rect)
    }

    private var title: String {
        var title = "Traces"
        if let kind { title += " begun by \(kind == .api ? "an API" : "a \(kind.word)")" }
        if let slowerThan { title += " slower than \(slowerThan.text)" }
        if filter != .all { title += " \(filter.rawValue)" }
        return title + words.note
    }

    private var note: [Run] {
        guard let page else { return [] }
        var runs: [Run] = []
        if page.running > 0 { runs.append(Run("\(Mark.running) \(Format.count(page.running)) running  ", .accent)) }
        if page.failed > 0 { runs.append(Run("\(Mark.failed) \(Format.count(page.failed)) failed  ", .error)) }
        runs += list.pageNote.isEmpty ? [Run("\(Format.count(page.all)) traces  ", .dim)] : list.pageNote
        return runs + [Run("newest first", .dim)]
    }

    var table: Table {
        Table(
            [
                TableColumn("", minimum: 1), TableColumn("TIME", minimum: 12, dropOrder: 3),
                TableColumn("BEGAN WITH", minimum: 18, ideal: 30, isFlexible: true),
                TableColumn("DURATION", minimum: 10, ideal: 24, dropOrder: 1),
                TableColumn("", .right, minimum: 8), TableColumn("SPANS", .right, minimum: 5),
                TableColumn("THROUGH", minimum: 10, ideal: 48, dropOrder: 2, isFlexible: true),
                TableColumn("ERROR", minimum: 8, ideal: 20, dropOrder: 4, isFlexible: true),
            ], rowCount: rows.count, cursor: list.cursor)
    }

    private func drawTable(on canvas: inout Canvas, _ now: Timestamp) {
        guard !rows.isEmpty else { return canvas.drawNote(emptyNote, in: layout.table) }
        // A few long ones would make all others a dot: they run over the edge, and say so.
        let durations = rows.map { $0.duration(now).count }.sorted()
        let full = durations[durations.count * 9 / 10]
        table.draw(on: &canvas, in: layout.table) { row, column in Self.cell(rows[row], column, full: full, now) }
    }

    private var emptyNote: [String] {
        guard !isFiltered else { return ["no trace is like that", "F clears the filters"] }
        return [
            "no trace yet", "each request of an API, each invocation and each execution begins one, by itself",
            "see some at work: fntop demo",
        ]
    }

    private static func cell(_ row: TraceRow, _ column: Int, full: Int64, _ now: Timestamp) -> TableCell {
        switch column {
        case 0:
            let status = row.isRunning ? .running : row.status == .ok && row.worst != .ok ? .error : row.status
            return .text(status.mark, status.role)
        case 1: return .text(row.start.clockText, .dim)
        case 2: return .text([Run(row.kind.mark + " ", row.kind.role), Run(row.name, .strong)].styled)
        case 3:
            return .drawn { canvas, rect in
                let part = min(Double(row.duration(now).count) / Double(max(full, 1)), 2)
                let columns = min(max(Int((part * Double(rect.columns)).rounded()), 1), rect.columns)
                let style = Style(row.worst == .fault ? .error : row.kind.role)
                canvas.draw(
                    String(repeating: Mark.bar(6), count: columns), at: rect.origin, style: style, limit: rect.columns)
                guard part > 1.01 else { return }
                canvas.draw("▶", at: Point(column: rect.endColumn - 1, row: rect.row), style: style, limit: 1)
            }
        case 4: return .text(row.duration(now).text + (row.isRunning ? Mark.ellipsis : " "))
        case 5: return .text(Format.count(row.spanCount), .dim)
        case 6: return .text(row.services.joined(separator: " › "), .dim)
        default: return .text(row.error ?? "", row.worst == .fault ? .error : .warn)
        }
    }

    private func drawWaterfall(on canvas: inout Canvas, _ context: ScreenContext) {
        guard layout.timelineFrame.rows >= 3 else { return }
        let trace = shown.flatMap { $0.id == list.selectedRow?.id ? $0 : nil }
        let note = trace.map { $0.legend + [Run("Enter opens", .dim)] } ?? []
        let inside = canvas.pane(layout.timelineFrame, title: list.selectedRow?.name ?? "trace", note: note)
        guard let trace else {
            return canvas.drawNote([list.selectedRow == nil ? "nothing is selected" : "waiting for it"], in: inside)
        }
        TraceWaterfall(trace, now: context.now).draw(on: &canvas, in: inside)
    }
}

extension TraceRow {
    /// Of what still goes on, until now.
    func duration(_ now: Timestamp) -> Microseconds { isRunning ? max(now - start, duration) : duration }
}
