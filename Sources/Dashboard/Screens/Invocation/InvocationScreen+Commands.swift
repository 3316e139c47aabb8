import JSON
import Telemetry
import TelemetryStore
import Terminal

/// What a key does on an invocation's screen.
package enum InvocationCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case nextPane, previousPane
    case open, back
    case error, logs, replay, invoke, copy, execution, trace
}

extension InvocationScreen {
    mutating func run(_ command: InvocationCommand, now: Timestamp) -> [Effect] {
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last:
            move(by: command.step(page: layout[focus].rows - 1) ?? 0)
        case .nextPane: focus(1)
        case .previousPane: focus(-1)
        case .open: return open()
        case .back: return [.back]
        case .execution: return openExecution()
        case .trace: return [.open(.traceOf(id))]
        case .error: return focusError()
        case .logs: return [.open(.logs(filter: "req:\(id)"))]
        case .replay: return replay(now: now)
        case .invoke: return invoke()
        case .copy: return copyChoices.isEmpty ? [] : [.offer(copyChoices)]
        }
        return []
    }

    private mutating func focus(_ step: Int) {
        let place = panes.firstIndex(of: focus) ?? 0
        focus = panes[(place + step + panes.count) % panes.count]
    }

    private func openExecution() -> [Effect] {
        guard let place = detail?.execution else {
            return [.notice("no execution called it: \(detail?.record.start.trigger ?? "")")]
        }
        return [.open(.execution(place.arn, event: place.event))]
    }

    private mutating func focusError() -> [Effect] {
        guard error != nil else { return [.notice("this invocation did not fail")] }
        focus = .error
        return []
    }

    mutating func move(by step: Int) {
        let place = layout[focus]
        switch focus {
        case .error: trace.scroll(by: step, count: errorLines(columns: place.columns).count, height: place.rows)
        case .log: log.move(by: min(max(step, -log.rows.count), log.rows.count))
        case .event: event.move(by: step, height: place.rows)
        case .response: response.move(by: step, height: place.rows)
        case .calls: calls.move(by: step, count: detail?.calls.count ?? 0, height: place.rows)
        case .phases: break
        }
    }

    private mutating func open() -> [Effect] {
        switch focus {
        case .event: event.toggle(height: layout[.event].rows)
        case .response: response.toggle(height: layout[.response].rows)
        case .log: return log.selectedLine.map { [.open(.logLine($0.id))] } ?? []
        case .calls: return openCall()
        case .error, .phases: return [.open(.logs(filter: "req:\(id)"))]
        }
        return []
    }

    /// A call of another function opens that function's own screen.
    private func openCall() -> [Effect] {
        guard let detail, detail.calls.indices.contains(calls.place) else { return [] }
        let call = detail.calls[calls.place].call
        guard call.service == "lambda", !call.resource.isEmpty else { return [] }
        return [.open(.function(call.resource, .overview))]
    }

    private mutating func replay(now: Timestamp) -> [Effect] {
        guard let start = detail?.record.start else { return [] }
        if !start.event.isCut { replayed = now }
        return start.replay
    }

    private func invoke() -> [Effect] {
        guard let start = detail?.record.start else { return [] }
        return [.open(.invoke(function: start.function, event: start.event.isCut ? nil : start.event.bytes))]
    }

    /// The newest invocations of the function, while the one that a replay starts is waited for.
    var replayQuery: InvocationQuery? {
        guard replayed != nil, let function = detail?.record.start.function else { return nil }
        return InvocationQuery(function: function, window: .always, limit: 20)
    }

    /// Opens the invocation that the replay started.
    mutating func take(_ records: [InvocationRecord]) -> [Effect] {
        guard let replayed, let start = detail?.record.start else { return [] }
        let found = records.last {
            $0.requestID != id && $0.startTime >= replayed && $0.start.event == start.event
        }
        guard let found else { return [] }
        self.replayed = nil
        return [.open(.invocation(found.requestID))]
    }

    // MARK: Copying

    private var copyChoices: [CopyChoice] {
        guard let record = detail?.record else { return [] }
        var choices = [CopyChoice(title: "request id", text: id.description)]
        if let error {
            let lines = ["\(error.type): \(error.message)"] + error.stackTrace
            choices.append(CopyChoice(title: "error with its stack", text: lines.joined(separator: "\n")))
        }
        choices.append(CopyChoice(title: "event", text: text(record.start.event)))
        if let end = record.end { choices.append(CopyChoice(title: "response", text: text(end.response))) }
        if let detail, !detail.logLines.isEmpty {
            choices.append(
                CopyChoice(title: "log lines", text: detail.logLines.map(\.messageText).joined(separator: "\n")))
        }
        choices.append(CopyChoice(title: "aws lambda command", text: awsCommand(record.start)))
        choices.append(CopyChoice(title: "fntop command", text: fntopCommand(record.start)))
        return choices
    }

    private func text(_ payload: Payload) -> String {
        guard !payload.isCut, let json = try? JSON(parsing: payload.bytes) else {
            return String(decoding: payload.bytes, as: UTF8.self)
        }
        return json.prettyText
    }

    private func awsCommand(_ start: InvocationStart) -> String {
        let payload = Shell.quoted(String(decoding: start.event.bytes, as: UTF8.self))
        return "aws lambda invoke --function-name \(Shell.quoted(start.function)) "
            + "--cli-binary-format raw-in-base64-out --payload \(payload) /dev/stdout"
    }

    private func fntopCommand(_ start: InvocationStart) -> String {
        let payload = Shell.quoted(String(decoding: start.event.bytes, as: UTF8.self))
        return "fntop invoke \(Shell.quoted(start.function)) --payload \(payload)"
    }
}
