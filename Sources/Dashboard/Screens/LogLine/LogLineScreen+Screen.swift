import Telemetry
import TelemetryStore
package import Terminal

extension LogLineScreen: Screen {
    package typealias Command = LogLineCommand

    package static let keys = KeyMap<LogLineCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "invocation", summary: "Opens the line's invocation."),
            KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows the log of the line's request."),
            KeyBinding(
                .character("p"), .character("N"), command: .previousLine, title: "before",
                summary: "Shows the line before."
            ),
            KeyBinding(.character("n"), command: .nextLine, title: "next", summary: "Shows the line after."),
            KeyBinding(
                .character("o"), command: .ownOnly, title: "own lines",
                summary: "Shows around it only lines of the same invocation, or all."),
            KeyBinding(.tab, .backTab, command: .nextPane, title: "pane", summary: "Goes to the other pane."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the line or a part of it."
            ),
            KeyBinding(
                .character("x"), command: .execution, title: "execution",
                summary: "Opens the execution that the line's invocation was made for.", isInFooter: false),
            KeyBinding(
                .character("T"), command: .trace, title: "trace",
                summary: "Opens the trace that the line's invocation is a part of.", isInFooter: false),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .character("i"), command: .invoke, title: "invoke", summary: "Calls the function of the line.",
                isInFooter: false),
        ] + KeyBinding.moving(first: "the beginning", last: "the end"))

    package var route: Route { .logLine(id) }
    package var markable: Marked? { line?.requestID.map(Marked.invocation) }

    package var requests: [DataRequest] { [.logs(query)] }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        if case .logs(let page) = answer, case .logs(let query) = request { take(page, for: query) }
        return []
    }

    package mutating func run(_ command: LogLineCommand, _ context: ScreenContext) -> [Effect] { run(command) }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        focus = layout.aroundFrame.contains(event.point) ? .around : .message
        switch event.action {
        case .wheelUp: return run(.up)
        case .wheelDown: return run(.down)
        case .press where layout.around.contains(event.point):
            step(by: around.top + event.point.row - layout.around.row - around.cursor)
        default: break
        }
        return []
    }

    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) { draw(on: &canvas, in: rect) }
}
