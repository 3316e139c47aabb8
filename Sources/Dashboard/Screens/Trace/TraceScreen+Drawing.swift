import JSON
import Telemetry
import TelemetryStore
package import Terminal

extension TraceScreen {
    package func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) {
        guard let trace, let waterfall = waterfall(context.now) else { return drawWaiting(on: &canvas, in: rect) }
        if layout.waterfallFrame.rows >= 3 {
            canvas.pane(layout.waterfallFrame, title: title(trace), note: note(trace, waterfall), isFocused: true)
        }
        waterfall.draw(on: &canvas, in: layout.waterfall)
        drawInspector(trace, on: &canvas, context)
    }

    private func drawWaiting(on canvas: inout Canvas, in rect: Rect) {
        let name = id ?? invocation.map { "of the invocation \($0.short)" } ?? ""
        canvas.drawNote(
            isUnknown
                ? ["the trace \(name) is not known", "it is older than what is kept in memory", "Esc goes back"]
                : ["waiting for the trace \(name)"], in: rect)
    }

    private func title(_ trace: Trace) -> [Run] {
        guard let first = trace.spans.first else { return [Run("trace", .title, .bold)] }
        let worst = trace.spans.contains { $0.status == .fault }
        let status = trace.isRunning ? Trace.Status.running : first.status == .ok && worst ? .error : first.status
        return [Run("\(status.mark) ", status.role, .bold), Run(first.title, .accent, .bold)]
    }

    private func note(_ trace: Trace, _ waterfall: TraceWaterfall) -> [Run] {
        var runs = waterfall.trace.legend
        if isZoomed { runs.append(Run("zoomed  ", .warn)) }
        if trace.omitted > 0 { runs.append(Run("\(Format.count(trace.omitted)) more not shown  ", .warn)) }
        return runs + [Run("\(Format.count(trace.spans.count)) spans", .dim)]
    }

    private func drawInspector(_ trace: Trace, on canvas: inout Canvas, _ context: ScreenContext) {
        guard layout.inspectorFrame.rows >= 3, let span else { return }
        let jump = jumpWord.map { [Run("Enter opens the \($0)", .dim)] } ?? []
        canvas.pane(
            layout.inspectorFrame, title: [Run(span.kind.mark + " ", span.kind.role), Run(span.name, .title, .bold)],
            note: jump)
        let lines = inspected(span, in: trace, context.now, columns: layout.inspector.columns - 2)
        for (row, runs) in lines.prefix(layout.inspector.rows).enumerated() {
            canvas.draw(
                runs, at: Point(column: layout.inspector.column + 1, row: layout.inspector.row + row),
                limit: layout.inspector.columns - 2)
        }
    }

    private func inspected(_ span: Trace.Span, in trace: Trace, _ now: Timestamp, columns: Int) -> [[Run]] {
        var lines: [[Run]] = []
        let after = span.start - (trace.start ?? span.start)
        var facts = [
            InvocationFact(name: span.kind.word, value: span.detail.isEmpty ? span.name : span.detail),
            InvocationFact(name: "took", value: span.duration(now).text, isNotable: span.isFailure),
            InvocationFact(name: "began", value: span.start.clockText + (after > .zero ? " (+\(after.text))" : "")),
        ]
        if let status = span.httpStatus {
            facts.append(InvocationFact(name: "status", value: String(status), isNotable: status >= 400))
        }
        if span.isAsynchronous { facts.append(InvocationFact(name: "asynchronous", value: "nobody waited for it")) }
        if span.isOrphan { facts.append(InvocationFact(name: "cause", value: "not kept", isNotable: true)) }
        if span.isSkewed { facts.append(InvocationFact(name: "clock", value: "before its cause", isNotable: true)) }
        switch span.reference {
        case .request(let id): facts.append(InvocationFact(name: "request", value: id))
        case .invocation(let id, _): facts.append(InvocationFact(name: "request", value: id.description))
        case .execution(let arn, _): facts.append(InvocationFact(name: "execution", value: arn))
        case .table(let name): facts.append(InvocationFact(name: "table", value: name))
        case .none: break
        }
        facts.append(InvocationFact(name: "segment", value: span.id))
        facts.append(InvocationFact(name: "trace", value: trace.id))
        lines += facts.flow(columns: columns)
        if !span.parts.isEmpty {
            lines.append(
                span.parts.flatMap { part in
                    [
                        Run("\(part.kind.texture) ", part.kind.role), Run("\(part.kind.rawValue) ", .dim),
                        Run("\((part.end - part.start).text)   ", .strong),
                    ]
                })
        }
        if let error = span.error, !error.isEmpty {
            lines += [Run("\(span.status.mark) \(error)", span.status.role)].wrapped(to: columns, limit: 4).rows
        }
        if let document = span.document {
            let shown = ["annotations", "metadata", "http", "sql"].compactMap { name in
                document[name].map { "\(name) \(Secrets.masked($0).text)" }
            }
            for text in shown { lines += [Run(text, .text)].wrapped(to: columns, limit: 3).rows }
        }
        return lines
    }
}
