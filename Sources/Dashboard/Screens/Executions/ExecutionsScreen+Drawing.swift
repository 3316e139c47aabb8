import Telemetry
import TelemetryStore
package import Terminal

extension ExecutionsScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        canvas.pane(layout.tableFrame, title: title, note: note, isFocused: !layout.timelineFrame.isEmpty)
        if let page {
            drawTable(page, on: &canvas, context)
        } else {
            canvas.drawNote(["waiting for the first executions"], in: layout.table)
        }
        drawTimeline(on: &canvas, context)
        menu?.draw(on: &canvas, in: rect)
    }

    private var title: String {
        (onlyMachine.map { "Executions of \($0.machineName)" } ?? "Executions") + words.note
    }

    private var note: [Run] {
        guard let page else { return [] }
        var runs: [Run] = []
        let all: [ExecutionStatus] = [.running, .succeeded, .failed, .timedOut, .aborted, .pendingRedrive]
        for status in all {
            guard let count = page.counts[status], count > 0 else { continue }
            let isShown = statuses.isEmpty || statuses.contains(status)
            runs.append(Run("\(status.mark) \(Format.count(count)) \(status.word)  ", isShown ? status.role : .dim))
        }
        return runs + list.pageNote + [Run("newest first", .dim)]
    }

    private static let columns = [
        TableColumn("", minimum: 1), TableColumn("NAME", minimum: 14, ideal: 18, isFlexible: true),
        TableColumn("MACHINE", minimum: 10, ideal: 14, dropOrder: 2), TableColumn("STARTED", minimum: 8),
        TableColumn("DURATION", .right, minimum: 10), TableColumn("STATES", minimum: 8, ideal: 18, dropOrder: 1),
        TableColumn("STATE OR ERROR", minimum: 14, ideal: 30, isFlexible: true),
    ]

    func table(_ now: Timestamp) -> Table {
        var columns = Self.columns
        // With one machine there is nothing to tell apart.
        if onlyMachine != nil { columns[2].dropOrder = 9 }
        return Table(columns, rowCount: rows.count, cursor: list.cursor)
    }

    private func drawTable(_ page: ExecutionPage, on canvas: inout Canvas, _ context: ScreenContext) {
        guard !rows.isEmpty else { return canvas.drawNote(emptyNote(page), in: layout.table) }
        canvas.draw(table(context.now), in: layout.table, context) {
            .execution(page.rows[$0].arn)
        } cell: {
            Self.cell(page.rows[$0], $1, now: context.now)
        }
    }

    private static func cell(_ row: ExecutionRow, _ column: Int, now: Timestamp) -> TableCell {
        switch column {
        case 0: return .text(row.status.mark, row.status.role)
        case 1: return .text(row.name, row.status.isFailure ? .strong : .text)
        case 2: return .text(row.machine, .dim)
        case 3: return .text(row.started.shortClockText, .dim)
        case 4: return .text(row.duration(now).spanText, row.status.isOver ? .text : .accent)
        case 5:
            return .drawn { canvas, rect in
                canvas.draw(row.stripRuns(columns: rect.columns), at: rect.origin, limit: rect.columns)
            }
        default: return .text(row.nowRuns.styled)
        }
    }

    private func emptyNote(_ page: ExecutionPage) -> [String] {
        if isFiltered { return ["no execution is like that", "F clears the filters"] }
        guard let machine = page.machines.first(where: { onlyMachine == nil || $0.arn == onlyMachine }) else {
            return [
                "no state machine yet",
                "aws stepfunctions create-state-machine --endpoint-url $AWS_ENDPOINT_URL …",
                "or see one at work: fntop demo",
            ]
        }
        return [
            "nothing was executed yet", "i starts \(machine.name)",
            "aws stepfunctions start-execution --state-machine-arn \(machine.arn)",
        ]
    }

    private func drawTimeline(on canvas: inout Canvas, _ context: ScreenContext) {
        guard layout.timelineFrame.rows >= 3 else { return }
        let name = selectedRow?.name ?? "timeline"
        let note = selectedRow.map { [Run("\($0.status.word) · \($0.stateCount) states · Enter opens", .dim)] }
        let inside = canvas.pane(layout.timelineFrame, title: name, note: note ?? [])
        guard let detail = shownDetail else {
            return canvas.drawNote([selectedRow == nil ? "nothing is selected" : "waiting for its history"], in: inside)
        }
        guard !detail.isHistoryGone else {
            return canvas.drawNote(["its history is no longer kept in memory"], in: inside)
        }
        var place = inside
        if let error = detail.end?.error {
            let runs = [Run("\(Mark.failed) \(error)", .error, .bold), Run("  \(detail.end?.cause ?? "")", .text)]
            canvas.draw(
                runs.firstLine.runs, at: Point(column: inside.column + 1, row: inside.row), limit: inside.columns - 2)
            place = Rect(column: inside.column, row: inside.row + 1, columns: inside.columns, rows: inside.rows - 1)
        }
        var timeline = ExecutionTimeline(detail.progress, from: detail.startTime, until: detail.endTime ?? context.now)
        timeline.first = max(timeline.lanes.count - (place.rows - 1), 0)
        timeline.draw(on: &canvas, in: place)
    }
}
