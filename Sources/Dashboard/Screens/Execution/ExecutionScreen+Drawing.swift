import StatesLanguage
import Telemetry
import TelemetryStore
import Terminal

extension ExecutionScreen {
    func draw(on canvas: inout Canvas, in rect: Rect, now: Timestamp) {
        guard let detail else { return drawWaiting(on: &canvas, in: rect) }
        drawMain(detail, on: &canvas, now: now)
        drawTimelinePane(detail, on: &canvas, now: now)
        drawInspector(on: &canvas)
        drawAttempts(on: &canvas, now: now)
        drawLog(on: &canvas)
        picker?.draw(on: &canvas, in: rect, name: picker.map { progress.visits[$0.map].name } ?? "", time: time(now))
    }

    private func drawWaiting(on canvas: inout Canvas, in rect: Rect) {
        let what = name ?? invocation.map { "of the invocation \($0)" } ?? ""
        var lines = ["waiting for the execution \(what)"]
        if isUnknown {
            lines =
                invocation == nil
                ? [
                    "the execution \(what) is not known",
                    "it is older than what is kept in memory, or it ran somewhere else", "Esc goes back",
                ] : ["no execution made this invocation", "Esc goes back"]
        }
        canvas.drawNote(lines, in: rect)
    }

    // MARK: Graph, timeline, events

    private func drawMain(_ detail: ExecutionDetail, on canvas: inout Canvas, now: Timestamp) {
        guard layout.mainFrame.rows >= 1 else { return }
        let isFocused = focus == .main
        if layout.mainFrame.rows >= 3 {
            canvas.pane(
                layout.mainFrame, title: view.rawValue, note: note(detail, columns: layout.mainFrame.columns, now: now),
                isFocused: isFocused)
        }
        guard !detail.isHistoryGone else {
            return canvas.drawNote(
                ["its history is no longer kept", "histories of older executions leave when memory is full"],
                in: layout.main)
        }
        switch view {
        case .graph: drawGraph(on: &canvas, now: now)
        case .timeline: shownTimeline(now)?.draw(on: &canvas, in: layout.main, isFocused: isFocused)
        case .events: drawEvents(detail, on: &canvas)
        }
    }

    private func drawGraph(on canvas: inout Canvas, now: Timestamp) {
        guard let graph, let graphLayout else {
            return canvas.drawNote(
                ["the definition of the state machine is not known", "v shows its events"], in: layout.main)
        }
        let place = layout.main
        let isGrowing = isRunning && isLive
        let shown =
            isGrowing
            ? ExecutionProgress(
                progress, definition: machine, chosen: chosen, mapRuns: shownMapRuns, at: time(now)) : graphProgress
        canvas.clipped(to: place) {
            graph.draw(graphLayout, on: &$0, in: place, offset: offset, selection: selected, progress: shown)
        }
    }

    /// While it runs the timeline grows with the clock.
    private func shownTimeline(_ now: Timestamp) -> ExecutionTimeline? {
        guard let timeline, let detail else { return nil }
        guard isRunning, isLive, now > timeline.end else { return timeline }
        var grown = ExecutionTimeline(progress, from: detail.startTime, until: now, chosen: chosen, opened: opened)
        (grown.first, grown.selected) = (timeline.first, timeline.selected)
        return grown
    }

    private func note(_ detail: ExecutionDetail, columns: Int, now: Timestamp) -> [Run] {
        let status = isLive ? detail.status : progress.status
        let length = max(time(now) - detail.startTime, .zero)
        var runs = [Run("\(status.mark) \(status.rawValue) ", status.role, .bold), Run(length.spanText, .strong)]
        if let moment {
            runs.append(Run(" · event \(moment) of \(detail.events.count)", .warn))
        } else if view == .events {
            runs.append(Run(" · \(Format.count(detail.events.count)) events", .dim))
        }
        if columns >= 70 {
            let reached = Set(progress.visits.lazy.map(\.name)).count
            let all = graph?.types.count ?? reached
            runs.append(Run(" · \(reached) of \(all) states", .dim))
            if detail.start.redriveCount > 0 { runs.append(Run(" · redriven \(detail.start.redriveCount)×", .warn)) }
            if detail.hasHoles { runs.append(Run(" · events are missing", .warn)) }
            if isRunning, isLive { runs.append(Run(follows ? " · follow ●" : " · L follows", .dim)) }
        }
        return (columns >= 90 ? [Run("\(detail.machineName) · ", .dim)] : []) + runs
    }

