import JSON
import Synchronization
import Telemetry

/// One reader of a source's events: pulls, so that a slow one costs nothing.
final class EventSubscription: Sendable {
    private let source: LocalSource
    private let number: Int
    private let signals: AsyncStream<Void>
    private let cursor: Mutex<Cursor>

    private struct Cursor {
        var next: UInt64
        var hasSentHead = false
        /// What is still to be told from before the events that are kept.
        var past: PastEvents?
    }

    private static let mostAtOnce = 512

    init(source: LocalSource, number: Int, after sequence: UInt64, signals: AsyncStream<Void>) {
        self.source = source
        self.number = number
        self.signals = signals
        cursor = Mutex(Cursor(next: sequence == .max ? sequence : sequence + 1))
    }

    deinit { source.unsubscribe(number) }

    /// - Returns: some JSON lines; `nil` when there will be no more.
    func next() async -> [UInt8]? {
        if let head = takeHead() { return head }
        while let past = cursor.withLock({ $0.past }) {
            let (events, rest) = await past.next()
            cursor.withLock { $0.past = rest }
            if !events.isEmpty { return Self.lines(events.map(\.json)) }
        }
        while true {
            let events = source.events(from: cursor.withLock { $0.next }, most: Self.mostAtOnce)
            if let last = events.last {
                cursor.withLock { $0.next = last.sequence + 1 }
                return Self.lines(events.map(\.json))
            }
            guard await isWoken() else { return nil }
        }
    }

    private func isWoken() async -> Bool {
        for await _ in signals { return true }
        return false
    }

    private func takeHead() -> [UInt8]? {
        let head = source.head
        let isFirst = cursor.withLock { cursor in
            defer { cursor.hasSentHead = true }
            return !cursor.hasSentHead
        }
        guard isFirst else { return nil }
        let missed = cursor.withLock { $0.next } < head.first
        let present = missed ? source.presentState(before: head.first) : []
        if missed {
            let past = source.past()
            cursor.withLock { $0.past = past }
        }
        return Self.lines([head.json] + present.map { $0.withoutSequence.json })
    }

    private static func lines(_ values: [JSON]) -> [UInt8] {
        values.reduce(into: []) { bytes, value in
            value.write(to: &bytes)
            bytes.append(0x0A)
        }
    }
}

extension TelemetryEvent {
    /// The same, not counted as part of the stream.
    fileprivate var withoutSequence: TelemetryEvent {
        var event = self
        event.sequence = 0
        return event
    }
}
