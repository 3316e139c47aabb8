import Telemetry
import TelemetryStore
import Terminal

/// What a key does on a log line's screen.
package enum LogLineCommand: MovingCommand {
    case up, down, pageUp, pageDown, first, last
    case nextPane, open, back, previousLine, nextLine, ownOnly
    case invocation, logs, copy, invoke, execution, trace
}

extension LogLineScreen {
    mutating func run(_ command: LogLineCommand) -> [Effect] {
        let page = max(layout.message.rows - 1, 1)
        switch command {
        case .up, .down, .pageUp, .pageDown, .first, .last: move(by: command.step(page: page) ?? 0)
        case .nextPane: focus = focus == .message && layout.aroundFrame.rows > 0 ? .around : .message
        case .previousLine: step(by: -1)
        case .nextLine: step(by: 1)
        case .ownOnly: toggleOwnOnly()
        case .open: return open()
        case .invocation: return openInvocation()
        case .execution:
            return line?.requestID.map { [.open(.executionOf($0))] }
                ?? [.notice("this line belongs to no invocation")]
        case .trace:
            return line?.requestID.map { [.open(.traceOf($0))] } ?? [.notice("this line belongs to no invocation")]
        case .logs: return openLogs()
        case .invoke: return invoke()
        case .copy: return line.map { [.offer($0.copyChoices)] } ?? []
        case .back: return [.back]
        }
        return []
    }

    private mutating func move(by step: Int) {
        guard focus == .message else { return self.step(by: min(max(step, -around.rows.count), around.rows.count)) }
        let place = layout.message
        if tree != nil {
            tree?.move(by: step, height: place.rows)
        } else {
            text.scroll(by: step, count: rows.count, height: place.rows)
        }
    }

    /// A part of the JSON opens or closes; anywhere else Enter goes to the invocation.
    private mutating func open() -> [Effect] {
        guard focus == .message, tree?.isAtContainer == true else { return openInvocation() }
        tree?.toggle(height: layout.message.rows)
        return []
    }

    private func openInvocation() -> [Effect] {
        guard let line else { return [] }
        guard let id = line.requestID else { return [.notice("this line belongs to no invocation")] }
        return [.open(.invocation(id))]
    }

    private func openLogs() -> [Effect] {
        guard let line else { return [] }
        if let id = line.requestID { return [.open(.logs(filter: "req:\(id)"))] }
        return line.function.map { [.open(.logs(filter: "fn:\($0)"))] } ?? []
    }

    private func invoke() -> [Effect] {
        guard let function = line?.function else { return [.notice("this line belongs to no function")] }
        return [.open(.invoke(function: function, event: nil))]
    }
}