    private func drawTimelinePane(_ detail: ExecutionDetail, on canvas: inout Canvas, now: Timestamp) {
        guard layout.timelineFrame.rows >= 3, let timeline = shownTimeline(now) else { return }
        let length = max(timeline.end - timeline.start, .zero).spanText
        let folded = timeline.time.isFolded ? " · long pauses are folded" : ""
        let inside = canvas.pane(layout.timelineFrame, title: "timeline", note: [Run(length + folded, .dim)])
        timeline.draw(on: &canvas, in: inside)
    }

    // MARK: Inspector

    private func drawInspector(on canvas: inout Canvas) {
        let frame = layout.inspectorFrame
        guard frame.rows >= 1, frame.columns >= 8 else { return }
        if frame.rows >= 3 {
            canvas.pane(frame, title: selected ?? "state", note: stateNote, isFocused: focus == .inspector)
        }
        let inside = layout.inspector
        drawInspectorTabs(on: &canvas, in: inside.line(0))
        let body = Rect(column: inside.column, row: inside.row + 1, columns: inside.columns, rows: inside.rows - 1)
        canvas.clipped(to: body) { drawTab(on: &$0, in: body) }
    }

    private var stateNote: [Run] {
        guard let visit = selectedVisit else { return [Run(selectedDefinition?.type.rawValue ?? "", .dim)] }
        let state =
            visit.isWaitingToRetry
            ? Run("\(Mark.waiting) waits", .warn) : Run("\(visit.status.mark) \(visit.status.word)", visit.status.role)
        var runs = [Run("\(visit.kind) ", .dim), state]
        if visit.attempts.count > 1 || visit.isWaitingToRetry {
            let most = max(selectedDefinition?.mostAttempts ?? 0, visit.attempts.count)
            let isWide = layout.inspectorFrame.columns >= 56
            runs.append(
                Run(
                    isWide
                        ? " · attempt \(visit.attempts.count) of \(most)" : " ↻\(visit.attempts.count)/\(most)", .warn)
            )
        }
        if let item = progress.iterations(around: visit.index).first {
            runs.append(Run(" · #\(item.index + 1)", .accent))
        }
        return runs
    }

    @discardableResult
    func drawInspectorTabs(on canvas: inout Canvas, in line: Rect) -> [Rect] {
        let selected = InspectorTab.allCases.firstIndex(of: inspector.tab) ?? 0
        let isNarrow = line.columns < 68
        return Tabs(InspectorTab.allCases.map { isNarrow ? $0.shortTitle : $0.title }, selected: selected)
            .draw(on: &canvas, in: line)
    }

    private func drawTab(on canvas: inout Canvas, in rect: Rect) {
        if inspector.tab == .logs, !log.rows.isEmpty {
            return canvas.draw(log, in: rect, isFocused: focus == .inspector, hidesInvocation: true)
        }
        if let view = inspector.view {
            return view.draw(on: &canvas, in: rect, isFocused: focus == .inspector)
        }
        let lines = inspector.lines.flatMap { line in
            line.isEmpty ? [[]] : line.wrappedBelowItself(to: max(rect.columns - 2, 1), limit: 12)
        }
        for (row, place) in inspector.cursor.visible(count: lines.count, height: rect.rows).enumerated() {
            canvas.draw(lines[place], at: Point(column: rect.column + 1, row: rect.row + row), limit: rect.columns - 1)
        }
    }

    private func drawAttempts(on canvas: inout Canvas, now: Timestamp) {
        guard layout.attemptsFrame.rows >= 3, let visit = selectedVisit else { return }
        let inside = canvas.pane(layout.attemptsFrame, title: "attempts")
        let lines = AttemptsText.lines(visit, time: time(now), isLong: false)
        // The latest matter most.
        for (row, line) in lines.suffix(inside.rows).enumerated() {
            canvas.draw(line, at: Point(column: inside.column, row: inside.row + row), limit: inside.columns)
        }
    }

    private func drawLog(on canvas: inout Canvas) {
        guard layout.logFrame.rows >= 3, let behind else { return }
        let title = "\(behind.record.start.function) · \(behind.record.requestID.short)"
        let inside = canvas.pane(layout.logFrame, title: title, note: [Run("l opens", .dim)])
        guard inspector.tab != .logs else {
            return canvas.drawNote(["shown above"], in: inside)
        }
        canvas.draw(log, in: inside, isFocused: false, hidesInvocation: true)
    }
}
