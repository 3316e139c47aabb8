import Telemetry
import TelemetryStore
package import Terminal

package enum TracesCommand: MovingCommand {
    case up, down, left, right, pageUp, pageDown, first, last
    case open, view, filter, only, clear, nextError, previousError, logs, copy, escape
}

extension TracesScreen: Screen {
    package typealias Command = TracesCommand

    package static let keys = KeyMap<TracesCommand>(
        [
            KeyBinding(.enter, command: .open, title: "open", summary: "Opens the trace, or what the map's node is."),
            KeyBinding(
                .character("v"), command: .view, title: "list/map", summary: "Shows the traces, or who called whom."),
            KeyBinding(
                .character("/"), command: .filter, title: "filter",
                summary: "Shows only what is typed: a part of a path, a name, an error or an id."),
            KeyBinding(
                .character("f"), command: .only, title: "only",
                summary: "Shows only failed, running or slow ones, or what an API, an execution or a function began."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next failed",
                summary: "Goes to the next trace in which something failed."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs",
                summary: "Shows what the functions of the trace, or the map's function, logged.",
                isInFooter: false),
            KeyBinding(
                .character("E"), .character("N"), command: .previousError, title: "failed before",
                summary: "Goes to the trace before in which something failed.", isInFooter: false),
            KeyBinding(
                .character("F"), command: .clear, title: "clear", summary: "Clears the filters.", isInFooter: false),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the id or a command.", isInFooter: false),
            KeyBinding(
                .escape, command: .escape, title: "back", summary: "Clears the filters, then goes back.",
                isInFooter: false),
            KeyBinding(
                .left, command: .left, title: "left", summary: "Goes to the left in the map.", isInFooter: false),
            KeyBinding(
                .right, command: .right, title: "right", summary: "Goes to the right in the map.", isInFooter: false),
        ] + KeyBinding.moving(first: "the newest", last: "the last of the page"))

    package var route: Route { .traces }

    package var requests: [DataRequest] {
        guard view == .list else { return [.serviceMap] }
        return [.traces(query)] + (list.selectedRow.map { [.trace($0.id)] } ?? [])
    }

    package var takesLetters: Bool { isNarrowing }

    package var idle: Set<TracesCommand> {
        view == .map ? [.filter, .only, .nextError, .previousError, .clear] : [.left, .right]
    }

    package var dependsOnTime: Bool { rows.contains { $0.isRunning } }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch (answer, request) {
        case (.traces(let page), .traces(let asked)) where asked == query: take(page)
        case (.trace(let trace), _): take(trace)
        case (.serviceMap(let map), _): self.map.take(map)
        default: break
        }
        return []
    }

    package mutating func run(_ command: TracesCommand, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .view: view = view == .list ? .map : .list
        case .escape:
            if view == .map { view = .list } else if isFiltered { clearFilters() } else { return [.back] }
        default: return view == .map ? runMap(command) : runList(command)
        }
        return []
    }

    private mutating func runMap(_ command: TracesCommand) -> [Effect] {
        switch command {
        case .up: map.move(.up)
        case .down: map.move(.down)
        case .left: map.move(.left)
        case .right: map.move(.right)
        case .open:
            return map.selectedRoute.map { [.open($0)] } ?? [.notice("this node has no screen of its own")]
        case .logs:
            guard let node = map.selectedNode, node.kind == .function else {
                return [.notice("this node is no function")]
            }
            return [.open(.logs(filter: "fn:\(node.name)"))]
        case .copy: return map.selectedNode.map { [.copy($0.name, title: "name")] } ?? []
        default: break
        }
        return []
    }

    private mutating func runList(_ command: TracesCommand) -> [Effect] {
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: list.move(command, page: layout.table.rows - 2)
        case .filter: words.isOpen = true
        case .only: menu = filterMenu
        case .clear: clearFilters()
        case .nextError: return goToFailure(forward: true)
        case .previousError: return goToFailure(forward: false)
        case .open: return list.selectedRow.map { [.open(.trace($0.id, span: nil))] } ?? []
        case .logs: return openLogs()
        case .copy: return list.selectedRow.map { [.offer(copyChoices($0))] } ?? []
        case .left, .right, .view, .escape: break
        }
        return []
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? { pressNarrowing(key, context) }

    package mutating func paste(_ text: String) { pasteWords(text) }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        if let answer = pointNarrowing(event, context) { return answer }
        guard view == .list else {
            guard event.action == .press || event.action == .doubleClick, map.select(at: event.point) else { return [] }
            return event.action == .doubleClick ? runMap(.open) : []
        }
        switch event.action {
        case .wheelUp: list.move(by: -3)
        case .wheelDown: list.move(by: 3)
        case .press, .doubleClick:
            guard list.point(at: event.point, in: table.layout(in: layout.table)) else { return [] }
            if event.action == .doubleClick { return run(.open, context) }
        case .drag, .release: break
        }
        return []
    }
}

extension TracesScreen {
    private mutating func goToFailure(forward: Bool) -> [Effect] {
        list.goToNext(forward: forward) { $0.worst != .ok } ? [] : [.notice("in none of these something failed")]
    }

    private func openLogs() -> [Effect] {
        let ids = shown?.spans.compactMap { span -> RequestID? in
            if case .invocation(let id, _) = span.reference { return id }
            return nil
        }
        guard let id = ids?.first else { return [.notice("no function ran for it")] }
        return [.open(.logs(filter: "req:\(id)"))]
    }

    private var filterMenu: ChoiceMenu<TraceChoice> {
        var entries: [ChoiceMenu<TraceChoice>.Entry] = []
        func add(_ key: Character, _ title: String, _ detail: String, _ choice: TraceChoice) {
            entries.append(ChoiceMenu.Entry(key: key, title: title, detail: detail, choice: choice))
        }
        if let row = list.selectedRow { add("t", "like this one", row.name, .words(row.name)) }
        add("x", "failed", Format.count(page?.failed ?? 0), .filter(.failed))
        add("r", "running", Format.count(page?.running ?? 0), .filter(.running))
        add("p", "begun by a request of an API", "", .kind(.api))
        add("w", "begun by an execution", "", .kind(.execution))
        add("i", "begun by an invocation", "", .kind(.function))
        for (key, milliseconds) in [("1", 100), ("2", 1000), ("3", 10_000)] as [(Character, Int64)] {
            let time = Microseconds.milliseconds(milliseconds)
            add(key, "slower than \(time.text)", "", .slower(time))
        }
        add("a", "all", "", .all)
        return ChoiceMenu(title: "show only", choices: entries)
    }

    private func copyChoices(_ row: TraceRow) -> [CopyChoice] {
        [
            CopyChoice(title: "trace id", text: row.id),
            CopyChoice(title: "aws command", text: "aws xray batch-get-traces --trace-ids \(Shell.quoted(row.id))"),
            CopyChoice(title: "fntop command", text: "fntop traces show \(Shell.quoted(row.id))"),
        ]
    }
}
