import Telemetry
import TelemetryStore
package import Terminal

/// The keys that are not text.
package enum InvokeCommand: Hashable, Sendable {
    case send, editElsewhere, undo, redo, close
}

extension InvokeScreen: Screen {
    package typealias Command = InvokeCommand

    package static let keys = KeyMap<InvokeCommand>([
        KeyBinding(
            .control("s"), .control("j"), command: .send, title: "call", summary: "Calls the function with the event."),
        KeyBinding(.control("e"), command: .editElsewhere, title: "editor", summary: "Opens the event in your editor."),
        KeyBinding(.control("u"), command: .undo, title: "undo", summary: "Takes the last change back."),
        KeyBinding(.control("y"), command: .redo, title: "redo", summary: "Makes the change again.", isInFooter: false),
        KeyBinding(.escape, command: .close, title: "back", summary: "Goes back without a call."),
    ])

    package var route: Route {
        machine.map { .start(machine: $0, input: nil) } ?? .invoke(function: panel.function, event: nil)
    }

    package var takesLetters: Bool { true }

    package var requests: [DataRequest] {
        if let executionQuery { return [.executions(executionQuery)] + (last.map { [.execution($0)] } ?? []) }
        return query.map { [.invocations($0)] } ?? []
    }

    package var dependsOnTime: Bool {
        if case .sending = panel.stage { true } else { false }
    }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        case .invocations(let records): take(records)
        case .executions(let page): last = page.rows.first?.arn
        case .execution(let detail): take(lastInput: detail)
        default: break
        }
        return []
    }

    package mutating func run(_ command: InvokeCommand, _ context: ScreenContext) -> [Effect] {
        let keys: [InvokeCommand: Key] = [
            .send: .control("s"), .editElsewhere: .control("e"), .undo: .control("u"), .redo: .control("y"),
            .close: .escape,
        ]
        return keys[command].map { press($0, now: context.now) } ?? []
    }

    /// All keys but the bound ones are text.
    package mutating func press(_ key: Key, _ context: ScreenContext) -> [Effect]? {
        let ends: [Key] = [.control("c"), .control("p"), .control("z")]
        guard Self.keys[key] == nil, !ends.contains(key) else { return nil }
        if case .function = key { return nil }
        return press(key, now: context.now)
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: return press(.up, now: context.now)
        case .wheelDown: return press(.down, now: context.now)
        case .press: point(at: event.point)
        default: break
        }
        return []
    }

    package mutating func take(_ outcome: InvokeOutcome, _ context: ScreenContext) -> [Effect] {
        ended(outcome)
        return []
    }

    package mutating func take(_ outcome: ExecutionOutcome, _ context: ScreenContext) -> [Effect] {
        ended(
            InvokeOutcome(
                function: panel.function, failure: outcome.failure,
                payload: Array((outcome.arn ?? "").utf8)))
        return []
    }

    package mutating func edited(_ text: String) { took(edited: text) }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        draw(on: &canvas, in: rect, now: context.now)
    }
}
