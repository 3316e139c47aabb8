import Telemetry
import TelemetryStore
package import Terminal

package enum TableCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case nextTab, previousTab, open, back, copy, logs, nextError, previousError
}

extension TableScreen: Screen {
    package typealias Command = TableCommand

    package static let keys = KeyMap<TableCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open",
                summary: "Opens the invocation, or a part of the description."),
            KeyBinding(.tab, .right, command: .nextTab, title: "tab", summary: "Goes to the next tab."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next failure",
                summary: "Goes to the next call or batch that failed."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs",
                summary: "Shows the log of the function behind the selected call or step."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the name, the ARN, a command, or the description."),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .backTab, .left, command: .previousTab, title: "tab before", summary: "Goes to the tab before.",
                isInFooter: false),
            KeyBinding(
                .character("E"), .character("N"), command: .previousError, title: "failure before",
                summary: "Goes to the failure before.", isInFooter: false),
        ] + KeyBinding.moving())

    package var route: Route { .table(name, tab) }
    package var dependsOnTime: Bool { detail?.summary.lastCall != nil }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        case .table(let detail): take(detail)
        case .tableCalls(let calls): take(calls)
        default: break
        }
        return []
    }

    package mutating func run(_ command: TableCommand, _ context: ScreenContext) -> [Effect] {
        if let step = command.step(page: body.rows - 4) { move(by: step) }
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: break
        case .nextTab: go(by: 1)
        case .previousTab: go(by: -1)
        case .open: return open()
        case .back: return [.back]
        case .copy: return detail.map { [.offer($0.summary.table.copyChoices)] } ?? []
        case .logs: return openLogs()
        case .nextError: return goToFailure(forward: true)
        case .previousError: return goToFailure(forward: false)
        }
        return []
    }

    private mutating func go(by step: Int) {
        let tabs = TableTab.allCases
        let index = tabs.firstIndex(of: tab) ?? 0
        tab = tabs[(index + step + tabs.count) % tabs.count]
    }

    private mutating func open() -> [Effect] {
        switch tab {
        case .overview: tab = .calls
        case .calls:
            guard let call = selectedCall else { return [] }
            guard let id = call.invocation else { return [.notice("no invocation made this call")] }
            return [.open(.invocation(id))]
        case .streams: return streams.opening
        case .configuration: tree?.toggleSelected()
        case .indexes: break
        }
        return []
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
        case .wheelUp: move(by: -1)
        case .wheelDown: move(by: 1)
        case .press where event.point.row == place.row:
            var canvas = Canvas(Size(columns: place.endColumn, rows: place.endRow))
            let hit = drawTabs(on: &canvas).firstIndex { $0.contains(event.point) }
            if let hit { tab = TableTab.allCases[hit] }
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
        case .calls:
            guard let row = callTable.layout(in: inside).row(at: point) else { return false }
            callCursor.index = row
            return true
        default: return false
        }
    }
}
