import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum TraceCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case open, close, unfold, foldAll, zoom, nextError, previousError, logs, execution, copy, back
}

extension TraceScreen: Screen {
    package typealias Command = TraceCommand

    package static let keys = KeyMap<TraceCommand>(
        [
            KeyBinding(
                .enter, command: .open, title: "open",
                summary: "Opens the request, invocation, execution or table of the span."),
            KeyBinding(
                .character("e"), .character("n"), command: .nextError, title: "next error",
                summary: "Goes to the next span that failed."),
            KeyBinding(
                .left, command: .close, title: "fold", summary: "Hides what the span caused, or goes to what caused it."
            ),
            KeyBinding(.right, command: .unfold, title: "unfold", summary: "Shows what the span caused."),
            KeyBinding(
                .character("z"), command: .zoom, title: "zoom",
                summary: "Gives the span's time the whole width, or shows all of it again."),
            KeyBinding(
                .character("l"), command: .logs, title: "logs", summary: "Shows the log of the span's invocation."),
            KeyBinding(
                .character("x"), command: .execution, title: "execution",
                summary: "Opens the execution of the span, or the one that its invocation was made for."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the trace's id, the span's ids, its error or a command."),
            KeyBinding(
                .character("o"), command: .foldAll, title: "fold all", summary: "Folds everything, or unfolds it.",
                isInFooter: false),
            KeyBinding(
                .character("E"), .character("N"), command: .previousError, title: "error before",
                summary: "Goes to the span before that failed.", isInFooter: false),
            KeyBinding(.escape, command: .back, title: "back", summary: "Ends the zoom, then goes back."),
        ] + KeyBinding.moving())

    package var route: Route {
        if let invocation { return .traceOf(invocation) }
        return .trace(id ?? "", span: nil)
    }

    package var requests: [DataRequest] {
        if let id { return [.trace(id)] }
        return invocation.map { [.tracePlace($0)] } ?? []
    }

    package var dependsOnTime: Bool { trace?.isRunning ?? false }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        switch answer {
        case .tracePlace(let place): take(place)
        case .trace(let trace): take(trace)
        default: break
        }
        return []
    }

    package mutating func run(_ command: TraceCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(layout.waterfall.rows - 2, 1)
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: move(by: command.step(page: page) ?? 0)
        case .close: fold(true)
        case .unfold: fold(false)
        case .foldAll: foldAll()
        case .zoom: zoom()
        case .nextError, .previousError:
            return goToError(forward: command == .nextError) ? [] : [.notice("nothing in this trace failed")]
        case .open: return open()
        case .logs: return logs()
        case .execution: return execution()
        case .copy: return copyChoices.isEmpty ? [] : [.offer(copyChoices)]
        case .back:
            guard isZoomed else { return [.back] }
            unzoom()
        }
        return []
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        switch event.action {
        case .wheelUp: move(by: -1)
        case .wheelDown: move(by: 1)
        case .press, .doubleClick:
            guard let waterfall = waterfall(context.now),
                let row = waterfall.row(at: event.point, in: layout.waterfall)
            else { return [] }
            select(waterfall.rows[row])
            if event.action == .doubleClick { return open() }
        case .drag, .release: break
        }
        return []
    }
}

extension TraceScreen {
    /// What `Enter` leads to, for the inspector's border.
    var jumpWord: String? {
        switch span?.reference {
        case .request?: "request"
        case .invocation?: "invocation"
        case .execution?: "execution"
        case .table?: "table"
        case .none?, nil: nil
        }
    }

    private func open() -> [Effect] {
        guard let span else { return [] }
        return span.reference.route.map { [.open($0)] } ?? [.notice("\(span.name) has no screen of its own")]
    }

    /// The span itself, or the nearest around it that is an invocation.
    private var nearestInvocation: RequestID? {
        var place: Int? = self.place
        while let index = place, let span = trace?.spans[index] {
            if case .invocation(let id, _) = span.reference { return id }
            place = span.parent
        }
        return nil
    }

    private func logs() -> [Effect] {
        guard let id = nearestInvocation else { return [.notice("no function is behind this span")] }
        return [.open(.logs(filter: "req:\(id)"))]
    }

    private func execution() -> [Effect] {
        var place: Int? = self.place
        while let index = place, let span = trace?.spans[index] {
            if case .execution(let arn, let event) = span.reference { return [.open(.execution(arn, event: event))] }
            place = span.parent
        }
        return [.notice("no execution is behind this span")]
    }

    private var copyChoices: [CopyChoice] {
        guard let trace, let span else { return [] }
        var choices = [CopyChoice(title: "trace id", text: trace.id), CopyChoice(title: "segment id", text: span.id)]
        switch span.reference {
        case .invocation(let id, _): choices.append(CopyChoice(title: "request id", text: id.description))
        case .request(let id): choices.append(CopyChoice(title: "request id", text: id))
        case .execution(let arn, _): choices.append(CopyChoice(title: "execution's ARN", text: arn))
        case .table(let name): choices.append(CopyChoice(title: "table", text: name))
        case .none: break
        }
        if let error = span.error { choices.append(CopyChoice(title: "error", text: error)) }
        choices.append(
            CopyChoice(title: "aws command", text: "aws xray batch-get-traces --trace-ids \(Shell.quoted(trace.id))"))
        choices.append(CopyChoice(title: "fntop command", text: "fntop traces show \(Shell.quoted(trace.id))"))
        return choices
    }
}

extension Trace.Reference {
    /// Where more of it is shown.
    var route: Route? {
        switch self {
        case .request(let id): .apiRequest(id)
        case .invocation(let id, _): .invocation(id)
        case .execution(let arn, let event): .execution(arn, event: event)
        case .table(let name): .table(name, .overview)
        case .none: nil
        }
    }
}
