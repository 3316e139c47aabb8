import Telemetry
import TelemetryStore
package import Terminal

package enum ExecutionCommand: MovingCommand {
    case up, down, left, right, pageUp, pageDown, first, last
    case open, view, steps, pane, nextTab, previousTab, earlier, later, live, zoomPane, bigger, smaller
    case nextItem, previousItem, logs, function, nextError, previousError, again, start, stop, redrive, copy, back,
        trace
}

extension ExecutionScreen: Screen {
    package typealias Command = ExecutionCommand

    package static let keys = KeyMap<ExecutionCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open",
                summary: "Opens the invocation behind the state, or the choice of a Map's items.", group: "An execution"
            ),
            KeyBinding(
                .character("v"), command: .view, title: "graph/timeline/events", summary: "Shows it another way.",
                group: "An execution"),
            KeyBinding(
                .character("d"), command: .steps, title: "data steps",
                summary: "Shows what the state did to its data, step by step, and why a Choice chose.",
                group: "An execution"),
            KeyBinding(
                .character(","), .character("["), command: .earlier, title: "earlier",
                summary: "Steps back by an event: everything shows that moment.", group: "Time"),
            KeyBinding(
                .character("."), .character("]"), command: .later, title: "later", summary: "Steps forth by an event.",
                group: "Time"),
            KeyBinding(
                .character("}"), command: .nextItem, title: "item", summary: "Looks at the next item of the Map.",
                group: "An execution"),
            KeyBinding(
                .character("l"), command: .logs, title: "logs", summary: "Shows the log of the state's invocation.",
                group: "Elsewhere"),
            KeyBinding(
                .character("x"), command: .function, title: "function",
                summary: "Opens the invocation that the state made.", group: "Elsewhere"),
            KeyBinding(
                .character("T"), command: .trace, title: "trace", summary: "Opens the trace that it is a part of.",
                group: "Elsewhere", isInFooter: false),
            KeyBinding(
                .tab, .backTab, command: .pane, title: "pane", summary: "Goes to the other pane.", group: "An execution"
            ),
            KeyBinding(
                .character("r"), command: .again, title: "re-run", summary: "Starts another one with the same input.",
                group: "Doing"),
            KeyBinding(
                .character("i"), command: .start, title: "new input",
                summary: "Starts another one with an input of yours.",
                group: "Doing"),
            KeyBinding(.character("S"), command: .stop, title: "stop", summary: "Stops the execution.", group: "Doing"),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the ARN, the input, the output, the history, the picture or a command.", group: "Doing"
            ),
            KeyBinding(
                .character("R"), command: .redrive, title: "redrive",
                summary: "Lets a failed execution go on where it failed.", group: "Doing", isInFooter: false),
            KeyBinding(
                .character("{"), command: .previousItem, title: "item before",
                summary: "Looks at the item before; all together before the first.", group: "An execution",
                isInFooter: false),
            KeyBinding(
                .character(">"), .character(")"), command: .nextTab, title: "tab",
                summary: "Shows the next tab beside.",
                group: "An execution", isInFooter: false),
            KeyBinding(
                .character("<"), .character("("), command: .previousTab, title: "tab before",
                summary: "Shows the tab before.", group: "An execution", isInFooter: false),
            KeyBinding(
                .character("L"), command: .live, title: "live", summary: "Goes back to now, and follows the execution.",
                group: "Time", isInFooter: false),
            KeyBinding(
                .character("z"), command: .zoomPane, title: "zoom",
                summary: "Gives the pane the whole screen, or its part again.", group: "An execution", isInFooter: false
            ),
            KeyBinding(
                .character("+"), command: .bigger, title: "bigger", summary: "Draws the graph bigger.",
                group: "An execution", isInFooter: false),
            KeyBinding(
                .character("_"), command: .smaller, title: "smaller", summary: "Draws the graph smaller.",
                group: "An execution", isInFooter: false),
            KeyBinding(
                .character("e"), command: .nextError, title: "failed state",
                summary: "Goes to the next state that failed.",
                group: "An execution", isInFooter: false),
            KeyBinding(
                .character("E"), command: .previousError, title: "failed before",
                summary: "Goes to the state before that failed.", group: "An execution", isInFooter: false),
            KeyBinding(
                .escape, command: .back, title: "back", summary: "Goes back.", group: "Elsewhere"),
            KeyBinding(
                .left, command: .left, title: "left",
                summary: "Goes along the graph, to the tab before, or back by an event.",
                group: "Moving", isInFooter: false),
            KeyBinding(
                .right, command: .right, title: "right",
                summary: "Goes along the graph, to the next tab, or forth by an event.", group: "Moving",
                isInFooter: false),
        ] + KeyBinding.moving(first: "the first event", last: "the last event"))

    package var route: Route {
        if let invocation { return .executionOf(invocation) }
        return .execution(name ?? "", event: nil)
    }

    package var takesLetters: Bool { picker != nil }

    package var requests: [DataRequest] {
        guard let name else { return invocation.map { [.executionPlace($0)] } ?? [] }
        return [.execution(name)] + (requestID.map { [.invocation($0)] } ?? []) + mapRunRequests
    }

    package var markable: Marked? { detail.map { .execution($0.start.arn) } }
    package var dependsOnTime: Bool { isRunning && isLive }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        // What has happened so far; drawing knows the clock.
        case .execution(let detail): take(detail, now: detail?.progress.lastTime ?? detail?.startTime ?? .now())
        case .executionPlace(let place): take(place)
        case .invocation(let detail): take(detail)
        case .executions(let page): take(page, for: request)
        default: break
        }
        return []
    }

    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        guard var open = picker else { return nil }
        let answer = open.press(key, rows: max(context.rect.rows - 8, 4))
        picker = answer == .stays ? open : nil
        if case .chosen(let item) = answer, progress.visits.indices.contains(open.map) {
            choose(item, of: progress.visits[open.map].name, context.now)
        }
        return []
    }

    package mutating func run(_ command: ExecutionCommand, _ context: ScreenContext) -> [Effect] {
        run(command, now: context.now)
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        guard picker == nil else {
            if event.action == .press { picker = nil }
            return []
        }
        return point(event, now: context.now)
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        draw(on: &canvas, in: rect, now: context.now)
    }
}
