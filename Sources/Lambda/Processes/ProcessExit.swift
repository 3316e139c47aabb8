/// How a process ended.
enum ProcessExit: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
    /// Somebody else asked for it first.
    case unknown

    /// - Parameter waitStatus: as waitpid gives it.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .status((waitStatus >> 8) & 0xFF) : .signal(signal)
    }

    /// As Lambda words it: `exit status 3`, `signal: killed`.
    var text: String {
        switch self {
        case .status(let status): "exit status \(status)"
        case .signal(let signal): "signal: \(Self.name(of: signal))"
        case .unknown: "exit status unknown"
        }
    }

    /// Go's names, since Lambda's sandbox prints those.
    private static func name(of signal: Int32) -> String {
        switch signal {
        case 1: "hangup"
        case 2: "interrupt"
        case 3: "quit"
        case 4: "illegal instruction"
        case 5: "trace/breakpoint trap"
        case 6: "aborted"
        case 7: "bus error"
        case 8: "floating point exception"
        case 9: "killed"
        case 11: "segmentation fault"
        case 13: "broken pipe"
        case 14: "alarm clock"
        case 15: "terminated"
        default: "signal \(signal)"
        }
    }
}
