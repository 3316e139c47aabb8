import Telemetry
import TelemetryStore
import Terminal

extension ExecutionStatus {
    var mark: String {
        switch self {
        case .running: Mark.running
        case .succeeded: Mark.ok
        case .failed, .timedOut: Mark.failed
        case .aborted: "◇"
        case .pendingRedrive: "◔"
        }
    }

    var role: Role {
        switch self {
        case .running: .accent
        case .succeeded: .ok
        case .failed, .timedOut: .error
        case .aborted, .pendingRedrive: .warn
        }
    }

    /// `running`, `timed out`
    var word: String { rawValue.lowercased().replacing("_", with: " ") }

    var isOver: Bool { self != .running && self != .pendingRedrive }
    var isFailure: Bool { self == .failed || self == .timedOut || self == .aborted }
}

extension StateVisit.Status {
    var mark: String {
        switch self {
        case .running: Mark.running
        case .succeeded: Mark.ok
        case .caught: "◐"
        case .failed, .timedOut: Mark.failed
        case .aborted: "◇"
        }
    }

    var role: Role {
        switch self {
        case .running: .accent
        case .succeeded: .ok
        case .failed, .timedOut: .error
        case .caught, .aborted: .warn
        }
    }

    var word: String {
        switch self {
        case .timedOut: "timed out"
        default: rawValue
        }
    }
}

extension ExecutionRow {
    func duration(_ now: Timestamp) -> Microseconds { max((ended ?? now) - started, .zero) }

    /// The latest states, a cell each; `…` before them where there were more.
    func stripRuns(columns: Int) -> [Run] {
        guard columns > 1 else { return [] }
        let isCut = stateCount > columns
        let cells = strip.suffix(isCut ? columns - 1 : columns)
        return (isCut ? [Run(Mark.ellipsis, .dim)] : [])
            + cells.map { cell in
                guard cell.status == .succeeded else { return Run(cell.status.mark, cell.status.role) }
                return cell.hasRetried ? Run("↻", .warn) : Run("■", .ok)
            }
    }

    /// Where it is, or what ended it.
    var nowRuns: [Run] {
        switch status {
        case .running, .pendingRedrive: return [Run(state ?? "", .accent)]
        case .succeeded: return [Run(state.map { "\($0)" } ?? "", .dim)]
        case .failed, .timedOut, .aborted:
            let what = error ?? (status == .failed ? "failed" : status.word)
            return [Run(what, status.role)] + (state.map { [Run("  in \($0)", .dim)] } ?? [])
        }
    }
}
