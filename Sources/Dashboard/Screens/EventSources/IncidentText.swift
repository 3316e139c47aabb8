import Telemetry
import TelemetryStore
import Terminal

/// What happened to a batch that a function failed on, in a sentence.
struct IncidentText {
    let incident: EventSourceIncident

    var role: Role {
        switch incident.outcome {
        case .open, .discarded: .error
        case .delivered: .warn
        }
    }

    var mark: String {
        switch incident.outcome {
        case .open: Mark.running
        case .discarded: Mark.failed
        case .delivered: "↻"
        }
    }

    /// A line each: how it began, how far it was narrowed down, how it ended.
    var lines: [String] { [beginning, narrowing, ending].filter { !$0.isEmpty } }

    private var beginning: String {
        let tries = incident.failures == 1 ? "failed" : "failed \(incident.failures) times"
        let what = Self.batch(incident.records, incident.first, incident.last)
        let error = incident.error.isEmpty ? "" : " (\(incident.error))"
        guard incident.failures > 0 else { return "\(what) was given up untried" }
        return "\(what) \(tries) since \(incident.start.shortClockText)\(error)"
    }

    private var narrowing: String {
        guard incident.bisections > 0 else { return "" }
        let times = incident.bisections == 1 ? "once" : "\(incident.bisections) times"
        let rest = Self.batch(incident.narrowest.records, incident.narrowest.first, incident.narrowest.last)
        return "halved \(times), down to \(rest.lowercasedFirst)"
    }

    private var ending: String {
        switch incident.outcome {
        case .open: return "it is tried again, and what comes after it waits"
        case .delivered: return "taken in the end at \(incident.end.shortClockText)"
        case .discarded:
            let lost = "\(Self.records(incident.discarded)) given up"
            let others = incident.delivered > 0 ? "; the other \(incident.delivered) were taken" : ""
            return lost + told + others
        }
    }

    private var told: String {
        if let destination = incident.destination { return ", told to \(Self.name(destination))" }
        guard let problem = incident.destinationProblem else { return ", told to nobody" }
        return ", and nobody could be told: \(Self.name(problem))"
    }

    /// `dead-orders (sqs)` of an ARN, with what stands behind it: `dead-orders (sqs): AccessDenied: …`
    static func name(_ text: String) -> String {
        let cut = text.firstRange(of: ": ")?.lowerBound ?? text.endIndex
        let (arn, rest) = (text[..<cut], text[cut...])
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 6, parts[0] == "arn", let last = parts.last else { return text }
        return "\(last) (\(parts[2]))\(rest)"
    }

    static func records(_ count: Int) -> String { count == 1 ? "1 record" : "\(Format.count(count)) records" }

    /// `A batch of 10 (…0012 to …0021)`, `One record (…0017)`
    static func batch(_ count: Int, _ first: String, _ last: String) -> String {
        let range = range(first, last)
        let what = count == 1 ? "One record" : "A batch of \(count)"
        return range.isEmpty ? what : "\(what) (\(range))"
    }

    /// The ends of long sequence numbers tell them apart.
    static func range(_ first: String, _ last: String) -> String {
        guard !first.isEmpty else { return "" }
        return first == last || last.isEmpty ? tail(first) : "\(tail(first)) to \(tail(last))"
    }

    static func tail(_ number: String) -> String {
        number.count > 8 ? Mark.ellipsis + String(number.suffix(6)) : number
    }
}

extension String {
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
