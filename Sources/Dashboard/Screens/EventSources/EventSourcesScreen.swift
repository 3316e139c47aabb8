import Telemetry
import TelemetryStore
package import Terminal

/// What feeds a function from streams and queues, and how that went.
package struct EventSourcesScreen: Sendable {
    let function: String
    private(set) var list = EventSourceList()
    private(set) var isAnswered = false
    private(set) var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init(function: String) { self.function = function }

    package mutating func lay(out rect: Rect) { place = rect }
}

package enum EventSourcesCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, nextError, previousError, logs, back
}

extension EventSourcesScreen: Screen {
    package typealias Command = EventSourcesCommand

    package static let keys = KeyMap<EventSourcesCommand>(
        [
            KeyBinding(.enter, command: .open, title: "open", summary: "Opens the invocation of the step."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next failure",
                summary: "Goes to the next batch that failed or was given up."),
            KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the function's log."),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .character("E"), .character("N"), command: .previousError, title: "failure before",
                summary: "Goes to the failure before.", isInFooter: false),
        ] + KeyBinding.moving())

    package var route: Route { .eventSources(function: function) }
    package var requests: [DataRequest] { [.eventSources(function)] }
    package var dependsOnTime: Bool { list.stories.contains { $0.positionTime != nil } }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        guard case .eventSources(let stories) = answer else { return [] }
        isAnswered = true
        list.take(stories)
        return []
    }

    package mutating func run(_ command: EventSourcesCommand, _ context: ScreenContext) -> [Effect] {
        if let step = command.step(page: place.rows - 3) { list.move(by: step) }
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: return []
        case .open: return list.opening
        case .nextError: return list.goToFailure(forward: true) ? [] : [.notice("none of these failed")]
        case .previousError: return list.goToFailure(forward: false) ? [] : [.notice("none of these failed")]
        case .logs: return [.open(.logs(filter: "fn:\(function)"))]
        case .back: return [.back]
        }
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: list.move(by: -1)
        case .wheelDown: list.move(by: 1)
        case .press: _ = list.point(at: event.point, in: Pane.inside(place))
        case .doubleClick: return list.point(at: event.point, in: Pane.inside(place)) ? list.opening : []
        case .drag, .release: break
        }
        return []
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        let inside = canvas.pane(
            rect, title: "what feeds \(function)", note: [Run("newest first · Enter opens the invocation", .dim)],
            isFocused: true)
        let empty =
            isAnswered
            ? ["no stream or queue feeds \(function)", "aws lambda create-event-source-mapping …"]
            : ["waiting for its event sources"]
        list.draw(on: &canvas, in: inside, now: context.now, empty: empty)
    }
}
