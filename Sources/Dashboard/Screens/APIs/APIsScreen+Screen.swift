import Telemetry
import TelemetryStore
package import Terminal

package enum APIsCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, pane, filter, only, sort, reverse, zoom, clear, nextError, previousError, trace, logs, function
    case copy, escape
}

extension APIsScreen: Screen {
    package typealias Command = APIsCommand

    package static let keys = KeyMap<APIsCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open", summary: "Shows the route's requests, or opens the request."),
            KeyBinding(.tab, .backTab, command: .pane, title: "pane", summary: "Goes to the other pane."),
            KeyBinding(.character("T"), command: .trace, title: "trace", summary: "Opens the trace of the request."),
            KeyBinding(
                .character("/"), command: .filter, title: "filter",
                summary: "Shows only requests like what is typed: a path, a function, an address, a status or an error."
            ),
            KeyBinding(
                .character("f"), command: .only, title: "only",
                summary: "Shows only requests of a class of status, a path, a function, a caller or a route."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next error",
                summary: "Goes to the next request that failed."),
            KeyBinding(.character("s"), command: .sort, title: "sort", summary: "Sorts the routes by the next column."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs", summary: "Shows the log of the route's function.",
                isInFooter: false),
            KeyBinding(
                .character("v"), command: .function, title: "function", summary: "Opens the route's function.",
                isInFooter: false),
            KeyBinding(
                .character("S"), command: .reverse, title: "reverse", summary: "Sorts the other way round.",
                isInFooter: false),
            KeyBinding(
                .character("z"), command: .zoom, title: "zoom",
                summary: "Gives the pane the whole screen, or its part again.", isInFooter: false),
            KeyBinding(
                .character("E"), .character("N"), command: .previousError, title: "error before",
                summary: "Goes to the request before that failed.", isInFooter: false),
            KeyBinding(
                .character("F"), command: .clear, title: "clear", summary: "Clears the filters.", isInFooter: false),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the address, the path, the request's id or a command.", isInFooter: false),
            KeyBinding(
                .escape, command: .escape, title: "back", summary: "Clears the filters, then goes back.",
                isInFooter: false),
        ] + KeyBinding.moving())

    package var route: Route { .apis(api: api) }

    package var takesLetters: Bool { isNarrowing }

    package var requests: [DataRequest] { [.apis(buckets: 60), .apiRequests(query)] }

    package var dependsOnTime: Bool { overview?.routes.contains { $0.classes.total > 0 } ?? false }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch (answer, request) {
        case (.apis(let overview), _): take(overview)
        case (.apiRequests(let page), .apiRequests(let asked)) where asked == query: take(page)
        default: break
        }
        return []
    }

    package mutating func run(_ command: APIsCommand, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: move(command, context)
        case .pane: show(focus == .routes ? .requests : .routes)
        case .filter:
            words.isOpen = true
            show(.requests)
        case .only: menu = filterMenu
        case .sort: routes.sortByNext()
        case .reverse: routes.reverse()
        case .zoom: zoom()
        case .clear: clearFilters()
        case .escape:
            guard isFiltered else { return [.back] }
            clearFilters()
        case .nextError: return goToFailure(forward: true)
        case .previousError: return goToFailure(forward: false)
        case .open:
            guard focus == .requests else {
                enterRoute()
                return []
            }
            return request.map { [.open(.apiRequest($0.requestID))] } ?? []
        case .trace: return trace()
        case .logs: return functionName.map { [.open(.logs(filter: "fn:\($0)"))] } ?? [Self.noFunction]
        case .function: return functionName.map { [.open(.function($0, .overview))] } ?? [Self.noFunction]
        case .copy: return copyChoices.isEmpty ? [] : [.offer(copyChoices)]
        }
        return []
    }

    private mutating func move(_ command: APIsCommand, _ context: ScreenContext) {
        guard focus == .routes else { return requestList.move(command, page: layout.requests.rows - 2) }
        if let step = command.step(page: layout.routes.rows - 2) { move(by: step, context) }
    }

    mutating func move(by step: Int, _ context: ScreenContext) {
        if focus == .routes { routes.move(by: step, at: context.now) } else { requestList.move(by: step) }
    }

    package func charts(_ context: ScreenContext) -> [ChartMap] {
        var canvas = Canvas(Size(columns: context.rect.endColumn, rows: context.rect.endRow))
        return drawCharts(on: &canvas, context)
    }

    private static let noFunction = Effect.notice("no function is behind it")

    private var functionName: String? {
        if focus == .requests { return request?.function }
        guard let target = routeSummary?.target, !target.isEmpty, !target.contains("/"), !target.contains(":"),
            target != "MOCK"
        else { return nil }
        return target
    }

    private func trace() -> [Effect] {
        guard let request else { return [.notice("there is no request yet")] }
        guard !request.traceID.isEmpty else { return [.notice("this request belongs to no trace")] }
        return [.open(.trace(request.traceID, span: nil))]
    }

    private mutating func goToFailure(forward: Bool) -> [Effect] {
        guard requestList.goToNext(forward: forward, isInside: focus == .requests, where: { $0.status >= 400 }) else {
            return [.notice("none of these requests failed")]
        }
        show(.requests)
        return []
    }

    private var filterMenu: ChoiceMenu<RequestChoice> {
        let counts = page?.classes ?? StatusClasses()
        var entries: [ChoiceMenu<RequestChoice>.Entry] = []
        func add(_ key: Character, _ title: String, _ detail: String, _ choice: RequestChoice) {
            entries.append(ChoiceMenu.Entry(key: key, title: title, detail: detail, choice: choice))
        }
        for (key, title, classes) in [
            ("2", "2xx", [2]), ("3", "3xx", [3]), ("4", "4xx", [4]), ("5", "5xx", [5]), ("x", "failed", [4, 5]),
        ] as [(Character, String, Set<Int>)] {
            add(key, title, Format.count(classes.reduce(0) { $0 + counts[$1] }), .classes(classes))
        }
        if focus == .requests, let request {
            add("p", "this path", request.path, .words(request.path))
            if let function = request.function { add("v", "this function", function, .words(function)) }
            if !request.sourceIP.isEmpty { add("c", "this caller", request.sourceIP, .words(request.sourceIP)) }
        } else if let routeSummary {
            add("r", "this route", "\(routeSummary.api) \(routeSummary.routeText)", .route)
        }
        add("a", "all", Format.count(counts.total), .classes([]))
        return ChoiceMenu(title: "show only", choices: entries)
    }

    private var copyChoices: [CopyChoice] {
        if focus == .requests, let request {
            return [
                CopyChoice(title: "request id", text: request.requestID), CopyChoice(title: "path", text: request.path),
                CopyChoice(title: "trace id", text: request.traceID),
                CopyChoice(
                    title: "fntop command", text: "fntop apis requests --search \(Shell.quoted(request.requestID))"),
            ].filter { !$0.text.isEmpty }
        }
        guard let summary = routeSummary else { return [] }
        var choices = [CopyChoice(title: "route", text: summary.route)]
        if let api = overview?.apis.first(where: { $0.id == summary.apiID }), !api.endpoint.isEmpty {
            choices.append(CopyChoice(title: "address", text: api.endpoint))
            let words = summary.route.split(separator: " ").map(String.init)
            if words.count == 2 {
                choices.append(
                    CopyChoice(title: "curl", text: "curl -X \(words[0]) \(Shell.quoted(api.endpoint + words[1]))"))
            }
        }
        if !summary.target.isEmpty { choices.append(CopyChoice(title: "target", text: summary.target)) }
        return choices
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? { pressNarrowing(key, context) }

    package mutating func paste(_ text: String) { pasteWords(text) }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if let answer = pointNarrowing(event, context) { return answer }
        let isBelow = layout.requestsFrame.contains(event.point)
        switch event.action {
        case .wheelUp, .wheelDown:
            show(isBelow ? .requests : .routes)
            move(by: event.action == .wheelUp ? -1 : 1, context)
        case .press, .doubleClick:
            guard click(event.point, isBelow: isBelow, context) else { return [] }
            if event.action == .doubleClick { return run(.open, context) }
        case .drag, .release: break
        }
        return []
    }

    private mutating func click(_ point: Point, isBelow: Bool, _ context: ScreenContext) -> Bool {
        let isHit =
            isBelow
            ? requestList.point(at: point, in: requestTable.layout(in: layout.requests))
            : routes.point(at: point, in: routeTable.layout(in: layout.routes), at: context.now)
        if isHit { show(isBelow ? .requests : .routes) }
        return isHit
    }
}
