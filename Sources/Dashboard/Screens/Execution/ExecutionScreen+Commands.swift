import JSON
import StatesLanguage
import Telemetry
import TelemetryStore
import Terminal

extension ExecutionScreen {
    mutating func run(_ command: ExecutionCommand, now: Timestamp) -> [Effect] {
        switch command {
        case .back: return isZoomed ? unzoom() : [.back]
        case .up, .down, .left, .right, .pageUp, .pageDown: move(command, now)
        case .first: show(moment: 1, now)
        case .last: show(moment: detail.map { $0.events.count }, now)
        case .earlier: step(-1, now)
        case .later: step(1, now)
        case .live: goLive(now)
        case .view: changeView(now)
        case .steps: inspector.turn(to: inspector.tab == .steps ? .input : .steps)
        case .nextTab: inspector.turn(by: 1)
        case .previousTab: inspector.turn(by: -1)
        case .pane: focus = focus == .main ? .inspector : .main
        case .zoomPane: isZoomed.toggle()
        case .bigger: zoom.map { change(zoom: $0.closer) }
        case .smaller: zoom.map { change(zoom: $0.farther) }
        case .nextItem: return turnItem(1, now)
        case .previousItem: return turnItem(-1, now)
        case .nextError: return goToFailure(1, now)
        case .previousError: return goToFailure(-1, now)
        case .open: return open(now)
        case .function: return openInvocation()
        case .logs: return openLogs()
        case .trace: return detail?.start.openTrace ?? []
        case .again: return again()
        case .start: return start()
        case .stop: return stop()
        case .redrive: return redrive()
        case .copy: return detail.map { [.offer(copyChoices($0))] } ?? []
        }
        return []
    }

    private mutating func unzoom() -> [Effect] {
        isZoomed = false
        return []
    }

    private mutating func changeView(_ now: Timestamp) {
        view = view.next
        focus = .main
        if view == .events { show(moment: moment ?? (isRunning ? nil : detail?.events.count), now) }
        if view == .timeline { refresh(now) }
    }

    // MARK: Moving

    private mutating func move(_ command: ExecutionCommand, _ now: Timestamp) {
        guard focus == .main else { return moveInInspector(command) }
        switch view {
        case .graph: moveInGraph(command, now)
        case .timeline: moveInTimeline(command, now)
        case .events: moveInEvents(command, now)
        }
    }

    private mutating func moveInInspector(_ command: ExecutionCommand) {
        let rows = max(layout.inspector.rows - 1, 1)
        switch command {
        case .left: inspector.turn(by: -1)
        case .right: inspector.turn(by: 1)
        case .up: scroll(by: -1, rows)
        case .down: scroll(by: 1, rows)
        case .pageUp: scroll(by: -rows, rows)
        default: scroll(by: rows, rows)
        }
    }

    mutating func scroll(by step: Int, _ rows: Int) {
        if inspector.tab == .logs, !log.rows.isEmpty {
            log.move(by: min(max(step, -log.rows.count), log.rows.count))
        } else {
            inspector.move(by: step, height: rows)
        }
    }

    private mutating func moveInGraph(_ command: ExecutionCommand, _ now: Timestamp) {
        let direction: GraphDirection? =
            switch command {
            case .up: .up
            case .down: .down
            case .left: .left
            case .right: .right
            default: nil
            }
        guard let direction else {
            let rows = max(layout.main.rows - 2, 1) * (command == .pageUp ? -1 : 1)
            offset =
                graphLayout?.bounded(Point(column: offset.column, row: offset.row + rows), in: layout.main.size)
                ?? offset
            return
        }
        guard let graphLayout else { return }
        select(state: graphLayout.neighbour(of: selected ?? "", direction), now)
    }

    private mutating func moveInTimeline(_ command: ExecutionCommand, _ now: Timestamp) {
        let page = max(layout.main.rows - 2, 1)
        switch command {
        case .up: select(lane: lane - 1, now)
        case .down: select(lane: lane + 1, now)
        case .pageUp: select(lane: lane - page, now)
        case .pageDown: select(lane: lane + page, now)
        case .left: step(-1, now)
        default: step(1, now)
        }
    }

    /// The event under the cursor is the moment that everything shows.
    private mutating func moveInEvents(_ command: ExecutionCommand, _ now: Timestamp) {
        let page = max(layout.main.rows - 2, 1)
        switch command {
        case .up, .left: step(-1, now)
        case .down, .right: step(1, now)
        case .pageUp: step(-page, now)
        default: step(page, now)
        }
    }

    // MARK: Items of Maps

    private mutating func turnItem(_ step: Int, _ now: Timestamp) -> [Effect] {
        guard let map = nearestMap.map({ progress.visits[$0] }) else {
            return [.notice("choose a Map, or a state in one")]
        }
        guard !map.iterations.isEmpty else { return [.notice("\(map.name) has no item yet")] }
        let next = (chosen[map.name] ?? (step > 0 ? -1 : map.iterations.count)) + step
        choose(map.iterations.indices.contains(next) ? next : nil, of: map.name, now)
        return []
    }

    // MARK: Opening

