/// How grave a log line is, from the line itself.
package enum LogLevel: UInt8, Hashable, Comparable, Sendable, CaseIterable {
    /// Lines that name no level.
    case none
    case trace, debug, info, warn, error, fatal

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }

    /// The name in lower case, as the filter language writes it; empty for ``none``.
    package var name: String {
        self == .none ? "" : String(describing: self)
    }

    /// - Parameter name: in any case; `warning`, `err`, `critical`, `panic`, `notice` are understood as well.
    package init?(name: some StringProtocol) {
        switch name.lowercased() {
        case "trace": self = .trace
        case "debug": self = .debug
        case "info", "notice", "information": self = .info
        case "warn", "warning": self = .warn
        case "error", "err": self = .error
        case "fatal", "critical", "panic", "emergency", "alert": self = .fatal
        default: return nil
        }
    }
}
