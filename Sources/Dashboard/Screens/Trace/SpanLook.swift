import Telemetry
import TelemetryStore
import Terminal

/// How spans and their parts look: each kind has a texture as well as a colour.
extension Trace.Part.Kind {
    var texture: String {
        switch self {
        case .gateway: "▓"
        case .authorizer: "▄"
        case .integration: "─"
        case .queue: "·"
        case .coldStart: "▒"
        case .handler: "█"
        case .overhead: "▂"
        }
    }

    var role: Role {
        switch self {
        case .gateway: .series4
        case .authorizer: .series2
        case .integration: .dim
        case .queue: .dim
        case .coldStart: .info
        case .handler: .series1
        case .overhead: .series4
        }
    }
}

extension Trace.Kind {
    /// Of the whole bar, where a span has no parts.
    var texture: String {
        switch self {
        case .api, .function: "█"
        case .execution: "═"
        case .state: "▆"
        case .attempt: "▅"
        case .call: "■"
        case .segment: "▇"
        }
    }

    var role: Role {
        switch self {
        case .api: .series4
        case .function: .series1
        case .execution: .series5
        case .state, .attempt: .series6
        case .call: .series2
        case .segment: .accent
        }
    }

    /// Before its name.
    var mark: String {
        switch self {
        case .api: "→"
        case .function: "▸"
        case .execution: "◆"
        case .state: "□"
        case .attempt: "↻"
        case .call: "•"
        case .segment: "◇"
        }
    }

    var word: String {
        switch self {
        case .api: "API request"
        case .function: "function"
        case .execution: "execution"
        case .state: "state"
        case .attempt: "attempt of a state"
        case .call: "call of a service"
        case .segment: "segment"
        }
    }
}

extension Trace.Status {
    var mark: String {
        switch self {
        case .running: Mark.running
        case .ok: Mark.ok
        case .error: "◐"
        case .throttled: Mark.waiting
        case .fault: Mark.failed
        }
    }

    var role: Role {
        switch self {
        case .running: .accent
        case .ok: .ok
        case .error, .throttled: .warn
        case .fault: .error
        }
    }
}

extension Trace.Span {
    /// Its name as rows show it.
    var title: String { detail.isEmpty ? name : kind == .api ? "\(name)  \(detail)" : "\(name) \(detail)" }

    var labelRuns: [Run] {
        let isBad = status == .fault
        var runs = [Run(kind.mark + " ", kind.role), Run(name, isBad ? .error : .strong)]
        if !detail.isEmpty { runs.append(Run(" " + detail, .dim)) }
        return runs
    }
}
