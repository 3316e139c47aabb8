import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum TableCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case nextTab, previousTab, open, back, copy, logs, nextError, previousError
    case query, nextPage, previousPage, index, clear, reload, columnsLeft, columnsRight, trace, execution
}

extension TableScreen: Screen {
    package typealias Command = TableCommand

    package static let keys = KeyMap<TableCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open",
                summary: "Opens the item, what made the call, the index's items, or a part of the description."),
            KeyBinding(
                .character("/"), command: .query, title: "query",
                summary: "Asks for items by key, index and conditions."),
            KeyBinding(
                .character("n"), command: .nextPage, title: "next page", summary: "Goes to the next page of items."),
            KeyBinding(
                .character("p"), .character("N"), command: .previousPage, title: "page before",
                summary: "Goes to the page of items before."),
            KeyBinding(
                .character("o"), command: .index, title: "index", summary: "Looks at the items in the next index."),
            KeyBinding(.tab, .right, command: .nextTab, title: "tab", summary: "Goes to the next tab."),
            KeyBinding(
                .character("e"), command: .nextError, title: "next failure",
                summary: "Goes to the next call or batch that failed."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs",
                summary: "Shows the log of the function behind the selected call or step."),
            KeyBinding(
                .character("T"), command: .trace, title: "trace", summary: "Opens the trace of the selected call.",
                isInFooter: false),
            KeyBinding(
                .character("x"), command: .execution, title: "execution",
                summary: "Opens the execution that made the selected call, or that its function ran for.",
                isInFooter: false),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the name, the ARN, a command, or the description."),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .backTab, .left, command: .previousTab, title: "tab before", summary: "Goes to the tab before.",
                isInFooter: false),
            KeyBinding(
                .character("E"), command: .previousError, title: "failure before",
                summary: "Goes to the failure before.", isInFooter: false),
            KeyBinding(
                .character("F"), command: .clear, title: "clear", summary: "Clears the query.", isInFooter: false),
            KeyBinding(
                .character("R"), command: .reload, title: "read again", summary: "Reads the page of items again.",
                isInFooter: false),
            KeyBinding(
                .character("<"), .shiftLeft, command: .columnsLeft, title: "columns before",
                summary: "Shows the attributes before.", isInFooter: false),
            KeyBinding(
                .character(">"), .shiftRight, command: .columnsRight, title: "more columns",
                summary: "Shows further attributes.", isInFooter: false),
        ] + KeyBinding.moving())

    package var route: Route { .table(name, tab) }

    package var takesLetters: Bool { tab == .items && browser.form != nil }

    package var idle: Set<TableCommand> {
        let ofItems: Set<TableCommand> = [.query, .nextPage, .previousPage, .index]
        return switch tab {
        case .items: [.nextError, .logs]
        case .overview, .indexes, .configuration: ofItems.union([.nextError, .logs])
        case .calls, .streams: ofItems
        }
    }

    package var dependsOnTime: Bool { detail?.summary.lastCall != nil }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        case .table(let detail):
            take(detail)
            return begin()
        case .tableCalls(let calls): take(calls)
        default: break
        }
        return []
    }

    package mutating func run(_ command: TableCommand, _ context: ScreenContext) -> [Effect] {
        if let step = command.step(page: body.rows - (tab == .items ? 7 : 4)) {
            if tab == .items { return browser.move(by: step) }
            move(by: step)
        }
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: break
        case .nextTab: return go(by: 1)
        case .previousTab: return go(by: -1)
        case .open: return open()
        case .back: return [.back]
        case .copy: return copy()
        case .logs: return openLogs()
        case .trace: return ofCall(trace)
        case .execution: return ofCall(execution)
        case .nextError: return goToFailure(forward: true)
        case .previousError: return goToFailure(forward: false)
        case .query, .nextPage, .previousPage, .index, .clear, .reload, .columnsLeft, .columnsRight:
            return browse(command)
        }
        return []
    }

    /// What concerns the items goes to them.
    private mutating func browse(_ command: TableCommand) -> [Effect] {
        let begun = go(to: .items)
        switch command {
        case .query: browser.openForm()
        case .nextPage: return begun + browser.nextPage()
        case .previousPage: return begun + browser.previousPage()
        case .index: return begun + browser.nextIndex()
        case .clear: return begun + browser.clear()
        case .reload: return begun + browser.reload()
        case .columnsLeft: browser.shift(by: -1)
        case .columnsRight: browser.shift(by: 1)
        default: break
        }
        return begun
    }

    private mutating func go(by step: Int) -> [Effect] {
        let tabs = TableTab.allCases
        let index = tabs.firstIndex(of: tab) ?? 0
        return go(to: tabs[(index + step + tabs.count) % tabs.count])
    }

    private mutating func go(to tab: TableTab) -> [Effect] {
        self.tab = tab
        return begin()
    }

    /// Items are read when they are first looked at.
    private mutating func begin() -> [Effect] {
        guard tab == .items, isAnswered else { return [] }
        return browser.begin(detail?.summary.table.description ?? .null)
    }

    private func copy() -> [Effect] {
        if tab == .items, let item = browser.selectedItem {
            let copies = [
                CopyChoice(title: "item as JSON", text: Attribute.plain(item).prettyText),
                CopyChoice(title: "item as DynamoDB JSON", text: JSON.object(item).prettyText),
                CopyChoice(title: "page as JSON", text: JSON.array(browser.items.map(Attribute.plain)).prettyText),
            ]
            return [.offer(copies + (detail?.summary.table.copyChoices ?? []).prefix(6))]
        }
        let ofCall = tab == .calls ? selectedCall?.copyChoices ?? [] : []
        return detail.map { [.offer(ofCall + $0.summary.table.copyChoices)] } ?? []
    }

    package mutating func take(_ outcome: EndpointOutcome, _ context: ScreenContext) -> [Effect] {
        browser.take(outcome)
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        tab == .items ? browser.press(key) : nil
    }

    package mutating func paste(_ text: String) { browser.paste(text) }

    private mutating func open() -> [Effect] {
        switch tab {
        case .overview: tab = .calls
        case .calls:
            guard let call = selectedCall else { return [] }
            if let id = call.invocation { return [.open(.invocation(id))] }
            return execution(call)
        case .streams: return streams.opening
        case .configuration: tree?.toggleSelected()
        case .items:
            guard let key = browser.selectedKey else { return [] }
            return [.open(.item(table: name, key: .object(key)))]
        case .indexes:
            guard let indexes = detail?.summary.table.indexes, indexes.indices.contains(indexCursor.index) else {
                return []
            }
            tab = .items
            return begin() + browser.look(in: indexes[indexCursor.index].name)
        }
        return []
    }

    private func execution(_ call: TableCall) -> [Effect] {
        if let place = call.execution { return [.open(.execution(place.arn, event: place.event))] }
        if let id = call.invocation { return [.open(.executionOf(id))] }
        return [.notice("a client made this call, and neither an invocation nor an execution")]
    }

    private func trace(_ call: TableCall) -> [Effect] {
        let header = TraceHeader(call.call.traceHeader)
        guard !header.root.isEmpty else { return [.notice("this call belongs to no trace")] }
        return [.open(.trace(header.root, span: header.parent))]
    }

    private func ofCall(_ open: (TableCall) -> [Effect]) -> [Effect] {
        guard tab == .calls, let selectedCall else { return [.notice("choose a call first: they have a tab")] }
        return open(selectedCall)
    }

    private func openLogs() -> [Effect] {
        switch tab {
        case .calls:
            if let id = selectedCall?.invocation { return [.open(.logs(filter: "req:\(id)"))] }
        case .streams:
            if let function = streams.function { return [.open(.logs(filter: "fn:\(function)"))] }
        default: break
        }
        return [.notice("choose a call or a step of a function first")]
    }

    private mutating func goToFailure(forward: Bool) -> [Effect] {
        switch tab {
        case .streams: return streams.goToFailure(forward: forward) ? [] : [.notice("none of these failed")]
        case .calls:
            let failed = calls.indices.filter { calls[$0].call.status >= 400 }
            let here = callCursor.index
            let next =
                forward ? failed.first { $0 > here } ?? failed.first : failed.last { $0 < here } ?? failed.last
            guard let next else { return [.notice("none of these failed")] }
            callCursor.index = next
            return []
        default:
            tab = .calls
            return []
        }
    }

    package func charts(_ context: ScreenContext) -> [ChartMap] {
        guard tab == .overview, let detail else { return [] }
        var canvas = Canvas(Size(columns: place.endColumn, rows: place.endRow))
        return drawOverview(detail, on: &canvas)
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp, .wheelDown:
            let step = event.action == .wheelUp ? -1 : 1
            if tab == .items { browser.cursor.move(by: step, count: browser.items.count) } else { move(by: step) }
        case .press where event.point.row == place.row:
            var canvas = Canvas(Size(columns: place.endColumn, rows: place.endRow))
            let hit = drawTabs(on: &canvas).firstIndex { $0.contains(event.point) }
            if let hit { return go(to: TableTab.allCases[hit]) }
        case .press, .doubleClick:
            return select(at: event.point) && event.action == .doubleClick ? open() : []
        case .drag, .release: break
        }
        return []
    }

    private mutating func select(at point: Point) -> Bool {
        let inside = Pane.inside(body)
        switch tab {
        case .streams: return streams.point(at: point, in: inside)
        case .items:
            guard let row = browser.itemTable.layout(in: browser.list(in: body)).row(at: point) else { return false }
            browser.cursor.index = row
            return true
        case .calls:
            guard let row = callTable.layout(in: inside).row(at: point) else { return false }
            callCursor.index = row
            return true
        default: return false
        }
    }
}

extension TableCall {
    /// What identifies it and what it was about.
    fileprivate var copyChoices: [CopyChoice] {
        [
            CopyChoice(title: "key", text: call.usage?.partitionKey ?? ""),
            CopyChoice(title: "request id", text: invocation?.description ?? ""),
            CopyChoice(title: "execution's ARN", text: execution?.arn ?? ""),
            CopyChoice(title: "trace id", text: TraceHeader(call.traceHeader).root),
        ].filter { !$0.text.isEmpty }
    }
}
