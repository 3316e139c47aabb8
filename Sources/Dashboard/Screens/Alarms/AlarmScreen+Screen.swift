import Telemetry
import TelemetryStore
package import Terminal

package enum AlarmCommand: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last
    case open, watched, logs, nextPane, previousPane, copy, back
}

extension AlarmScreen: Screen {
    package typealias Command = AlarmCommand

    package static let keys = KeyMap<AlarmCommand>([
        KeyBinding(
            .character("o"), .character("x"), command: .watched, title: "watched",
            summary: "Opens the function or state machine that it watches."),
        KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the log of the watched function."),
        KeyBinding(
            .enter, command: .open, title: "open",
            summary: "Opens the alarm in the list, or a part of the configuration."),
        KeyBinding(.tab, .right, command: .nextPane, title: "pane", summary: "Goes to the next pane."),
        KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
        KeyBinding(
            .backTab, .left, command: .previousPane, title: "pane before", summary: "Goes to the pane before.",
            isInFooter: false),
        KeyBinding(
            .character("y"), .character("c"), command: .copy, title: "copy",
            summary: "Copies the name, the ARN, the reason or a command.", isInFooter: false),
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

    package var route: Route { .alarm(name) }

    package var requests: [DataRequest] { [.alarms] }

    package var dependsOnTime: Bool { row != nil }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        if case .alarms(let rows) = answer { take(rows) }
        return []
    }

    package mutating func run(_ command: AlarmCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(place.rows / 3, 1)
        switch command {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -page)
        case .pageDown: move(by: page)
        case .first: move(by: -1_000_000)
        case .last: move(by: 1_000_000)
        case .nextPane: goToPane(1)
        case .previousPane: goToPane(-1)
        case .back: return [.back]
        case .watched:
            return AlarmTarget.route(row?.plan.metric).map { [.open($0)] }
                ?? [.notice("there is no screen for what it watches")]
        case .logs:
            guard let function = row?.plan.metric?.dimension("FunctionName") else {
                return [.notice("it does not watch a function")]
            }
            return [.open(.logs(filter: "fn:\(function)"))]
        case .open: return open()
        case .copy: return row.map { [.offer($0.record.alarm.copyChoices)] } ?? []
        }
        return []
    }

    private mutating func open() -> [Effect] {
        switch focus {
        case .children:
            return children.indices.contains(childCursor.index)
                ? [.open(.alarm(children[childCursor.index].name))] : []
        case .history: return [.notice(changes.indices.contains(history.index) ? changes[history.index].reason : "")]
        case .configuration:
            toggleConfiguration()
            return []
        }
    }

    package func charts(_ context: ScreenContext) -> [ChartMap] {
        guard let row, !isComposite else { return [] }
        var canvas = Canvas(Size(columns: place.endColumn, rows: place.endRow))
        return [drawChart(row, on: &canvas, context)]
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: move(by: -3)
        case .wheelDown: move(by: 3)
        case .press, .doubleClick:
            let places = layout
            for (pane, rect) in [(AlarmPane.history, places.history), (.configuration, places.configuration)]
            where rect.contains(event.point) {
                focus = pane
            }
            if isComposite, places.chart.contains(event.point) {
                focus = .children
                if let index = childTable.layout(in: Pane.inside(places.chart)).row(at: event.point) {
                    childCursor.index = index
                    if event.action == .doubleClick { return open() }
                }
            }
        case .drag, .release: break
        }
        return []
    }
}
