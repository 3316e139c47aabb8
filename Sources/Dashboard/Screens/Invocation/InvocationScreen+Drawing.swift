import Telemetry
import TelemetryStore
import Terminal

extension InvocationScreen {
    func draw(on canvas: inout Canvas, in rect: Rect, now: Timestamp) {
        guard let detail else { return drawWaiting(on: &canvas, in: rect) }
        drawHead(detail.record, on: &canvas, now: now)
        drawPhases(detail.record, on: &canvas, now: now)
        drawTabs(on: &canvas)
        for pane in panes where layout.frames[pane] != nil { draw(pane, of: detail, on: &canvas, now: now) }
    }

    private func drawWaiting(on canvas: inout Canvas, in rect: Rect) {
        let lines =
            isUnknown
            ? [
                "the invocation \(id) is not known",
                "it is older than what is kept in memory, or it ran somewhere else",
                "Esc goes back",
            ] : ["waiting for the invocation \(id)"]
        canvas.drawNote(lines, in: rect)
    }

    // MARK: Head

    private func drawHead(_ record: InvocationRecord, on canvas: inout Canvas, now: Timestamp) {
        let place = layout.head
        let status = InvocationStatus(record)
        guard place.rows >= 3 else {
            let runs = [
                Run(" \(status.glyph) \(status.word)  ", status.role, .bold), Run(record.start.function, .strong),
            ]
            canvas.draw(runs + [Run("  \(id.short)", .accent)], at: place.origin, limit: place.columns)
            return
        }
        let title = [
            Run("\(status.glyph) \(status.word)  ", status.role, .bold), Run(record.start.function, .strong, .bold),
            Run("  \(id.short)", .accent),
        ]
        let inner = canvas.pane(place, title: title, note: when(record))
        let origin = (detail?.execution).map { from in
            [InvocationFact(name: "x execution", value: "\(from.execution) › \(from.state ?? "?")")]
        }
        canvas.draw(InvocationFact.facts(of: record, now: now) + (origin ?? []), in: inner)
    }

    /// A time of day and no age, so that nothing moves on the picture of what is over.
    private func when(_ record: InvocationRecord) -> [Run] {
        record.endTime.map { [Run("ended \($0.clockText)", .dim)] } ?? []
    }

    // MARK: Phases

    private func drawPhases(_ record: InvocationRecord, on canvas: inout Canvas, now: Timestamp) {
        guard layout.phases.rows >= 3 else { return }
        let inner = canvas.pane(layout.phases, title: "phases", note: total(record, now: now))
        drawPhases(record, on: &canvas, in: inner, now: now)
    }

    private func total(_ record: InvocationRecord, now: Timestamp) -> [Run] {
        let phases = InvocationPhase.phases(of: record, now: now)
        return [Run("\(phases.reduce(Microseconds.zero) { $0 + $1.duration }.text) in all", .dim)]
    }

    private func drawPhases(_ record: InvocationRecord, on canvas: inout Canvas, in inner: Rect, now: Timestamp) {
        let phases = InvocationPhase.phases(of: record, now: now)
        let total = phases.reduce(Microseconds.zero) { $0 + $1.duration }
        guard !phases.isEmpty else {
            canvas.draw(
                "it was refused: nothing ran", at: Point(column: inner.column + 1, row: inner.row), style: Style(.dim),
                limit: inner.columns)
            return
        }
        for (row, phase) in phases.prefix(inner.rows).enumerated() {
            let line = Rect(column: inner.column, row: inner.row + row, columns: inner.columns, rows: 1)
            draw(phase, of: total, on: &canvas, in: line)
        }
    }

    private func draw(_ phase: InvocationPhase, of total: Microseconds, on canvas: inout Canvas, in line: Rect) {
        let label = 12
        let durationColumns = 11
        let columns = max(line.columns - label - durationColumns, 0)
        let unit = Double(columns) / Double(max(total.count, 1))
        let start = min(Int(Double(phase.start.count) * unit), max(columns - 1, 0))
        let length = min(max(Int((Double(phase.duration.count) * unit).rounded()), 1), columns - start)
        canvas.draw(" \(phase.kind.rawValue)", at: line.origin, style: Style(.dim), limit: label)
        let bar = String(repeating: Mark.bar(phase.isRunning ? 4 : 6), count: max(length, 0))
        let place = Point(column: line.column + label + start, row: line.row)
        canvas.draw(bar, at: place, style: Style(phase.kind.role), limit: columns)
        canvas.draw(
            [Run(phase.duration.text + (phase.isRunning ? Mark.ellipsis : ""), .strong)],
            endingAt: Point(column: line.endColumn - 1, row: line.row), limit: durationColumns)
    }

    // MARK: Panes

    private func drawTabs(on canvas: inout Canvas) {
        guard !layout.tabs.isEmpty else { return }
        let runs = panes.flatMap { pane -> [Run] in
            let text = " \(title(pane)) "
            return [Run(text, pane == focus ? Style(.accent, on: .selection, .bold) : Style(.dim)), Run(" ")]
        }
        canvas.draw(runs, at: layout.tabs.origin, limit: layout.tabs.columns)
    }

