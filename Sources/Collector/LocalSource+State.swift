import DequeModule
import Telemetry

extension LocalSource.State {
    mutating func append(_ event: TelemetryEvent, _ size: Int) {
        var event = event
        event.sequence = next
        next += 1
        if event.isLog {
            waitingLogs.append(event)
            logBytes += size
        } else {
            waitingOthers.append(event)
            otherBytes += size
        }
        replay.append(event, size)
    }

    /// Makes room: the oldest lines leave first, and of the buffer an eighth is for what is no log.
    ///
    /// - Returns: whether the event fits.
    mutating func makeRoom(for event: TelemetryEvent, _ size: Int, buffer: Int) -> Bool {
        let room = event.isLog ? buffer - buffer / 8 : buffer
        guard otherBytes + size <= room else { return false }
        while otherBytes + logBytes + size > room, let oldest = waitingLogs.popFirst() {
            logBytes -= oldest.approximateSize
            lose(oldest)
        }
        return true
    }

    mutating func lose(_ event: TelemetryEvent) {
        lost[event.kind.name, default: 0] += event.lossCount
        lostSince = min(lostSince ?? event.time, event.time)
    }

    /// All that waits, in its order.
    mutating func takeWaiting() -> [TelemetryEvent] {
        var all: [TelemetryEvent] = []
        all.reserveCapacity(waitingLogs.count + waitingOthers.count)
        while let log = waitingLogs.first, let other = waitingOthers.first {
            all.append(log.sequence < other.sequence ? log : other)
            if log.sequence < other.sequence { waitingLogs.removeFirst() } else { waitingOthers.removeFirst() }
        }
        all += waitingLogs
        all += waitingOthers
        (waitingLogs, waitingOthers, logBytes, otherBytes) = ([], [], 0, 0)
        return all
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
    var isLog: Bool { if case .log = kind { true } else { false } }

    /// Bytes in memory, roughly: what the caps count.
    var approximateSize: Int {
        switch kind {
        case .log(let batch): 128 + batch.bytes.count + batch.count * 48
        case .invocationStarted(let start): 384 + start.event.bytes.count
        case .invocationFinished(let end): 512 + end.response.bytes.count
        case .functionChanged, .tableChanged, .alarmChanged: 4096
        case .apiRequest(let request): 1024 + request.request.approximateSize + request.response.approximateSize
        case .apiChanged(let api): 512 + api.routes.count * 128
        case .stateMachineChanged(let machine): 512 + machine.definition.utf8.count
        case .executionStarted(let start): 512 + start.input.utf8.count
        case .executionHistory(let history): history.events.reduce(128) { $0 + $1.approximateBytes }
        case .executionEnded(let end): 256 + (end.output?.utf8.count ?? 0) + (end.cause?.utf8.count ?? 0)
        default: 384
        }
    }

    /// How much is lost with it: lines for a log, else one.
    var lossCount: Int {
        guard case .log(let batch) = kind else { return 1 }
        return batch.count
    }
}

extension HTTPMessage {
    fileprivate var approximateSize: Int {
        headers.reduce(body.bytes.count) { $0 + 32 + $1.name.utf8.count + $1.value.utf8.count }
    }
}
