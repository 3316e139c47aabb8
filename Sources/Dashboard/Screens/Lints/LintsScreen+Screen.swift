import Telemetry
import TelemetryStore
package import Terminal

package enum LintsCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, silence, unsilence, copy, back
}

extension LintsScreen: Screen {
    package typealias Command = LintsCommand

    package static let keys = KeyMap<LintsCommand>(
        [
            KeyBinding(.enter, command: .open, title: "open", summary: "Goes to where the finding can be seen."),
            KeyBinding(
                .character("d"), command: .silence, title: "silence",
                summary: "Does not show the finding again in this session."),
            KeyBinding(
                .character("F"), command: .unsilence, title: "show silenced",
                summary: "Shows the silenced findings again."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the finding, the advice or the name."),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
        ] + KeyBinding.moving(first: "the gravest"))

    package var route: Route { .lints }

    package var requests: [DataRequest] { [.lints] }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        if case .lints(let report) = answer { take(report) }
        return []
    }

    package mutating func run(_ command: LintsCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(layout.table.rows - 2, 1)
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: move(by: command.step(page: page) ?? 0, context)
        case .open: return selected(context).map { [.open($0.place.route)] } ?? []
        case .silence: return silence(context)
        case .unsilence:
            return context.silenced.isEmpty ? [.notice("nothing is silenced")] : [.silenceNothing]
        case .copy: return selected(context).map { [.offer($0.copyChoices)] } ?? []
        case .back: return [.back]
        }
        return []
    }

    /// The selection goes to the finding below.
    private mutating func silence(_ context: ScreenContext) -> [Effect] {
        guard let finding = selected(context) else { return [] }
        let index = cursor(findings(context)).index
        select(index + 1 < findings(context).count ? index + 1 : index - 1, context)
        return [.silence(finding.id), .notice("silenced for this session: F shows it again")]
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: move(by: -1, context)
        case .wheelDown: move(by: 1, context)
        case .press, .doubleClick:
            guard let row = table(context).layout(in: layout.table).row(at: event.point) else { return [] }
            select(row, context)
            if event.action == .doubleClick { return run(.open, context) }
        case .drag, .release: break
        }
        return []
    }
}

extension Finding.Place {
    var route: Route {
        switch self {
        case .function(let name): .function(name, .overview)
        case .configuration(let name): .function(name, .configuration)
        case .eventSources(let name): .eventSources(function: name)
        case .invocation(let id): .invocation(id)
        case .logs(let filter): .logs(filter: filter)
        case .execution(let arn): .execution(arn, event: nil)
        }
    }

    /// What Enter opens.
    var words: String {
        switch self {
        case .function(let name): "the function \(name)"
        case .configuration(let name): "the configuration of \(name)"
        case .eventSources(let name): "what feeds \(name), step by step"
        case .invocation(let id): "the newest such invocation, \(id.short)"
        case .logs: "its log"
        case .execution(let arn): "the execution \(arn.machineName)"
        }
    }
}

extension Finding {
    var copyChoices: [CopyChoice] {
        [
            CopyChoice(title: "finding", text: "\(subject.name): \(text)"),
            CopyChoice(title: "finding and advice", text: "\(subject.name): \(text)\n\(advice)"),
            CopyChoice(title: "name", text: subject.name),
        ]
    }
}
