import JSON
import StatesLanguage
import Telemetry
import TelemetryStore
package import Terminal

/// One execution: where it went, when, and what each state did with the data; at any moment of it.
package struct ExecutionScreen: Sendable {
    /// The ARN or name; `nil` while only an invocation is known.
    private(set) var name: String?
    let invocation: RequestID?
    /// The event that is looked at first.
    private var firstEvent: Int?
    private(set) var detail: ExecutionDetail?
    private(set) var isUnknown = false
    /// How many events have been; `nil` for all, and those to come.
    private(set) var moment: Int?
    private var replay = ExecutionReplay()
    /// What is shown: up to the moment.
    private(set) var progress = HistoryProgress()
    private(set) var machine: StateMachineDefinition?
    var graph: StateMachineGraph?
    var graphProgress = ExecutionProgress()
    private(set) var layouts: [GraphZoom: GraphLayout] = [:]
    private(set) var zoom: GraphZoom?
    var offset = Point(column: 0, row: 0)
    /// The state that is selected, visited or not.
    private(set) var selected: String?
    private(set) var visit: Int?
    /// The selection goes where the execution goes.
    private(set) var follows = true
    /// Of each Map the item that is looked at.
    private(set) var chosen: [String: Int] = [:]
    /// The Maps whose items have lanes.
    var opened: Set<String> = []
    var view = ExecutionView.graph
    var focus = ExecutionPane.main
    var isZoomed = false
    var inspector = Inspector()
    var picker: IterationPicker?
    private(set) var timeline: ExecutionTimeline?
    var lane = 0
    /// The invocation behind the selected state, with its log.
    var behind: InvocationDetail?
    /// By ARN how the executions of distributed Maps stand.
    var mapRuns: [String: [ExecutionStatus: Int]] = [:]
    var log = LogList()
    private(set) var layout = ExecutionLayout(Rect(column: 0, row: 0, columns: 80, rows: 20))
    private var rect = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init(name: String, event: Int?) {
        self.name = name
        invocation = nil
        firstEvent = event
    }

    init(invocation: RequestID) {
        self.invocation = invocation
    }

    // MARK: Data

    mutating func take(_ place: ExecutionPlace?) {
        guard name == nil else { return }
        guard let place else {
            isUnknown = true
            return
        }
        (name, firstEvent, isUnknown) = (place.arn, place.event, false)
    }

    mutating func take(_ answer: ExecutionDetail?, now: Timestamp) {
        guard let answer else {
            isUnknown = detail == nil
            return
        }
        isUnknown = false
        // Anything in the store may have changed but this.
        guard answer != detail else { return }
        let isFirst = detail == nil
        if detail?.start.definition != answer.start.definition { read(answer.start.definition) }
        if detail?.start.redriveCount != answer.start.redriveCount { replay = ExecutionReplay() }
        detail = answer
        refresh(now)
        guard isFirst else { return }
        begin(now)
    }

    private mutating func read(_ definition: String) {
        guard let json = try? JSON(parsing: definition) else { return }
        machine = StateMachineDefinition(json)
        let graph = StateMachineGraph(definition: json)
        self.graph = graph
        (layouts, zoom) = ([:], nil)
    }

    /// Begins at what was asked for, else at what went wrong.
    private mutating func begin(_ now: Timestamp) {
        if let firstEvent, let place = progress.visit(ofEvent: firstEvent) {
            follows = false
            select(visit: place, now)
            inspector.turn(to: progress.visits[place].isFailure ? .output : .input)
        } else if let failed = progress.failed {
            follows = false
            select(visit: failed, now)
            inspector.turn(to: .output)
        } else if selected == nil {
            select(state: machine?.startAt, now)
        }
    }

    /// Everything that follows from the events and the moment.
    mutating func refresh(_ now: Timestamp) {
        guard let detail else { return }
        if let moment {
            progress = replay.progress(of: detail.events, count: moment)
        } else {
            progress = detail.progress
        }
        if follows, let active = progress.active {
            follow(active)
        } else if let visit, progress.visits.indices.contains(visit), progress.visits[visit].name == selected {
            // The same visit, one event later.
        } else {
            visit = selected.flatMap { latestVisit(of: $0) }
        }
        rebuild(now)
    }

    private mutating func follow(_ active: Int) {
        visit = active
        selected = progress.visits[active].name
        guard moment != nil else { return }
        // Stepping shows the very item that an event is about.
        for place in progress.iterations(around: active) { chosen[progress.visits[place.map].name] = place.index }
    }

    private mutating func rebuild(_ now: Timestamp) {
        let time = time(now)
        graphProgress = ExecutionProgress(
            progress, definition: machine, chosen: chosen, mapRuns: shownMapRuns, at: time)
        timeline = detail.map {
            ExecutionTimeline(progress, from: $0.startTime, until: time, chosen: chosen, opened: opened)
        }
        settleLane()
        inspect(time)
        if behind != nil { showLog() }
        showSelection()
    }

    private mutating func inspect(_ time: Timestamp) {
        guard let detail else { return }
        let subject = InspectedState(
            detail: detail, progress: progress, visit: visit, name: selected, definition: selectedDefinition)
        inspector.show(subject, at: time)
    }

    // MARK: Selecting

    private func latestVisit(of name: String) -> Int? {
        guard let latest = progress.latest[name] else { return nil }
        let isFree = chosen.isEmpty || progress.visits[latest].isOutside
        if isFree { return latest }
        return progress.visits.last { visit in
            visit.name == name
                && progress.iterations(around: visit.index).allSatisfy { place in
                    chosen[progress.visits[place.map].name].map { $0 == place.index } ?? true
                }
        }?.index
    }

    mutating func select(state name: String?, _ now: Timestamp) {
        guard let name else { return }
        follows = false
        selected = name
        visit = latestVisit(of: name)
        rebuild(now)
    }

    mutating func select(visit index: Int, _ now: Timestamp) {
        guard progress.visits.indices.contains(index) else { return }
        for place in progress.iterations(around: index) { chosen[progress.visits[place.map].name] = place.index }
        (visit, selected) = (index, progress.visits[index].name)
        rebuild(now)
    }

    mutating func choose(_ item: Int?, of map: String, _ now: Timestamp) {
        chosen[map] = item
        follows = false
        if let selected, selected != map { visit = latestVisit(of: selected) }
        rebuild(now)
    }

    // MARK: Time

    mutating func show(moment count: Int?, _ now: Timestamp) {
        guard let detail else { return }
        // The last event is where it stands.
        if let count, count < detail.events.count {
            moment = max(count, 1)
        } else {
            moment = nil
        }
        follows = true
        refresh(now)
    }

    mutating func step(_ step: Int, _ now: Timestamp) {
        guard let detail else { return }
        show(moment: (moment ?? detail.events.count) + step, now)
    }

    mutating func goLive(_ now: Timestamp) {
        moment = nil
        follows = true
        refresh(now)
        if !isRunning, let failed = progress.failed { select(visit: failed, now) }
    }

    // MARK: Layout

    package mutating func lay(out rect: Rect) {
        self.rect = rect
        if zoom == nil { keepLayout(.boxes) }
        layOutPanes()
        if zoom == nil, graph != nil, !layout.main.isEmpty { zoom = fittingZoom(in: layout.main.size) }
        showSelection()
    }

    mutating func layOutPanes() {
        layout = ExecutionLayout(
            rect, view: view, zoomed: isZoomed ? focus : nil, focus: focus, lanes: timeline?.lanes.count ?? 1,
            attempts: inspector.attemptRows, hasLog: !(behind?.logLines.isEmpty ?? true) && requestID != nil,
            graphColumns: layouts[.boxes]?.size.columns ?? 0)
        log.resize(height: max(layout.log.rows, 1), heights: [])
    }

    /// Boxes where they fit side by side, or where nothing fits and there is room to move about in; else names.
    private mutating func fittingZoom(in view: Size) -> GraphZoom {
        func fits(_ zoom: GraphZoom, rows: Int) -> Bool {
            layouts[zoom].map { $0.size.columns <= view.columns && $0.size.rows <= rows } ?? false
        }
        if fits(.boxes, rows: view.rows >= 20 ? .max : view.rows) { return .boxes }
        keepLayout(.names)
        return fits(.names, rows: view.rows) || view.rows < 20 ? .names : .boxes
    }

    private mutating func keepLayout(_ zoom: GraphZoom) {
        guard let graph, layouts[zoom] == nil else { return }
        layouts[zoom] = graph.layout(zoom: zoom)
    }

    mutating func change(zoom: GraphZoom) {
        self.zoom = zoom
        showSelection()
    }

    var graphLayout: GraphLayout? { zoom.flatMap { layouts[$0] } }

    private mutating func showSelection() {
        guard let zoom else { return }
        keepLayout(zoom)
        guard let placed = layouts[zoom] else { return }
        if let selected {
            offset = placed.offset(showing: selected, in: layout.main.size, from: offset)
        } else {
            offset = placed.bounded(offset, in: layout.main.size)
        }
    }

    private mutating func settleLane() {
        guard var timeline else { return }
        let own = timeline.lanes.firstIndex { lane in
            if case .state(let name, _, _) = lane { return name == selected }
            return false
        }
        let isItem = timeline.lanes.indices.contains(lane) && timeline.lanes[lane].isIteration
        if view != .timeline || !isItem { lane = own ?? lane }
        lane = min(max(lane, 0), max(timeline.lanes.count - 1, 0))
        timeline.selected = lane
        timeline.first = max(lane - max(layout.timelineRows - 2, 0), 0)
        self.timeline = timeline
    }

    mutating func select(lane index: Int, _ now: Timestamp) {
        guard let lanes = timeline?.lanes, !lanes.isEmpty else { return }
        lane = min(max(index, 0), lanes.count - 1)
        switch lanes[lane] {
        case .state(let name, _, _): select(state: name, now)
        case .iteration(let map, _, _):
            (visit, selected) = (map, progress.visits[map].name)
            follows = false
            rebuild(now)
        }
    }
}
