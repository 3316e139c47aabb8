import Telemetry
import TelemetryStore
import Terminal

/// All that the dashboard knows and shows, as a value.
struct DashboardState: Sendable {
    let settings: DashboardSettings
    var size: Size
    var now: Timestamp
    /// The screens from the tab's own to the one that is shown; never empty.
    var stack: [any Screen]
    var history: [[any Screen]] = []
    /// The invocations that were opened, the latest first.
    private(set) var recent: [RequestID] = []
    /// The stacks of the tabs that are not shown, by digit.
    var others: [Int: [any Screen]] = [:]
    /// The digit of the tab that is shown.
    var tab = 1
    var length: Microseconds
    /// Until when is looked at, while paused.
    var pausedAt: Timestamp?
    /// The span that was chosen in a chart; only while paused.
    var range: TimeWindow?
    var chartDrag: ChartDrag?
    var overview: Overview?
    /// What the lints found, also what is silenced.
    var lints: LintReport?
    var silenced: Set<Finding.ID> = []
    /// What is to be compared: at most two, the older one first.
    var marks: [Marked] = []
    var overlay: Overlay?
    /// What the palette can open beside what the overview tells of.
    var names = PaletteNames()
    var notice: (text: String, until: Timestamp)?
    var hasMouse: Bool

    init(_ settings: DashboardSettings, size: Size, now: Timestamp) {
        self.settings = settings
        self.size = size
        self.now = now
        length = settings.window
        hasMouse = settings.capturesMouse
        stack = [ScreenCatalog.screen(for: .functions)]
        if !settings.notices.isEmpty { note(settings.notices.joined(separator: " · ")) }
    }

    /// Changes whenever another screen comes up.
    var shownScreen: ShownScreen { ShownScreen(tab: tab, depth: stack.count, name: stack.last?.route.screenName ?? "") }

    struct ShownScreen: Hashable {
        let tab: Int
        let depth: Int
        let name: String
    }

    static let summaryRequest = DataRequest.overview(buckets: 60)

    var isSmall: Bool { size.columns < 60 || size.rows < 15 }

    /// Where the screen is drawn: between the top line, the tabs and the footer.
    var body: Rect { Rect(column: 0, row: 2, columns: size.columns, rows: size.rows - 3) }

    var window: TimeWindow { range ?? TimeWindow(last: shownLength, until: pausedAt ?? now) }

    /// The window grows with the data, in steps, up to the length that was chosen: a new runtime fills its charts.
    var shownLength: Microseconds {
        guard let first = overview?.health.firstEvent else { return length }
        let span = (pausedAt ?? now) - first
        let step = Self.steps.first { $0 >= span } ?? length
        return min(step, length)
    }

    private static let steps = [1, 2, 3, 5, 10, 15, 30, 60, 120, 180, 360, 720].map { Microseconds.seconds($0 * 60) }

    var context: ScreenContext {
        var context = ScreenContext(now: pausedAt ?? now, window: window, isPaused: pausedAt != nil, rect: body)
        (context.marks, context.silenced, context.endpoint) = (marks, silenced, settings.endpoint)
        return context
    }

    var requests: [DataRequest] {
        let asked = stack.last?.requests ?? []
        var others = [Self.summaryRequest, .lints]
        if case .palette = overlay { others += PaletteNames.requests }
        return asked + others.filter { !asked.contains($0) }
    }

    var dependsOnTime: Bool {
        notice != nil || (overview?.invocations ?? 0) > 0 || (stack.last?.dependsOnTime ?? false)
    }

    mutating func note(_ text: String) { notice = (text, now + .seconds(4)) }

    mutating func tick(_ time: Timestamp) {
        now = time
        if let notice, notice.until <= time { self.notice = nil }
    }

    mutating func layOut() { stack[stack.count - 1].lay(out: body) }

    mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [ShellEffect] {
        let rings = take(answer)
        if case .lints(let report) = answer { lints = report }
        names.take(answer)
        let made = stack[stack.count - 1].take(answer, for: request)
        return perform(made) + rings
    }

    /// An alarm that fired since the last look rings, if a person wants that; those that fire from the start do not.
    private mutating func take(_ answer: DataAnswer) -> [ShellEffect] {
        guard case .overview(let overview) = answer else { return [] }
        let before = self.overview
        self.overview = overview
        guard settings.ringsOnAlarm, let before, let newest = overview.alarms.newest else { return [] }
        return newest.since > before.alarms.newest?.since ?? before.window.end ? [.ring] : []
    }

