import Telemetry
import TelemetryStore
package import Terminal

extension APIRequestScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard let detail else {
            return canvas.drawNote(
                isUnknown
                    ? ["the request \(id) is not known", "it is older than what is kept in memory", "Esc goes back"]
                    : ["waiting for the request \(id)"], in: rect)
        }
        drawHead(detail, on: &canvas)
        drawLatency(detail, on: &canvas)
        drawTabs(on: &canvas)
        for pane in Pane.allCases where layout.frames[pane] != nil { draw(pane, detail, on: &canvas, context) }
    }

    private func drawHead(_ detail: APIRequestDetail, on canvas: inout Canvas) {
        let request = detail.request
        let role: Role = request.status >= 500 ? .error : request.status >= 400 ? .warn : .ok
        let mark = request.status >= 500 ? Mark.failed : request.status >= 400 ? "◐" : Mark.ok
        let title = [
            Run("\(mark) \(request.status)  ", role, .bold), Run("\(request.method) \(request.path)", .strong, .bold),
            Run(request.query.isEmpty ? "" : "?\(request.query)", .dim),
        ]
        guard layout.head.rows >= 3 else {
            canvas.draw([Run(" ")] + title, at: layout.head.origin, limit: layout.head.columns)
            return
        }
        let inside = canvas.pane(layout.head, title: title, note: [Run(detail.time.clockText, .dim)])
        canvas.draw(facts(detail), in: inside)
    }

    func facts(_ detail: APIRequestDetail) -> [InvocationFact] {
        let request = detail.request
        var facts = [
            InvocationFact(name: "API", value: "\(request.api)\(request.stage.isEmpty ? "" : " / \(request.stage)")"),
            InvocationFact(
                name: "route", value: request.route.isEmpty ? "none fits" : request.route,
                isNotable: request.route.isEmpty),
            InvocationFact(name: "latency", value: request.latency.text),
        ]
        if let function = request.function { facts.append(InvocationFact(name: "v function", value: function)) }
        if let execution = request.execution {
            facts.append(InvocationFact(name: "x execution", value: execution.machineName))
        }
        facts.append(InvocationFact(name: "caller", value: request.sourceIP.isEmpty ? Format.none : request.sourceIP))
        if let verdict = request.authorizer { facts.append(Self.fact(verdict)) }
        if let error = request.errorMessage {
            facts.append(InvocationFact(name: "error", value: error, isNotable: true))
        }
        facts.append(InvocationFact(name: "request", value: request.requestID))
        let trace = TraceHeader(request.traceHeader).root
        if !trace.isEmpty { facts.append(InvocationFact(name: "T trace", value: trace)) }
        return facts
    }

    private static func fact(_ verdict: AuthorizerVerdict) -> InvocationFact {
        var text = "\(verdict.isAllowed ? "allowed by" : "refused by") \(verdict.name) (\(verdict.kind)"
        text += verdict.isCached ? ", kept answer)" : ", \(verdict.latency.text))"
        if !verdict.principal.isEmpty { text += " as \(verdict.principal)" }
        if let reason = verdict.reason { text += ": \(reason)" }
        return InvocationFact(name: "authorizer", value: text, isNotable: !verdict.isAllowed)
    }

    /// The latency in its parts, over the whole width.
    private func drawLatency(_ detail: APIRequestDetail, on canvas: inout Canvas) {
        guard layout.latency.rows >= 3 else { return }
        let request = detail.request
        let authorizer = request.authorizer?.latency ?? .zero
        let gateway = max(request.latency - request.integrationLatency - authorizer, .zero)
        let parts: [(Trace.Part.Kind, Microseconds)] = [
            (.authorizer, authorizer), (.gateway, gateway), (.integration, request.integrationLatency),
        ].filter { $0.1 > .zero }
        let legend = parts.flatMap { kind, time in
            [Run("\(kind.texture) ", kind.role), Run("\(kind.rawValue) ", .dim), Run("\(time.text)  ", .strong)]
        }
        let inside = canvas.pane(layout.latency, title: "latency", note: [Run("\(request.latency.text) in all", .dim)])
        canvas.draw(legend, at: Point(column: inside.column + 1, row: inside.row), limit: inside.columns - 1)
        guard inside.rows > 1, inside.columns > 4 else { return }
        let columns = inside.columns - 2
        let unit = Double(columns) / Double(max(request.latency.count, 1))
        var column = 0
        for (place, part) in parts.enumerated() {
            let isLast = place == parts.count - 1
            let count =
                isLast ? columns - column : min(max(Int((Double(part.1.count) * unit).rounded()), 1), columns - column)
            guard count > 0 else { break }
            canvas.draw(
                String(repeating: part.0.texture, count: count),
                at: Point(column: inside.column + 1 + column, row: inside.row + 1), style: Style(part.0.role),
                limit: count)
            column += count
        }
    }

    private func drawTabs(on canvas: inout Canvas) {
        guard !layout.tabs.isEmpty else { return }
        let runs = Pane.allCases.flatMap { pane -> [Run] in
            [
                Run(" \(pane.rawValue) ", pane == focus ? Style(.accent, on: .selection, .bold) : Style(.dim)),
                Run(" "),
            ]
        }
        canvas.draw(runs, at: layout.tabs.origin, limit: layout.tabs.columns)
    }

    private func draw(
        _ pane: Pane, _ detail: APIRequestDetail, on canvas: inout Canvas, _ context: ScreenContext
    ) {
        guard let frame = layout.frames[pane], frame.rows >= 1 else { return }
        let isFocused = pane == focus
        let note: String
        switch pane {
        case .request: note = request.note
        case .response: note = response.note
        case .caused: note = "\(spans.count) spans"
        }
        if frame.rows >= 3, frame.columns >= 8 {
            canvas.pane(frame, title: pane.rawValue, note: [Run(note, .dim)], isFocused: isFocused)
        }
        let inside = layout[pane]
        switch pane {
        case .request: request.draw(on: &canvas, in: inside, isFocused: isFocused)
        case .response: response.draw(on: &canvas, in: inside, isFocused: isFocused)
        case .caused:
            guard let trace = detail.trace else {
                return canvas.drawNote(["nothing is known of its trace"], in: inside)
            }
            var waterfall = TraceWaterfall(trace, now: context.now)
            waterfall.first = caused.top
            waterfall.selected = isFocused ? caused.place : nil
            waterfall.draw(on: &canvas, in: inside, isFocused: isFocused)
        }
    }
}
