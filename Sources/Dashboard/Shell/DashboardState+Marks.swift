import Telemetry
import TelemetryStore

extension DashboardState {
    /// Marks what is under the cursor, or takes its mark off; a third mark takes the place of the oldest.
    mutating func mark() {
        guard let item = stack.last?.markable else { return note("only invocations and executions can be marked") }
        if let place = marks.firstIndex(of: item) {
            marks.remove(at: place)
            return note("\(item.short) is no longer marked")
        }
        marks = (marks.filter { $0.isKind(of: item) } + [item]).suffix(2)
        note(
            marks.count == 2
                ? "two are marked: = compares them" : "\(item.short) is marked: m marks another, = compares")
    }

    /// Opens the comparison of the marked two, or of the marked one with the one under the cursor.
    mutating func compare() {
        if marks.count == 2 { return open(.compare(marks[0], marks[1])) }
        guard let first = marks.first else {
            return note("nothing is marked yet: m marks an invocation or an execution")
        }
        guard let second = stack.last?.markable, second != first else {
            return note("one is marked: go to another one and press =")
        }
        guard second.isKind(of: first) else { return note("an invocation and an execution cannot be compared") }
        open(.compare(first, second))
    }
}

extension Marked {
    /// The beginning of its id, its name.
    var short: String {
        switch self {
        case .invocation(let id): id.short
        case .execution(let arn): String(arn.machineName.prefix(24))
        }
    }
}