    /// The answer goes to the nearest screen that can have asked; when that is not the one shown, a notice says it.
    mutating func take(_ outcome: InvokeOutcome) -> [ShellEffect] {
        let index = stack.lastIndex { ["invoke", "invocation"].contains($0.route.screenName) }
        guard let index, index == stack.count - 1 else {
            if let index { _ = stack[index].take(outcome, context) }
            note("\(outcome.function): \(outcome.failure ?? "success") after \(outcome.duration.text)")
            return []
        }
        return perform(stack[index].take(outcome, context))
    }

    /// What was started is opened where executions are looked at; a notice says the rest.
    mutating func take(_ outcome: ExecutionOutcome) -> [ShellEffect] {
        let made = perform(stack[stack.count - 1].take(outcome, context))
        if let failure = outcome.failure {
            note(failure)
            return made
        }
        switch outcome.action {
        case .start:
            guard let arn = outcome.arn else { break }
            let isNear = ["executions", "execution", "start"].contains(stack.last?.route.screenName ?? "")
            guard isNear else {
                note("started \(arn.machineName)")
                break
            }
            open(.execution(arn, event: nil))
            layOut()
        case .stop: note("stopped")
        case .redrive: note("redriven: it goes on where it failed")
        }
        return made
    }
}

extension DashboardState {
    /// Every screen may use it: what one changed, another one shows. What is covered only asks anew.
    mutating func take(_ outcome: EndpointOutcome) -> [ShellEffect] {
        var made: [ShellEffect] = []
        for index in stack.indices.dropLast() {
            made += stack[index].take(outcome, context).compactMap(ShellEffect.init(covered:))
        }
        for (tab, var screens) in others {
            for index in screens.indices {
                made += screens[index].take(outcome, context).compactMap(ShellEffect.init(covered:))
            }
            others[tab] = screens
        }
        return made + perform(stack[stack.count - 1].take(outcome, context))
    }

    mutating func perform(_ effects: [Effect]) -> [ShellEffect] {
        var made: [ShellEffect] = []
        for effect in effects {
            switch effect {
            case .open(let route): open(route)
            case .back: back()
            case .quit: made += quit()
            case .copy(let text, let title):
                note("copied: \(title)")
                made.append(.copy(text))
            case .invoke(let function, let payload): made.append(.invoke(function: function, payload: payload))
            case .edit(let text): made.append(.edit(text))
            case .notice(let text): note(text)
            case .execute(let action): made.append(.execute(action))
            case .call(let call): made.append(.call(call))
            case .ask(let question, let effect): overlay = .question(question, then: effect)
            case .silence(let finding): silenced.insert(finding)
            case .silenceNothing: silenced = []
            case .offer(let copies): overlay = .copyMenu(ChoiceMenu(copying: copies))
            }
        }
        layOut()
        return made
    }

    mutating func open(_ route: Route) {
        guard stack.last?.route != route else { return }
        remember()
        if case .invocation(let id) = route { recent = [id] + recent.filter { $0 != id }.prefix(19) }
        stack.append(ScreenCatalog.screen(for: route))
        // Deeper than anybody goes back; the first stays.
        if stack.count > 50 { stack.remove(at: 1) }
    }

    private mutating func remember() {
        history.append(stack)
        if history.count > 50 { history.removeFirst() }
    }

    private mutating func back() {
        guard stack.count > 1 else { return }
        stack.removeLast()
    }

    mutating func quit() -> [ShellEffect] {
        guard settings.stopsOnQuit != nil else { return [.quit] }
        if case .quitQuestion = overlay { return [.quit] }
        overlay = .quitQuestion
        return []
    }

    mutating func show(tab digit: Int) {
        guard digit != tab, let shown = ScreenCatalog.tabs.first(where: { $0.digit == digit }) else {
            if stack.count > 1 { stack.removeLast(stack.count - 1) }
            return
        }
        remember()
        others[tab] = stack
        stack = others[digit] ?? [ScreenCatalog.screen(for: shown.route)]
        tab = digit
    }

    mutating func goBackInHistory() {
        guard let last = history.popLast() else { return note("there is no screen before") }
        stack = last
        tab = ScreenCatalog.tabs.first { $0.route.screenName == last.first?.route.screenName }?.digit ?? 1
    }
}
