import Telemetry
import TelemetryStore
package import Terminal

package enum AlarmCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, watched, logs, nextPane, previousPane, copy, back
}

extension AlarmScreen: Screen {
    package typealias Command = AlarmCommand

    package static let keys = KeyMap<AlarmCommand>(
        [
            KeyBinding(
                .character("o"), .character("x"), command: .watched, title: "watched",
                summary: "Opens the function, state machine, table or API that it watches, or the log."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs",
                summary: "Shows the log of the watched function, or the lines that name the metric."),
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
        ] + KeyBinding.moving())

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
        case .up, .down, .pageUp, .pageDown, .first, .last: move(by: command.step(page: page) ?? 0)
        case .nextPane: goToPane(1)
        case .previousPane: goToPane(-1)
        case .back: return [.back]
        case .watched: return AlarmTarget.route(row?.plan.metric).map { [.open($0)] } ?? logs
        case .logs: return logs
        case .open: return open()
        case .copy: return row.map { [.offer($0.record.alarm.copyChoices)] } ?? []
        }
        return []
    }

    private var logs: [Effect] {
        row?.plan.metric.flatMap(AlarmTarget.logFilter).map { [.open(.logs(filter: $0))] } ?? [AlarmsScreen.noTarget]
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
        return [AlarmChart(row, in: context.window).draw(on: &canvas, in: layout.chart)]
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
