import Telemetry
import TelemetryStore
import Terminal

extension LogsScreen {
    mutating func run(_ command: LogsCommand) -> [Effect] {
        switch command {
        case .up, .down, .pageUp, .pageDown, .halfPageUp, .halfPageDown, .oldest, .newest: move(command)
        case .left: offset = max(offset - Self.sideStep, 0)
        case .right: offset = min(offset + Self.sideStep, longestLine)
        case .open: return open()
        case .back: return back()
        case .filter: filterBar.beginEditing()
        case .filterByThis: menu = filterMenu
        case .clearFilters: clearFilters()
        case .followRequest: return followRequest()
        case .nextMatch: list.hunt(.newer, for: .match)
        case .previousMatch: list.hunt(.older, for: .match)
        case .nextError: list.hunt(list.isFollowing ? .older : .newer, for: .error)
        case .previousError: list.hunt(.older, for: .error)
        case .wrap: list.change { $0.isWrapped.toggle() }
        case .times: list.change { $0.time = $0.time.next }
        case .context: list.change { $0.cycleContext() }
        case .group: list.change { $0.isGrouped.toggle() }
        case .invocation: return openInvocation()
        case .execution:
            return list.selectedLine?.requestID.map { [.open(.executionOf($0))] }
                ?? [.notice("this line belongs to no invocation")]
        case .trace:
            return list.selectedLine?.requestID.map { [.open(.traceOf($0))] }
                ?? [.notice("this line belongs to no invocation")]
        case .copy: menu = copyMenu
        case .invoke, .replay: return invoke()
        }
        return []
    }

    private static let sideStep = 16

    private var longestLine: Int { list.tape.lines.reduce(0) { max($0, $1.message.count) } }

    private mutating func move(_ command: LogsCommand) {
        let page = max(layout.lines.rows - 1, 1)
        switch command {
        case .up: list.move(by: -1)
        case .down: list.move(by: 1)
        case .pageUp: list.move(by: -page)
        case .pageDown: list.move(by: page)
        case .halfPageUp: list.move(by: -max(page / 2, 1))
        case .halfPageDown: list.move(by: max(page / 2, 1))
        case .oldest: list.moveToOldest()
        case .newest: list.follow(true)
        default: break
        }
        if list.isFollowing { matchesWhenLeft = volume?.matching }
    }

    private func open() -> [Effect] {
        switch list.selected {
        case .line(let place): [.open(.logLine(list.tape.lines[place].id))]
        case .group(let group): group.requestID.map { [.open(.invocation($0))] } ?? [.open(.logLine(group.firstID))]
        case .skip, nil: []
        }
    }

    private func openInvocation() -> [Effect] {
        guard let line = list.selectedLine else { return [] }
        guard let id = line.requestID else { return [.notice("this line belongs to no invocation")] }
        return [.open(.invocation(id))]
    }

    /// Escape undoes one thing at a time: the chosen span, then the filter, then it leaves.
    private mutating func back() -> [Effect] {
        if list.range != nil {
            list.show(nil as TimeWindow?)
            volume = nil
        } else if filterBar.text != initialFilter {
            filterBar.set(initialFilter)
            applyFilter()
        } else {
            return [.back]
        }
        return []
    }

    private mutating func followRequest() -> [Effect] {
        guard let id = list.selectedLine?.requestID else { return [.notice("this line belongs to no invocation")] }
        filterBar.set("req:\(id)")
        if let line = list.selectedLine?.id { list.select(id: line) }
        applyFilter()
        return []
    }

    private func invoke() -> [Effect] {
        guard let function = list.selectedLine?.function else { return [.notice("this line belongs to no function")] }
        return [.open(.invoke(function: function, event: nil))]
    }
}

// MARK: - Menus

extension LogsScreen {
    private var filterMenu: ChoiceMenu<MenuChoice>? {
        guard let line = list.selectedLine else { return nil }
        var entries: [ChoiceMenu<MenuChoice>.Entry] = []
        if let function = line.function { entries.append(entry("f", "this function", "fn:\(function)")) }
        if let id = line.requestID { entries.append(entry("r", "this request", "req:\(id)")) }
        if line.level != .none { entries.append(entry("l", "this level and above", "level>=\(line.level.name)")) }
        if let function = line.function { entries.append(entry("x", "not this function", "-fn:\(function)")) }
        entries.append(entry("s", "this stream", "stream:\(quoted(line.stream))"))
        return ChoiceMenu(title: "show only", choices: entries)
    }

    private func entry(_ key: Character, _ title: String, _ term: String) -> ChoiceMenu<MenuChoice>.Entry {
        ChoiceMenu.Entry(key: key, title: title, detail: term, choice: .filter(term))
    }

    private func quoted(_ text: String) -> String {
        text.contains(" ") ? "\"\(text)\"" : text
    }

    private var copyMenu: ChoiceMenu<MenuChoice>? {
        guard let line = list.selectedLine else { return nil }
        let keys: [Character] = ["1", "2", "3", "4", "5", "6"]
        let entries = zip(keys, line.copyChoices).map { key, choice in
            ChoiceMenu<MenuChoice>.Entry(
                key: key, title: choice.title, detail: String(choice.text.prefix(60)),
                choice: .copy(choice.text, title: choice.title))
        }
        return ChoiceMenu(title: "copy", choices: entries)
    }

    mutating func chose(_ choice: MenuChoice) -> [Effect] {
        menu = nil
        switch choice {
        case .filter(let term):
            filterBar.add(term)
            applyFilter()
            return []
        case .copy(let text, let title): return [.copy(text, title: title)]
        }
    }
}
