import JSON
import Telemetry
import TelemetryStore
package import Terminal

package enum APIRequestCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case nextPane, previousPane, open, trace, invocation, logs, execution, copy, back
}

extension APIRequestScreen: Screen {
    package typealias Command = APIRequestCommand

    package static let keys = KeyMap<APIRequestCommand>(
        [
            KeyBinding(.tab, .right, command: .nextPane, title: "pane", summary: "Goes to the next pane."),
            KeyBinding(
                .enter, command: .open, title: "open",
                summary: "Opens and closes a part of the JSON, or opens what the request caused."),
            KeyBinding(.character("T"), command: .trace, title: "trace", summary: "Opens the trace of the request."),
            KeyBinding(
                .character("v"), command: .invocation, title: "function",
                summary: "Opens the invocation that answered the request."),
            KeyBinding(.character("l"), command: .logs, title: "logs", summary: "Shows what the function logged."),
            KeyBinding(
                .character("y"), .character("c"), command: .copy, title: "copy",
                summary: "Copies the request as curl, the bodies or the ids."),
            KeyBinding(
                .character("x"), command: .execution, title: "execution",
                summary: "Opens the execution that the request started.", isInFooter: false),
            KeyBinding(.escape, command: .back, title: "back", summary: "Goes back."),
            KeyBinding(
                .backTab, .left, command: .previousPane, title: "pane before", summary: "Goes to the pane before.",
                isInFooter: false),
        ] + KeyBinding.moving(first: "the beginning", last: "the end"))

    package var route: Route { .apiRequest(id) }

    package var requests: [DataRequest] { [.apiRequest(id)] }

    package var dependsOnTime: Bool { detail?.trace?.isRunning ?? false }

    package mutating func take(_ answer: DataAnswer, for request: DataRequest) -> [Effect] {
        if case .apiRequest(let detail) = answer { take(detail) }
        return []
    }

    package mutating func run(_ command: APIRequestCommand, _ context: ScreenContext) -> [Effect] {
        let page = max(layout[focus].rows - 1, 1)
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: move(by: command.step(page: page) ?? 0)
        case .nextPane: focus(by: 1)
        case .previousPane: focus(by: -1)
        case .open: return open()
        case .trace: return trace()
        case .invocation: return invocation.map { [.open(.invocation($0))] } ?? [Self.noFunction]
        case .logs: return invocation.map { [.open(.logs(filter: "req:\($0)"))] } ?? [Self.noFunction]
        case .execution:
            return detail?.request.execution.map { [.open(.execution($0, event: nil))] }
                ?? [.notice("it started no execution")]
        case .copy: return copyChoices.isEmpty ? [] : [.offer(copyChoices)]
        case .back: return [.back]
        }
        return []
    }

    private static let noFunction = Effect.notice("no invocation is behind it")

    private var invocation: RequestID? { detail?.request.invocation }

    private mutating func open() -> [Effect] {
        switch focus {
        case .request: request.toggle(height: layout[.request].rows)
        case .response: response.toggle(height: layout[.response].rows)
        case .caused:
            guard spans.indices.contains(caused.place) else { return [] }
            let span = spans[caused.place]
            guard let route = span.reference.route, route != .apiRequest(id) else { return trace() }
            return [.open(route)]
        }
        return []
    }

    private func trace() -> [Effect] {
        let header = TraceHeader(detail?.request.traceHeader ?? "")
        guard !header.root.isEmpty else { return [.notice("this request belongs to no trace")] }
        let span = focus == .caused && spans.indices.contains(caused.place) ? spans[caused.place].id : header.parent
        return [.open(.trace(header.root, span: span))]
    }

    package mutating func mouse(_ event: MouseEvent, _ context: ScreenContext) -> [Effect] {
        guard let pane = Pane.allCases.first(where: { layout.frames[$0]?.contains(event.point) ?? false }) else {
            return []
        }
        focus = pane
        let place = layout[pane]
        switch event.action {
        case .wheelUp: move(by: -1)
        case .wheelDown: move(by: 1)
        case .press, .doubleClick:
            guard place.contains(event.point) else { return [] }
            let row = event.point.row - place.row
            switch pane {
            case .request: request.select(row: row, height: place.rows)
            case .response: response.select(row: row, height: place.rows)
            case .caused:
                guard row > 0 else { return [] }
                caused.move(to: caused.top + row - 1, count: spans.count, height: TraceWaterfall.visibleRows(in: place))
            }
            if event.action == .doubleClick { return open() }
        case .drag, .release: break
        }
        return []
    }
}

extension APIRequestScreen {
    private var copyChoices: [CopyChoice] {
        guard let detail else { return [] }
        let request = detail.request
        var choices = [
            CopyChoice(title: "request id", text: request.requestID), CopyChoice(title: "curl", text: curl(request)),
        ]
        let bodies = [("request body", request.request.body), ("response body", request.response.body)]
        for (title, body) in bodies where !body.bytes.isEmpty {
            choices.append(CopyChoice(title: title, text: String(decoding: body.bytes, as: UTF8.self)))
        }
        if let invocation { choices.append(CopyChoice(title: "invocation", text: invocation.description)) }
        let trace = TraceHeader(request.traceHeader).root
        if !trace.isEmpty { choices.append(CopyChoice(title: "trace id", text: trace)) }
        return choices
    }

    /// The same request again; what curl sends by itself is left out.
    private func curl(_ request: APIRequest) -> String {
        let own = ["host", "content-length", "connection", "accept-encoding", "user-agent", "x-amzn-trace-id"]
        let host = request.request.headers.first { $0.name.lowercased() == "host" }?.value ?? "localhost:4566"
        // Where the host does not name the API, the path does.
        let isNamed = host.contains(".execute-api.") || request.apiID.isEmpty
        let path = isNamed ? request.path : "/_aws/execute-api/\(request.apiID)\(request.path)"
        let query = request.query.isEmpty ? "" : "?\(request.query)"
        var words = ["curl", "-X", request.method, Shell.quoted("http://\(host)\(path)\(query)")]
        for header in request.request.headers where !own.contains(header.name.lowercased()) {
            words += ["-H", Shell.quoted("\(header.name): \(header.value)")]
        }
        let body = request.request.body
        if !body.bytes.isEmpty {
            words += ["--data-binary", Shell.quoted(String(decoding: body.bytes, as: UTF8.self))]
        }
        return words.joined(separator: " ")
    }
}
