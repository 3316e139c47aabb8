import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum AlarmsCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, watched, logs, otherPane, filter, clear, copy, escape
}

extension AlarmsScreen: Screen {
    package typealias Command = AlarmsCommand

    package static let keys = KeyMap<AlarmsCommand>(
        [
            KeyBinding(.enter, command: .open, title: "open", summary: "Opens the alarm, or what the metric is about."),
            KeyBinding(
                .character("o"), .character("x"), command: .watched, title: "watched",
                summary: "Opens the function, state machine, table or API that it is about, or the log."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs",
                summary: "Shows the log of the function, or the lines that name the metric."),
            KeyBinding(
                .tab, .backTab, command: .otherPane, title: "pane",
                summary: "Goes to the other pane: alarms or metrics."),
            KeyBinding(
                .character("/"), command: .filter, title: "filter",
                summary: "Shows only what is typed: a part of a name, namespace or dimension."),
            KeyBinding(
                .character("F"), command: .clear, title: "clear", summary: "Clears the filter.", isInFooter: false),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the name, the reason or a command.", isInFooter: false),
            KeyBinding(
                .escape, command: .escape, title: "back", summary: "Clears the filter, then goes back.",
                isInFooter: false),
        ] + KeyBinding.moving())

    package var route: Route { .alarms }

    package var takesLetters: Bool { filter.isOpen }

    package var requests: [DataRequest] { [.alarms, .metrics(metricQuery, buckets: 40)] }

    /// Times since a change grow.
    package var dependsOnTime: Bool { !(rows ?? []).isEmpty }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch (answer, request) {
        case (.alarms(let rows), _): take(rows)
        case (.metrics(let rows), .metrics(let query, _)) where query == metricQuery: take(rows)
        default: break
        }
        return []
    }

    package mutating func run(_ command: AlarmsCommand, _ context: ScreenContext) -> [Effect] {
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last:
            switch focus {
            case .alarms: alarms.move(command, page: layout.table.rows - 2)
            case .metrics: metrics.move(command, page: layout.metrics.rows - 2)
            }
        case .otherPane:
            show(focus == .alarms ? .metrics : .alarms)
        case .filter: filter.isOpen = true
        case .clear: clearFilter()
        case .escape:
            guard !filter.isEmpty else { return [.back] }
            clearFilter()
        case .open:
            guard focus == .alarms else { return watched }
            return selected.map { [.open(.alarm($0.name))] } ?? []
        case .watched: return watched
        case .logs: return logs
        case .copy: return copyChoices.isEmpty ? [] : [.offer(copyChoices)]
        }
        return []
    }

    private var key: MetricKey? { focus == .alarms ? selected?.plan.metric : selectedMetric?.key }

    private var watched: [Effect] { AlarmTarget.route(key).map { [.open($0)] } ?? logs }

    private var logs: [Effect] {
        key.flatMap(AlarmTarget.logFilter).map { [.open(.logs(filter: $0))] } ?? [Self.noTarget]
    }

    static let noTarget = Effect.notice("neither a screen nor a log tells of it")

    private var copyChoices: [CopyChoice] {
        guard focus == .metrics else { return selected?.record.alarm.copyChoices ?? [] }
        guard let key = selectedMetric?.key else { return [] }
        return [
            CopyChoice(title: "name", text: key.name), CopyChoice(title: "namespace", text: key.namespace),
            CopyChoice(title: "aws cli", text: Self.command(key)),
        ]
    }

    private static func command(_ key: MetricKey) -> String {
        let dimensions = key.dimensions.map { "Name=\($0.name),Value=\($0.value)" }.joined(separator: " ")
        return "aws cloudwatch list-metrics --namespace '\(key.namespace)' --metric-name '\(key.name)'"
            + (dimensions.isEmpty ? "" : " --dimensions \(dimensions)")
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        switch filter.press(key) {
        case .changed, .cleared: arrange()
        case .closed: break
        case .moved(let step): move(by: step)
        case nil: return nil
        }
        return []
    }

    package mutating func paste(_ text: String) {
        if filter.paste(text) { arrange() }
    }

    package func charts(_ context: ScreenContext) -> [ChartMap] {
        var canvas = Canvas(Size(columns: context.rect.endColumn, rows: context.rect.endRow))
        return drawChart(on: &canvas, context)
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: move(by: -3)
        case .wheelDown: move(by: 3)
        case .press, .doubleClick:
            if alarms.point(at: event.point, in: alarmTable.layout(in: layout.table)) {
                show(.alarms)
            } else if metrics.point(at: event.point, in: metricTable.layout(in: layout.metrics)) {
                show(.metrics)
            } else {
                return []
            }
            if event.action == .doubleClick { return run(.open, context) }
        case .drag, .release: break
        }
        return []
    }
}

extension AlarmDescription {
    var copyChoices: [CopyChoice] {
        [
            CopyChoice(title: "name", text: name), CopyChoice(title: "ARN", text: arn),
            CopyChoice(title: "reason", text: reason),
            CopyChoice(title: "configuration", text: configuration.text),
            CopyChoice(
                title: "aws cli",
                text: "aws cloudwatch describe-alarms --alarm-types MetricAlarm CompositeAlarm --alarm-names '\(name)'"),
        ]
        .filter { !$0.text.isEmpty }
    }
}
