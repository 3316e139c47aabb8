import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum AlarmsCommand: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last
    case open, watched, logs, otherPane, filter, clear, copy, escape
}

extension AlarmsScreen: Screen {
    package typealias Command = AlarmsCommand

    package static let keys = KeyMap<AlarmsCommand>([
        KeyBinding(.enter, command: .open, title: "open", summary: "Opens the alarm, or what the metric is about."),
        KeyBinding(
            .character("o"), command: .watched, title: "watched",
            summary: "Opens the function or state machine that the alarm watches."),
        KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the log of the watched function."),
        KeyBinding(
            .tab, .backTab, command: .otherPane, title: "pane", summary: "Goes to the other pane: alarms or metrics."),
        KeyBinding(
            .character("/"), command: .filter, title: "filter",
            summary: "Shows only what is typed: a part of a name, namespace or dimension."),
        KeyBinding(
            .character("F"), command: .clear, title: "clear", summary: "Clears the filter.", isInFooter: false),
        KeyBinding(
            .character("y"), .character("c"), command: .copy, title: "copy",
            summary: "Copies the name, the reason or a command.", isInFooter: false),
        KeyBinding(
            .escape, command: .escape, title: "back", summary: "Clears the filter, then goes back.", isInFooter: false),
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

    package var route: Route { .alarms }

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
        let page = max((focus == .alarms ? layout.table : layout.metrics).rows - 2, 1)
        switch command {
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -page)
        case .pageDown: move(by: page)
        case .first: move(by: -1_000_000)
        case .last: move(by: 1_000_000)
        case .otherPane:
            focus = focus == .alarms ? .metrics : .alarms
            settle()
        case .filter: isFiltering = true
        case .clear: clearFilter()
        case .escape:
            guard isFiltering || !filter.isEmpty else { return [.back] }
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

    private var watched: [Effect] {
        AlarmTarget.route(key).map { [.open($0)] } ?? [.notice("there is no screen for what it measures")]
    }

    private var logs: [Effect] {
        guard let function = key?.dimension("FunctionName") else { return [.notice("it is not about a function")] }
        return [.open(.logs(filter: "fn:\(function)"))]
    }

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
        guard isFiltering else { return nil }
        switch key {
        case .enter: isFiltering = false
        case .escape: clearFilter()
        case .up: move(by: -1)
        case .down: move(by: 1)
        default:
            guard filter.press(key) else { return nil }
            settle()
        }
        return []
    }

    package mutating func paste(_ text: String) {
        guard isFiltering else { return }
        filter.paste(text)
        settle()
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: move(by: -3)
        case .wheelDown: move(by: 3)
        case .press, .doubleClick:
            if let row = alarmTable.layout(in: layout.table).row(at: event.point) {
                focus = .alarms
                select(alarm: shown[row].name)
            } else if let row = metricTable.layout(in: layout.metrics).row(at: event.point), let metrics {
                focus = .metrics
                select(metric: metrics[row].key)
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
