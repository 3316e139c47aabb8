import Telemetry
import TelemetryStore
package import Terminal

package enum CompareCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case left, right, other, open, logs, next, previous, differences, copy, back
}

extension CompareScreen: Screen {
    package typealias Command = CompareCommand

    package static let keys = KeyMap<CompareCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open", summary: "Opens the invocation or execution of the chosen side."),
            KeyBinding(.tab, .backTab, command: .other, title: "side", summary: "Chooses the other side."),
            KeyBinding(
                .character("d"), command: .differences, title: "differences",
                summary: "Shows only what differs, or all."),
            KeyBinding(.character("n"), command: .next, title: "section", summary: "Goes to the next section."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs", summary: "Shows the log of the chosen side."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the comparison as text."),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .character("N"), command: .previous, title: "section before", summary: "Goes to the section before.",
                isInFooter: false),
            KeyBinding(.left, command: .left, title: "left", summary: "Chooses the left side.", isInFooter: false),
            KeyBinding(.right, command: .right, title: "right", summary: "Chooses the right side.", isInFooter: false),
        ] + KeyBinding.moving(first: "the beginning", last: "the end"))

    package var route: Route { .compare(left, right) }
    package var markable: Marked? { side }

    package var requests: [DataRequest] {
        [left, right].map { item in
            switch item {
            case .invocation(let id): .invocation(id)
            case .execution(let arn): .execution(arn)
            }
        }
    }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch (answer, request) {
        case (.invocation(let detail), .invocation(let id)): take(detail, for: .invocation(id))
        case (.execution(let detail), .execution(let arn)): take(detail, for: .execution(arn))
        default: break
        }
        return []
    }

    package mutating func run(_ command: CompareCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(layout.body.rows - 1, 1)
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: scroll(by: command.step(page: page) ?? 0)
        case .left: isRight = false
        case .right: isRight = true
        case .other: isRight.toggle()
        case .next: goToSection(1)
        case .previous: goToSection(-1)
        case .differences: showOnlyDifferences(!onlyDifferences)
        case .open:
            switch side {
            case .invocation(let id): return [.open(.invocation(id))]
            case .execution(let arn): return [.open(.execution(arn, event: nil))]
            }
        case .logs:
            guard case .invocation(let id) = side else { return [.notice("open the execution: l shows a state's log")] }
            return [.open(.logs(filter: "req:\(id)"))]
        case .copy: return rows.isEmpty ? [] : [.copy(text, title: "the comparison")]
        case .back: return [.back]
        }
        return []
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: scroll(by: -3)
        case .wheelDown: scroll(by: 3)
        case .press, .doubleClick:
            isRight = event.point.column >= layout.right
            return event.action == .doubleClick ? run(.open, context) : []
        case .drag, .release: break
        }
        return []
    }
}
