import Telemetry
import TelemetryStore
package import Terminal

package enum TracesCommand: Hashable, Sendable {
    case up, down, left, right, pageUp, pageDown, first, last
    case open, view, filter, only, clear, nextError, previousError, logs, copy, escape
}

extension TracesScreen: Screen {
    package typealias Command = TracesCommand

    package static let keys = KeyMap<TracesCommand>([
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
            .character("l"), command: .logs, title: "logs", summary: "Shows what the functions of the trace logged.",
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
            .escape, command: .escape, title: "back", summary: "Clears the filters, then goes back.", isInFooter: false),
        KeyBinding(.up, .character("k"), command: .up, title: "up", summary: "Goes up.", isInFooter: false),
        KeyBinding(.down, .character("j"), command: .down, title: "down", summary: "Goes down.", isInFooter: false),
        KeyBinding(.left, command: .left, title: "left", summary: "Goes to the left in the map.", isInFooter: false),
        KeyBinding(
            .right, command: .right, title: "right", summary: "Goes to the right in the map.", isInFooter: false),
        KeyBinding(
            .pageUp, .control("u"), command: .pageUp, title: "page up", summary: "Goes up a page.", isInFooter: false),
        KeyBinding(
            .pageDown, .control("d"), command: .pageDown, title: "page down", summary: "Goes down a page.",
            isInFooter: false),
        KeyBinding(
            .character("g"), .home, command: .first, title: "newest", summary: "Goes to the newest.", isInFooter: false),
        KeyBinding(
            .character("G"), .end, command: .last, title: "last", summary: "Goes to the last of the page.",
            isInFooter: false),
    ])

    package var route: Route { .traces }

    package var requests: [DataRequest] {
        guard view == .list else { return [.serviceMap] }
        return [.traces(query)] + (selectedRow.map { [.trace($0.id)] } ?? [])
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
        case .copy: return map.selectedNode.map { [.copy($0.name, title: "name")] } ?? []
        default: break
        }
        return []
    }

    private mutating func runList(_ command: TracesCommand) -> [Effect] {
        let page = max(layout.table.rows - 2, 1)
        switch command {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -page)
        case .pageDown: move(by: page)
        case .first: moveToFirst()
        case .last: move(by: max(rows.count - 1 - cursor.index, 1))
        case .filter: isFiltering = true
        case .only: menu = filterMenu
        case .clear: clearFilters()
        case .nextError: return goToFailure(forward: true)
        case .previousError: return goToFailure(forward: false)
        case .open: return selectedRow.map { [.open(.trace($0.id, span: nil))] } ?? []
        case .logs: return openLogs()
        case .copy: return selectedRow.map { [.offer(copyChoices($0))] } ?? []
        case .left, .right, .view, .escape: break
        }
        return []
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
        guard view == .list else {
            guard event.action == .press || event.action == .doubleClick, map.select(at: event.point) else { return [] }
            return event.action == .doubleClick ? runMap(.open) : []
        }
        switch event.action {
        case .wheelUp: move(by: -3)
        case .wheelDown: move(by: 3)
        case .press, .doubleClick:
            guard let row = table.layout(in: layout.table).row(at: event.point) else { return [] }
            select(row)
            if event.action == .doubleClick { return run(.open, context) }
        case .drag, .release: break
        }
        return []
    }
}

extension TracesScreen {
    private mutating func goToFailure(forward: Bool) -> [Effect] {
        let failed = rows.indices.filter { rows[$0].worst != .ok }
        let here = cursor.index
        let next = forward ? failed.first { $0 > here } ?? failed.first : failed.last { $0 < here } ?? failed.last
        guard let next else { return [.notice("in none of these something failed")] }
        select(next)
        return []
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
