import Telemetry
import TelemetryStore
import Terminal

/// What stands at the head of an invocation: a name and a value each, the most important ones first.
struct InvocationFact: Hashable {
    var name: String
    var value: String
    var isNotable = false

    static func facts(of record: InvocationRecord, now: Timestamp) -> [InvocationFact] {
        var facts = [InvocationFact(name: "started", value: record.startTime.clockText)]
        facts += record.end.map(ended) ?? running(record, now: now)
        facts.append(InvocationFact(name: "trigger", value: record.start.trigger))
        if record.start.isAsynchronous {
            let isRetry = record.start.attempt > 1
            facts.append(InvocationFact(name: "attempt", value: "\(record.start.attempt) of 3", isNotable: isRetry))
        }
        if let end = record.end, !end.environment.isEmpty {
            facts.append(InvocationFact(name: "environment", value: end.environment))
        }
        facts.append(InvocationFact(name: "request", value: record.requestID.description))
        return facts
    }

    private static func running(_ record: InvocationRecord, now: Timestamp) -> [InvocationFact] {
        [InvocationFact(name: "for", value: max(now - record.startTime, .zero).text, isNotable: true)]
    }

    private static func ended(_ end: InvocationEnd) -> [InvocationFact] {
        guard end.status != .throttled else { return [] }
        var facts = [
            InvocationFact(name: "duration", value: end.duration.text, isNotable: end.status == .timeout),
            InvocationFact(name: "billed", value: Microseconds.milliseconds(end.billedMilliseconds).text),
        ]
        let isFull = end.maxMemoryUsedMiB * 10 >= end.memorySizeMiB * 9
        let used = end.maxMemoryUsedMiB > 0 ? "\(end.maxMemoryUsedMiB)" : "·"
        facts.append(InvocationFact(name: "memory", value: "\(used) of \(end.memorySizeMiB) MiB", isNotable: isFull))
        if let cold = end.initDuration { facts.append(InvocationFact(name: "init", value: cold.text, isNotable: true)) }
        return facts
    }
}

extension [InvocationFact] {
    /// Rows of names and values, as many on a row as fit.
    func flow(columns: Int) -> [[Run]] {
        var rows: [[Run]] = [[]]
        var used = 0
        for fact in self {
            let width = Text.width(fact.name) + 1 + Text.width(fact.value)
            if used > 0, used + 3 + width > columns {
                rows.append([])
                used = 0
            }
            if used > 0 { rows[rows.count - 1].append(Run("   ")) }
            rows[rows.count - 1] += [
                Run(fact.name + " ", .dim), Run(fact.value, fact.isNotable ? .warn : .strong),
            ]
            used += width + (used > 0 ? 3 : 0)
        }
        return rows
    }
}
