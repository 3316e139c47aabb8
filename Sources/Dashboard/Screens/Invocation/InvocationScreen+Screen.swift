import Telemetry
import TelemetryStore
package import Terminal

extension InvocationScreen: Screen {
    package typealias Command = InvocationCommand

    package static let keys = KeyMap<InvocationCommand>(
        [
            KeyBinding(.tab, .right, command: .nextPane, title: "pane", summary: "Goes to the next pane."),
            KeyBinding(
                .enter, command: .open, title: "open",
                summary: "Opens the line, or opens and closes a part of the JSON."),
            KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the log of this request."),
            KeyBinding(.character("e"), command: .error, title: "error", summary: "Goes to the error and its stack."),
            KeyBinding(
                .character("r"), command: .replay, title: "replay", summary: "Calls the function with the same event."),
            KeyBinding(
                .character("i"), command: .invoke, title: "invoke",
                summary: "Calls the function with this event, changed."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the id, the error, the event, the response, the log or a command."),
            KeyBinding(
                .character("x"), command: .execution, title: "execution",
                summary: "Opens the execution and the state that it was called for.", isInFooter: false),
            KeyBinding(
                .character("T"), command: .trace, title: "trace", summary: "Opens the trace that it is a part of.",
                isInFooter: false),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .backTab, .left, command: .previousPane, title: "pane before", summary: "Goes to the pane before.",
                isInFooter: false),
        ] + KeyBinding.moving(first: "the beginning", last: "the end"))

    package var route: Route { .invocation(id) }
    package var markable: Marked? { .invocation(id) }

    package var requests: [DataRequest] {
        [.invocation(id)] + (replayQuery.map { [.invocations($0)] } ?? [])
    }

    package var dependsOnTime: Bool { isRunning }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        case .invocation(let detail): take(detail)
        case .invocations(let records): return take(records)
        default: break
        }
        return []
    }

    package mutating func run(_ command: InvocationCommand, _ context: ScreenContext) -> [Effect] {
        run(command, now: context.now)
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        return point(event)
    }

    package mutating func take(_ outcome: InvokeOutcome, _ context: ScreenContext) -> [Effect] {
        defer { replayed = nil }
        guard let replayed = outcome.requestID else { return outcome.failure.map { [.notice($0)] } ?? [] }
        // The store may have shown it already.
        return self.replayed == nil ? [] : [.open(.invocation(replayed))]
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        draw(on: &canvas, in: rect, now: context.now)
    }
}
