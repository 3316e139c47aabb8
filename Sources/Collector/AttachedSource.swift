import JSON
import Telemetry
package import TelemetryStore

/// Opens the event stream of a fntop elsewhere.
package protocol EventStreamOpening: Sendable {
    /// - Parameters:
    ///   - sequence: only events after this one.
    ///   - epoch: the one that the sequence belongs to, or none.
    func open(after sequence: UInt64, epoch: String?) -> AsyncThrowingStream<[UInt8], any Error>
}

/// The source that reads another fntop's events, comes back after interruptions, and says what it missed.
package actor AttachedSource {
    private let name: String
    private let store: TelemetryStore
    private let opening: any EventStreamOpening
    private var epoch: String?
    /// The sequence that comes next.
    private var next: UInt64 = 1
    /// When the stream broke off; `nil` while it is live and before it ever was.
    private var lostSince: Timestamp?
    private var unreadable = 0
    /// Of those since the last event, the ones that did not even tell their sequence.
    private var unplaced: UInt64 = 0
    /// Events of kinds that this version does not know: nothing is lost, there is only nothing to show.
    private(set) var unknownKinds = 0
    private var catchUp: UInt64 = .max
    private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    private var nextWaiting = 0
    private var hasEnded = false

    /// - Parameter name: the address, as the top line shows it.
    package init(name: String, store: TelemetryStore, opening: any EventStreamOpening) {
        self.name = name
        self.store = store
        self.opening = opening
    }

    /// Reads until the task is cancelled.
    package func run(clock: any Clock<Duration> = ContinuousClock()) async {
        await store.setSource(SourceState(name: name, link: .connecting))
        hasEnded = false
        defer {
            hasEnded = true
            resumeWaiting()
        }
        var failures = 0
        while !Task.isCancelled {
            do {
                let before = next
                try await read()
                failures = next > before ? 0 : failures
                await lose("the stream ended")
            } catch {
                guard !Task.isCancelled else { return }
                await lose(String(describing: error))
            }
            failures += 1
            let pause = min(0.1 * Double(1 << min(failures, 5)), 3) * Double.random(in: 0.8...1.2)
            try? await clock.sleep(for: .seconds(pause))
        }
    }

    /// Returns when everything that had happened at the time of attaching is in the store, when ``run(clock:)`` ends,
    /// or when the task is cancelled.
    package func caughtUp() async {
        guard next < catchUp, !hasEnded else { return }
        let number = nextWaiting
        nextWaiting += 1
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiting[number] = $0 }
        } onCancel: {
            Task { await self.resumeWaiting(number) }
        }
    }

    private func resumeWaiting(_ number: Int) {
        waiting.removeValue(forKey: number)?.resume()
    }

    private func lose(_ reason: String) async {
        Diagnostics.note("events", "\(name) is lost: \(reason)")
        if epoch != nil, lostSince == nil { lostSince = .now() }
        await store.setSource(SourceState(name: name, link: .lost(reason)))
        guard let lostSince else { return }
        await store.ingest([TelemetryEvent(.gap(Gap(source: name, reason: "disconnected", start: lostSince)))])
    }

    private func read() async throws {
        var lines = LineSplitter()
        // What happened before attaching has not all come yet.
        var isBehind = false
        for try await piece in opening.open(after: next - 1, epoch: epoch) {
            var events: [TelemetryEvent] = []
            for line in lines.split(piece) {
                let json: JSON
                do {
                    json = try JSON(parsing: line)
                } catch {
                    Diagnostics.note("events", "\(name) sent a line that is no JSON: \(error)")
                    unreadable += 1
                    unplaced += 1
                    continue
                }
                if let head = EventStreamHead(json: json) {
                    Diagnostics.note("events", "\(name) is attached, from event \(head.first) on")
                    events += attach(head)
                    isBehind = next < catchUp
                    await store.setSource(SourceState(name: name, link: isBehind ? .catchingUp : .live))
                } else {
                    events += read(json)
                }
            }
            let dropped = lines.takeDropped()
            unreadable += dropped
            unplaced += UInt64(dropped)
            events += unreadableGap()
            await take(events)
            guard next >= catchUp else { continue }
            resumeWaiting()
            guard isBehind else { continue }
            isBehind = false
            await store.setSource(SourceState(name: name, link: .live))
        }
    }

    private func take(_ events: [TelemetryEvent]) async {
        var rest = events[...]
        while let first = rest.first {
            let isRestored = Self.isRestored(first)
            let run = Array(rest.prefix { Self.isRestored($0) == isRestored })
            if isRestored { await store.restore(run) } else { await store.ingest(run) }
            rest = rest.dropFirst(run.count)
        }
    }

    /// Told again from what the other side knows, and not as it happened.
    private static func isRestored(_ event: TelemetryEvent) -> Bool {
        event.sequence == 0 && event.kind.name != "gap"
    }

    private func read(_ json: JSON) -> [TelemetryEvent] {
        let sequence = UInt64(clamping: json["sequence"]?.int ?? 0)
        do throws(TelemetryFormatError) {
            if let event = try TelemetryEvent(json: json) { return accept(event) }
            if unknownKinds == 0 { Diagnostics.note("events", "\(name) sends events of kinds that are not known here") }
            unknownKinds += 1
        } catch {
            Diagnostics.note("events", "\(name) sent an event that is not understood: \(error)")
            unreadable += 1
            if sequence == 0 { unplaced += 1 }
        }
        return sequence >= next ? missing(before: sequence, at: .now()) : []
    }

    /// - Returns: a gap for what happened while nobody listened, if it cannot be had any more.
    private func attach(_ head: EventStreamHead) -> [TelemetryEvent] {
        let isRestart = epoch != nil && epoch != head.epoch
        if epoch != head.epoch { next = 1 }
        unplaced = 0
        epoch = head.epoch
        catchUp = head.next
        defer {
            lostSince = nil
            next = max(next, head.first)
        }
        if let since = lostSince {
            let lost = !isRestart && head.first > next ? ["event": Int(clamping: head.first - next)] : [:]
            let isWhole = !isRestart && lost.isEmpty
            let reason = isRestart ? "the runtime was restarted" : "disconnected"
            let replaced = Gap(source: name, reason: "disconnected", start: since, end: isWhole ? since : .now())
            guard !isWhole, isRestart || !lost.isEmpty else { return [TelemetryEvent(.gap(replaced))] }
            var gap = replaced
            gap.lost = lost
            guard isRestart else { return [TelemetryEvent(.gap(gap))] }
            return [
                TelemetryEvent(.gap(replaced)),
                TelemetryEvent(.gap(Gap(source: name, reason: reason, start: since, end: .now()))),
            ]
        }
        guard head.first > 1, next == 1, !head.lost.isEmpty else { return [] }
        let gap = Gap(source: name, reason: "before attaching", lost: head.lost, start: .now(), end: .now())
        return [TelemetryEvent(.gap(gap))]
    }

    private func accept(_ event: TelemetryEvent) -> [TelemetryEvent] {
        guard event.sequence > 0 else { return [event] }
        guard event.sequence >= next else { return [] }
        return missing(before: event.sequence, at: event.time) + [event]
    }

    /// Goes on behind the sequence; what did not come before it is a gap, less what is counted as not readable.
    private func missing(before sequence: UInt64, at time: Timestamp) -> [TelemetryEvent] {
        let hole = sequence - next
        let missing = hole - min(hole, unplaced)
        unplaced = 0
        next = sequence + 1
        guard missing > 0 else { return [] }
        let gap = Gap(
            source: name, reason: "too slow", lost: ["event": Int(clamping: missing)], start: time, end: time)
        return [TelemetryEvent(.gap(gap))]
    }

    private func unreadableGap() -> [TelemetryEvent] {
        guard unreadable > 0 else { return [] }
        defer { unreadable = 0 }
        let now = Timestamp.now()
        return [
            TelemetryEvent(
                .gap(Gap(source: name, reason: "not readable", lost: ["event": unreadable], start: now, end: now)))
        ]
    }

    private func resumeWaiting() {
        for continuation in waiting.values { continuation.resume() }
        waiting = [:]
    }
}
