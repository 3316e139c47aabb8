import Telemetry
import TelemetryStore
package import Terminal

package enum FunctionCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case nextTab, previousTab, open, back, lastFailure, logs, invoke, replay, failures, cold, copy, execution, trace,
        sources
}

extension FunctionScreen: Screen {
    package typealias Command = FunctionCommand

    package static let keys = KeyMap<FunctionCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open", summary: "Opens the invocation, or a part of the configuration."),
            KeyBinding(
                .character("e"), command: .lastFailure, title: "last failure",
                summary: "Opens the last failed invocation."),
            KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the function's log."),
            KeyBinding(
                .character("i"), command: .invoke, title: "invoke", summary: "Calls the function with an event."),
            KeyBinding(
                .character("r"), command: .replay, title: "replay",
                summary: "Calls the function again with the event of the selected or last invocation."),
            KeyBinding(.tab, .right, command: .nextTab, title: "tab", summary: "Goes to the next tab."),
            KeyBinding(
                .character("f"), command: .failures, title: "failures",
                summary: "Shows only failed invocations, or all."),
            KeyBinding(
                .character("x"), command: .execution, title: "execution",
                summary: "Opens the execution that the selected invocation was made for.", isInFooter: false),
            KeyBinding(
                .character("T"), command: .trace, title: "trace",
                summary: "Opens the trace that the selected invocation is a part of.", isInFooter: false),
            KeyBinding(
                .character("w"), command: .sources, title: "feeds",
                summary: "Shows what feeds the function from streams and queues, and how that went.", isInFooter: false),
            KeyBinding(.character("o"), command: .cold, title: "cold", summary: "Shows only cold starts, or all."),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .backTab, .left, command: .previousTab, title: "tab before", summary: "Goes to the tab before.",
                isInFooter: false),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the selected request id, the name, the ARN, or a command.", isInFooter: false),
        ] + KeyBinding.moving())

    package var route: Route { .function(name, tab) }
    package var markable: Marked? { selected.map { .invocation($0.requestID) } }
    package var dependsOnTime: Bool { detail?.summary.lastInvocation != nil }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch (answer, request) {
        case (.function(let detail), _): take(detail)
        case (.eventSources(let stories), _): take(stories)
        case (.invocations(let records), .invocations(let query)): take(records, for: query)
        default: break
        }
        return []
    }

    package mutating func run(_ command: FunctionCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(body.rows - 4, 1)
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: move(by: command.step(page: page) ?? 0)
        case .nextTab: return go(by: 1)
        case .previousTab: return go(by: -1)
        case .failures: show(failures: !failuresOnly, cold: false)
        case .cold: show(failures: false, cold: !coldOnly)
        case .open: return open()
        case .execution:
            return selected.map { [.open(.executionOf($0.requestID))] } ?? [.notice("choose an invocation first")]
        case .trace: return selected.map { [.open(.traceOf($0.requestID))] } ?? [.notice("choose an invocation first")]
        case .sources: return [.open(.eventSources(function: name))]
        case .back: return [.back]
        case .lastFailure: return lastFailed.map { [.open(.invocation($0))] } ?? [.notice("it has not failed")]
        case .logs: return [.open(.logs(filter: "fn:\(name)"))]
        case .invoke: return [.open(.invoke(function: name, event: selected?.start.event.bytes))]
        case .copy: return copyChoices.isEmpty ? [] : [.offer(copyChoices)]
        case .replay: return (selected ?? detail?.latest.first)?.start.replay ?? [.notice("it was not called yet")]
        }
        return []
    }

    private var copyChoices: [CopyChoice] {
        let request = selected.map { [CopyChoice(title: "request id", text: $0.requestID.description)] } ?? []
        return request + (detail?.summary.copyChoices ?? [])
    }

    package func charts(_ context: ScreenContext) -> [ChartMap] {
        guard tab == .overview, let detail else { return [] }
        var canvas = Canvas(Size(columns: place.endColumn, rows: place.endRow))
        return drawOverview(detail, on: &canvas)
    }

    private var selected: InvocationRecord? {
        tab == .invocations && records.indices.contains(cursor.index) ? records[cursor.index] : nil
    }

    private mutating func show(failures: Bool, cold: Bool) {
        (failuresOnly, coldOnly, tab, cursor) = (failures, cold, .invocations, ListCursor())
    }

    private mutating func open() -> [Effect] {
        switch tab {
        case .overview: tab = .invocations
        case .invocations: return selected.map { [.open(.invocation($0.requestID))] } ?? []
        case .configuration: tree?.toggleSelected()
        case .logs, .environments: break
        }
        return []
    }

    private mutating func go(by step: Int) -> [Effect] {
        let tabs = FunctionTab.allCases
        let index = tabs.firstIndex(of: tab) ?? 0
        return go(to: tabs[(index + step + tabs.count) % tabs.count], passing: step)
    }

    /// The log has a screen of its own: coming back, the tab is the next one.
    private mutating func go(to next: FunctionTab, passing step: Int) -> [Effect] {
        guard next == .logs else {
            tab = next
            return []
        }
        tab = step > 0 ? .environments : .invocations
        return [.open(.logs(filter: "fn:\(name)"))]
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: move(by: -1)
        case .wheelDown: move(by: 1)
        case .press where event.point.row == place.row:
            var canvas = Canvas(Size(columns: place.endColumn, rows: place.endRow))
            let hit = drawTabs(on: &canvas).firstIndex { $0.contains(event.point) }
            return hit.map { go(to: FunctionTab.allCases[$0], passing: 1) } ?? []
        case .press, .doubleClick:
            guard tab == .invocations else { return [] }
            let map = InvocationTable(records: records, cursor: cursor, isFocused: true).map(in: Pane.inside(body))
            guard let row = map.row(at: event.point) else { return [] }
            cursor.index = row
            return event.action == .doubleClick ? open() : []
        default: break
        }
        return []
    }
}
