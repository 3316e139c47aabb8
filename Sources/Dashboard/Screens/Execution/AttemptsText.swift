import Telemetry
import TelemetryStore
import Terminal

/// The attempts of a state with the waits between them.
enum AttemptsText {
    /// - Parameter isLong: with the causes.
    static func lines(_ visit: StateVisit, time: Timestamp, isLong: Bool) -> [[Run]] {
        guard !visit.attempts.isEmpty else {
            return [[Run("\(visit.kind) states are not tried: ", .dim), Run(visit.status.word, visit.status.role)]]
        }
        var lines: [[Run]] = []
        for (place, attempt) in visit.attempts.enumerated() {
            if place > 0, let before = visit.attempts[place - 1].ended {
                lines.append(wait(attempt.scheduled - before))
            }
            let end = attempt.ended ?? visit.ended ?? time
            var line = Run.cell("\(place + 1)", 3, Style(.strong), right: true)
            line.append(Run("\(attempt.status.mark) ", attempt.status.role, .bold))
            line += Run.cell(max(end - attempt.scheduled, .zero).spanText, 11, Style(.text), right: true)
            line.append(Run("  \(attempt.error ?? attempt.status.word)", attempt.error == nil ? .dim : .error))
            lines.append(line)
            guard isLong, let cause = attempt.cause, !cause.isEmpty else { continue }
            lines += FailureText.lines("", cause).dropFirst(2).prefix(6).map { [Run("      ")] + $0 }
        }
        if visit.isWaitingToRetry, let last = visit.attempts.last?.ended {
            lines.append(wait(max(time - last, .zero)) + [Run(" so far", .dim)])
        }
        return lines
    }

    private static func wait(_ length: Microseconds) -> [Run] {
        [Run("    ◔ ", .warn)] + Run.cell(max(length, .zero).text, 11, Style(.dim), right: true) + [
            Run("  backoff", .dim)
        ]
    }
}

extension StateAttempt.Status {
    var word: String { self == .timedOut ? "timed out" : rawValue }
}