    private mutating func open(_ now: Timestamp) -> [Effect] {
        if focus == .inspector {
            if inspector.tab == .logs, let line = log.selectedLine { return [.open(.logLine(line.id))] }
            if inspector.view?.isAtContainer == true {
                inspector.toggle(height: max(layout.inspector.rows - 1, 1))
                return []
            }
            return inspector.tab == .attempts || inspector.tab == .logs ? openInvocation() : []
        }
        if view == .timeline, let lanes = timeline?.lanes, lanes.indices.contains(lane),
            case .iteration(let map, let item, _) = lanes[lane]
        {
            let name = progress.visits[map].name
            choose(chosen[name] == item ? nil : item, of: name, now)
            return []
        }
        if let visit = selectedVisit, visit.kind == "Map", !visit.iterations.isEmpty {
            guard view != .timeline else {
                if opened.remove(visit.name) == nil { opened.insert(visit.name) }
                refresh(now)
                return []
            }
            picker = IterationPicker(map: visit.index, items: visit.iterations, selection: chosen[visit.name] ?? 0)
            return []
        }
        if let requestID { return [.open(.invocation(requestID))] }
        if let child = childExecution { return [.open(.execution(child, event: nil))] }
        focus = .inspector
        return []
    }

    /// The execution that the state started.
    private var childExecution: String? {
        guard let detail, let attempt = selectedVisit?.attempts.last else { return nil }
        for id in [attempt.endEvent, attempt.scheduledEvent &+ 2].compactMap({ $0 }) {
            guard let output = detail.events.event(id: id)?.output, let json = try? JSON(parsing: output) else {
                continue
            }
            if let arn = json["ExecutionArn"]?.string { return arn }
        }
        return nil
    }

    private func openInvocation() -> [Effect] {
        if let requestID { return [.open(.invocation(requestID))] }
        return [.notice("\(selected ?? "it") called no function")]
    }

    private func openLogs() -> [Effect] {
        if let requestID { return [.open(.logs(filter: "req:\(requestID)"))] }
        return [.notice("\(selected ?? "it") called no function: nothing was logged for it")]
    }

    private mutating func goToFailure(_ step: Int, _ now: Timestamp) -> [Effect] {
        let failed = progress.visits.indices.filter { progress.visits[$0].failureEvent != nil }
        let here = visit ?? -1
        let next = step > 0 ? failed.first { $0 > here } ?? failed.first : failed.last { $0 < here } ?? failed.last
        guard let next else { return [.notice("no state failed up to this moment")] }
        select(visit: next, now)
        inspector.turn(to: .output)
        return []
    }

    // MARK: Doing

    private func again() -> [Effect] {
        guard let detail, !detail.isHistoryGone else { return [.notice("its input is not kept")] }
        return [
            .execute(.start(machine: detail.start.machineARN, input: detail.start.input)),
            .notice("starting \(detail.machineName) with the same input"),
        ]
    }

    private func start() -> [Effect] {
        guard let detail else { return [] }
        return [.open(.start(machine: detail.start.machineARN, input: detail.start.input))]
    }

    private func stop() -> [Effect] {
        guard let detail, isRunning else { return [.notice("it does not run")] }
        return [.ask("Stop \(detail.start.name)?", then: .execute(.stop(detail.start.arn)))]
    }

    private func redrive() -> [Effect] {
        guard let detail, detail.status.isFailure else { return [.notice("only what failed can be redriven")] }
        return [.ask("Redrive \(detail.start.name)?", then: .execute(.redrive(detail.start.arn)))]
    }

    // MARK: Mouse

    mutating func point(_ event: MouseEvent, now: Timestamp) -> [Effect] {
        let isWheel = event.action == .wheelUp || event.action == .wheelDown
        let step = event.action == .wheelUp ? -3 : 3
        if layout.inspectorFrame.contains(event.point) {
            if isWheel {
                scroll(by: step, max(layout.inspector.rows - 1, 1))
                return []
            }
            guard event.action == .press || event.action == .doubleClick else { return [] }
            focus = .inspector
            pressInspector(event.point)
            return event.action == .doubleClick ? open(now) : []
        }
        if isWheel, layout.mainFrame.contains(event.point) {
            wheel(step, now)
            return []
        }
        guard event.action == .press || event.action == .doubleClick else { return [] }
        focus = .main
        pressMain(event.point, now)
        return event.action == .doubleClick ? open(now) : []
    }

    private mutating func wheel(_ step: Int, _ now: Timestamp) {
        switch view {
        case .graph:
            offset =
                graphLayout?.bounded(Point(column: offset.column, row: offset.row + step), in: layout.main.size)
                ?? offset
        case .timeline: select(lane: lane + step, now)
        case .events: self.step(step, now)
        }
    }

    private mutating func pressInspector(_ point: Point) {
        let inside = layout.inspector
        if point.row == inside.row {
            var canvas = Canvas(Size(columns: inside.endColumn, rows: inside.endRow))
            let places = drawInspectorTabs(on: &canvas, in: inside.line(0))
            if let index = places.firstIndex(where: { $0.contains(point) }) {
                inspector.turn(to: InspectorTab.allCases[index])
            }
        } else if inside.contains(point) {
            inspector.select(row: point.row - inside.row - 1, height: max(inside.rows - 1, 1))
        }
    }

    private mutating func pressMain(_ point: Point, _ now: Timestamp) {
        let timelinePlace = view == .timeline ? layout.main : layout.timeline
        if view == .graph, layout.main.contains(point), let graphLayout {
            let place = Point(
                column: point.column - layout.main.column + offset.column, row: point.row - layout.main.row + offset.row
            )
            if let node = graphLayout.node(at: place) { select(state: node.id, now) }
        } else if timelinePlace.contains(point), let timeline {
            let window = ScrollWindow(
                first: timeline.first, visible: timeline.bars(in: timelinePlace).rows, count: timeline.lanes.count,
                showing: timeline.selected)
            let index = window.first + point.row - timelinePlace.row
            if window.rows.contains(index) { select(lane: index, now) }
        } else if view == .events, let row = eventsTable.layout(in: layout.main).row(at: point) {
            show(moment: row + 1, now)
        }
    }
}
