import Telemetry

extension LocalSource.State {
    mutating func append(_ event: TelemetryEvent, _ size: Int) {
        var event = event
        event.sequence = next
        next += 1
        waiting.append(event)
        waitingBytes += size
        replay.append(event, size)
    }

    /// Says what was lost since the last batch, if anything was.
    mutating func appendGap(source: String) {
        guard let since = lostSince else { return }
        let gap = Gap(source: source, reason: "buffer full", lost: lost, start: since, end: .now())
        lost = [:]
        lostSince = nil
        append(TelemetryEvent(.gap(gap)), 256)
    }
}

extension TelemetryEvent {
    /// Bytes in memory, roughly: what the caps count.
    var approximateSize: Int {
        switch kind {
        case .log(let batch): 128 + batch.bytes.count + batch.count * 48
        case .invocationStarted(let start): 384 + start.event.bytes.count
        case .invocationFinished(let end): 512 + end.response.bytes.count
        case .functionChanged: 4096
        default: 384
        }
    }

    /// How much is lost with it: lines for a log, else one.
    var lossCount: Int {
        guard case .log(let batch) = kind else { return 1 }
        return batch.count
    }
}
