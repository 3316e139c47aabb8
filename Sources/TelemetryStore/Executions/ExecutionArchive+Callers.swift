import Telemetry

extension ExecutionArchive {
    /// The states that made calls themselves, by the trace headers that they sent.
    func places(ofCallsWith headers: Set<String>) -> [String: ExecutionPlace] {
        var wanted: [String: [String: String]] = [:]
        for text in headers {
            let header = TraceHeader(text)
            if !header.root.isEmpty { wanted[header.root, default: [:]][header.parent] = text }
        }
        var found: [String: ExecutionPlace] = [:]
        for record in records.reversed().prefix(Self.mostLookedAt) where found.count < headers.count {
            let own = TraceHeader(record.start.traceHeader)
            guard let parents = wanted[own.root] else { continue }
            for visit in record.progress.visits {
                for event in [visit.enteredEvent] + visit.attempts.map(\.scheduledEvent) {
                    guard let text = parents[TraceHeader.segment(of: event, in: own.parent)] else { continue }
                    found[text] = ExecutionPlace(
                        arn: record.start.arn, execution: record.start.name,
                        machine: record.start.machineARN.machineName, event: event, state: visit.name)
                }
            }
        }
        return found
    }

    private static var mostLookedAt: Int { 10_000 }
}