    func title(_ pane: InvocationPane) -> String {
        switch pane {
        case .log: "log (\(Format.count((detail?.logLines.count ?? 0) + (detail?.omittedLogLines ?? 0))))"
        case .calls: "calls (\(Format.count(detail?.calls.count ?? 0)))"
        default: pane.rawValue
        }
    }

    private func note(_ pane: InvocationPane) -> [Run] {
        switch pane {
        case .event: [Run(event.note, event.payload.isCut ? .warn : .dim)]
        case .response: isRunning ? [] : [Run(response.note, response.payload.isCut ? .warn : .dim)]
        case .log:
            (detail?.omittedLogLines ?? 0) > 0
                ? [Run("\(Format.count(detail?.omittedLogLines ?? 0)) more, l opens all", .warn)] : []
        case .error, .calls, .phases: []
        }
    }

    private func draw(_ pane: InvocationPane, of detail: InvocationDetail, on canvas: inout Canvas, now: Timestamp) {
        guard let frame = layout.frames[pane], frame.rows >= 1 else { return }
        if frame.rows >= 3, frame.columns >= 8 {
            canvas.pane(frame, title: title(pane), note: note(pane), isFocused: pane == focus)
        }
        let inner = layout[pane]
        switch pane {
        case .error: drawError(on: &canvas, in: inner)
        case .event: event.draw(on: &canvas, in: inner, isFocused: focus == .event)
        case .response where isRunning: drawDim("it still runs", on: &canvas, in: inner)
        case .response: response.draw(on: &canvas, in: inner, isFocused: focus == .response)
        case .log: drawLog(on: &canvas, in: inner)
        case .calls: drawCalls(detail, on: &canvas, in: inner)
        case .phases: drawPhases(detail.record, on: &canvas, in: inner, now: now)
        }
    }

    private func drawDim(_ text: String, on canvas: inout Canvas, in rect: Rect) {
        canvas.draw(
            text, at: Point(column: rect.column + 1, row: rect.row), style: Style(.dim), limit: rect.columns - 1)
    }

    private func drawError(on canvas: inout Canvas, in rect: Rect) {
        let lines = errorLines(columns: rect.columns - 2)
        for (row, place) in trace.visible(count: lines.count, height: rect.rows).enumerated() {
            canvas.draw(lines[place], at: Point(column: rect.column + 1, row: rect.row + row), limit: rect.columns - 1)
        }
    }

    private func drawLog(on canvas: inout Canvas, in rect: Rect) {
        guard !log.rows.isEmpty else { return drawDim("it wrote nothing", on: &canvas, in: rect) }
        canvas.draw(log, in: rect, isFocused: focus == .log, hidesInvocation: true)
    }

    private func drawCalls(_ detail: InvocationDetail, on canvas: inout Canvas, in rect: Rect) {
        guard !detail.calls.isEmpty else {
            return drawDim("it called no service of this endpoint", on: &canvas, in: rect)
        }
        for (row, place) in calls.visible(count: detail.calls.count, height: rect.rows).enumerated() {
            let timed = detail.calls[place]
            let isSelected = focus == .calls && place == calls.place
            let line = Rect(column: rect.column, row: rect.row + row, columns: rect.columns, rows: 1)
            if isSelected { canvas.fill(line, Style(.text, on: .selection)) }
            let after = max(timed.time - detail.record.startTime, .zero)
            canvas.draw(
                picture(of: timed.call, after: after), at: line.origin, limit: line.columns - 10,
                on: isSelected ? .selection : nil)
            canvas.draw(
                [Run(timed.call.latency.text, Style(.strong, on: isSelected ? .selection : .background))],
                endingAt: Point(column: line.endColumn - 1, row: line.row), limit: 10)
        }
    }

    private func picture(of call: ServiceCall, after: Microseconds) -> [Run] {
        let isOK = call.status < 400
        var runs = [Run(" ")] + Run.cell("+\(after.text)", 9, Style(.dim), right: true)
        runs.append(Run("\(isOK ? Mark.ok : Mark.failed) ", isOK ? .ok : .error))
        runs += [Run("\(call.service) ", .dim), Run("\(call.operation) ", .strong), Run("\(call.resource) ", .accent)]
        if !isOK { runs.append(Run("\(call.status) \(call.errorCode ?? "")", .error)) }
        return runs
    }
}

extension InvocationPhase.Kind {
    var role: Role {
        switch self {
        case .queue: .dim
        case .initialise: .info
        case .invoke: .series1
        case .extensions: .series4
        }
    }
}

/// How an invocation stands, as a glyph and a word.
struct InvocationStatus: Hashable {
    var glyph: String
    var word: String
    var role: Role

    init(_ record: InvocationRecord) {
        guard let end = record.end else {
            (glyph, word, role) = (Mark.running, "Running", .accent)
            return
        }
        word = ErrorReport.name(of: end.status)
        glyph = end.status == .success ? Mark.ok : end.status == .throttled ? Mark.waiting : Mark.failed
        role = end.status == .success ? .ok : end.status == .throttled ? .warn : .error
    }
}
