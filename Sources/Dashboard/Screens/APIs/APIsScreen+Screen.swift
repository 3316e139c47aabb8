import Telemetry
import TelemetryStore
package import Terminal

package enum APIsCommand: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last
    case open, pane, filter, only, sort, reverse, zoom, clear, nextError, previousError, trace, logs, function
    case copy, escape
}

extension APIsScreen: Screen {
    package typealias Command = APIsCommand

    package static let keys = KeyMap<APIsCommand>([
        KeyBinding(.enter, command: .open, title: "open", summary: "Shows the route's requests, or opens the request."),
        KeyBinding(.tab, .backTab, command: .pane, title: "pane", summary: "Goes to the other pane."),
        KeyBinding(.character("T"), command: .trace, title: "trace", summary: "Opens the trace of the request."),
        KeyBinding(
            .character("/"), command: .filter, title: "filter",
            summary: "Shows only requests like what is typed: a path, a function, an address, a status or an error."),
        KeyBinding(
            .character("f"), command: .only, title: "only", summary: "Shows only requests of one class of status."),
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
            .escape, command: .escape, title: "back", summary: "Clears the filters, then goes back.", isInFooter: false),
        KeyBinding(.up, .character("k"), command: .up, title: "up", summary: "Goes up.", isInFooter: false),
        KeyBinding(.down, .character("j"), command: .down, title: "down", summary: "Goes down.", isInFooter: false),
        KeyBinding(
            .pageUp, .control("u"), command: .pageUp, title: "page up", summary: "Goes up a page.", isInFooter: false),
        KeyBinding(
            .pageDown, .control("d"), command: .pageDown, title: "page down", summary: "Goes down a page.",
            isInFooter: false),
        KeyBinding(
            .character("g"), .home, command: .first, title: "first", summary: "Goes to the first.", isInFooter: false),
        KeyBinding(
            .character("G"), .end, command: .last, title: "last", summary: "Goes to the last.", isInFooter: false),
    ])

    package var route: Route { .apis }

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
        let page = max((focus == .routes ? layout.routes : layout.requests).rows - 2, 1)
        switch command {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -page)
        case .pageDown: move(by: page)
        case .first: move(by: -1_000_000)
        case .last: move(by: 1_000_000)
        case .pane: show(focus == .routes ? .requests : .routes)
        case .filter:
            isFiltering = true
            show(.requests)
        case .only: menu = filterMenu
        case .sort: sortByNext()
        case .reverse: reverse()
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
        let rows = requestRows
        let failed = rows.indices.filter { rows[$0].status >= 400 }
        let here = focus == .requests ? requestCursor.index : -1
        let next = forward ? failed.first { $0 > here } ?? failed.first : failed.last { $0 < here } ?? failed.last
        guard let next else { return [.notice("none of these requests failed")] }
        selectRequest(next)
        return []
    }

    private var filterMenu: ChoiceMenu<Set<Int>> {
        let counts = page?.classes ?? StatusClasses()
        let choices: [(Character, String, Set<Int>)] = [
            ("2", "2xx", [2]), ("3", "3xx", [3]), ("4", "4xx", [4]), ("5", "5xx", [5]), ("x", "failed", [4, 5]),
            ("a", "all", []),
        ]
        return ChoiceMenu(
            title: "show only",
            choices: choices.map { key, title, classes in
                let count = classes.isEmpty ? counts.total : classes.reduce(0) { $0 + counts[$1] }
                return ChoiceMenu.Entry(key: key, title: title, detail: Format.count(count), choice: classes)
            })
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

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        if var open = menu {
            let answer = open.press(key)
            menu = answer == .stays ? open : nil
            if case .chosen(let choice) = answer { choose(choice) }
            return []
        }
        guard isFiltering else { return nil }
        switch key {
        case .enter: isFiltering = false
        case .escape: clearFilters()
        case .up: move(by: -1)
        case .down: move(by: 1)
        default:
            guard words.press(key) else { return nil }
            filterChanged()
        }
        return []
    }

    package mutating func paste(_ text: String) {
        guard isFiltering else { return }
        words.paste(text)
        filterChanged()
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if var open = menu {
            guard event.action == .press else { return [] }
            let answer = open.click(event.point, in: context.rect)
            menu = answer == .stays ? open : nil
            if case .chosen(let choice) = answer { choose(choice) }
            return []
        }
        let isBelow = layout.requestsFrame.contains(event.point)
        switch event.action {
        case .wheelUp, .wheelDown:
            show(isBelow ? .requests : .routes)
            move(by: event.action == .wheelUp ? -1 : 1)
        case .press, .doubleClick:
            guard click(event.point, isBelow: isBelow) else { return [] }
            if event.action == .doubleClick { return run(.open, context) }
        case .drag, .release: break
        }
        return []
    }

    private mutating func click(_ point: Point, isBelow: Bool) -> Bool {
        if isBelow {
            guard let row = requestTable.layout(in: layout.requests).row(at: point) else { return false }
            selectRequest(row)
            return true
        }
        let map = routeTable.layout(in: layout.routes)
        if let column = map.header(at: point).flatMap(RouteColumn.init(rawValue:)) {
            if RouteColumn.sortable.contains(column) { sort(by: column) }
            return false
        }
        guard let row = map.row(at: point) else { return false }
        selectRoute(row)
        return true
    }
}
