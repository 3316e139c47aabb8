import DequeModule
import Synchronization
package import Telemetry
package import TelemetryStore

/// The source inside the runtime: services put events in without ever waiting, a task brings them to the store.
///
/// What does not fit is counted by kind and becomes a gap.
package final class LocalSource: TelemetrySink {
    private let state: Mutex<State>
    private let wake: AsyncStream<Void>.Continuation
    private let wakes: AsyncStream<Void>
    private let store: TelemetryStore
    package let name = "local"
    /// Names this run of the runtime.
    package let epoch = RequestID().description

    struct State {
        var waitingLogs: Deque<TelemetryEvent> = []
        var logBytes = 0
        var waitingOthers: Deque<TelemetryEvent> = []
        var otherBytes = 0
        var lost: [String: Int] = [:]
        var lostSince: Timestamp?
        var next: UInt64 = 1
        var replay = ReplayRing()
        var subscribers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextSubscriber = 0
        /// Everything below this sequence is in the store.
        var stored: UInt64 = 1
        var flushes: [(until: UInt64, CheckedContinuation<Void, Never>)] = []
        var isClosed = false
        /// Nobody brings events to the store any more.
        var hasEnded = false
    }

    /// - Parameter buffer: bytes of events that may wait for the store.
    package init(store: TelemetryStore, buffer: Int = 64 * 1024 * 1024) {
        self.store = store
        self.buffer = buffer
        state = Mutex(State())
        (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    private let buffer: Int

    package func emit(_ event: TelemetryEvent) {
        let size = event.approximateSize
        state.withLock { state in
            guard state.makeRoom(for: event, size, buffer: buffer) else { return state.lose(event) }
            state.append(event, size)
            for subscriber in state.subscribers.values { subscriber.yield() }
        }
        wake.yield()
    }

    /// Brings events to the store until the task is cancelled or ``close()`` is called.
    package func run(clock: any Clock<Duration> = ContinuousClock()) async {
        await store.setSource(SourceState(name: name, link: .live))
        for await _ in wakes {
            await drain()
            if state.withLock({ $0.isClosed }) { break }
            // Waking a thread for each event would cost a caller more than the event itself: they are brought in batches.
            try? await clock.sleep(for: Self.pause)
        }
        await drain()
        let flushes = state.withLock { state in
            state.hasEnded = true
            defer { state.flushes = [] }
            return state.flushes
        }
        for flush in flushes { flush.1.resume() }
    }

    private static let pause = Duration.milliseconds(4)

    private func drain() async {
        while true {
            let (batch, next) = state.withLock { state in
                state.appendGap(source: name)
                return (state.takeWaiting(), state.next)
            }
            guard !batch.isEmpty else { return }
            await store.ingest(batch)
            let flushed = state.withLock { state in
                state.stored = next
                let done = state.flushes.filter { $0.until <= next }
                state.flushes.removeAll { $0.until <= next }
                return done
            }
            for flush in flushed { flush.1.resume() }
        }
    }

    /// Returns when everything that was emitted before is in the store, or when nothing brings it there any more.
    package func flush() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.stored >= state.next || state.isClosed || state.hasEnded { return true }
                state.flushes.append((state.next, continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    /// Ends all event streams, so that their connections can close.
    package func endSubscriptions() {
        let signals = state.withLock { state in
            defer { state.subscribers = [:] }
            return state.subscribers.values.map { $0 }
        }
        for signal in signals { signal.finish() }
    }

    package func close() {
        let flushes = state.withLock { state in
            state.isClosed = true
            defer { state.flushes = [] }
            for subscriber in state.subscribers.values { subscriber.finish() }
            return state.flushes
        }
        for flush in flushes { flush.1.resume() }
        wake.finish()
    }

    /// The stream's head, for who subscribes or asks how it is.
    package var head: EventStreamHead {
        state.withLock {
            EventStreamHead(epoch: epoch, first: $0.replay.first ?? $0.next, next: $0.next, lost: $0.replay.lost)
        }
    }

    /// Events after a sequence as JSON lines, head first, until the reader goes away or the source closes.
    ///
    /// A reader that is too slow for what is kept gets the oldest that is left; its own counting shows the hole.
    ///
    /// - Parameter epoch: the one that the sequence belongs to; with another one, everything that is kept is sent.
    package func lines(after sequence: UInt64, epoch: String?) -> AsyncStream<[UInt8]> {
        let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            defer { state.nextSubscriber += 1 }
            state.subscribers[state.nextSubscriber] = signal
            if state.isClosed { signal.finish() }
            return state.nextSubscriber
        }
        let after = epoch == nil || epoch == self.epoch ? sequence : 0
        let subscription = EventSubscription(source: self, number: number, after: after, signals: signals)
        return AsyncStream {
            await subscription.next()
        } onCancel: { [weak self] in
            self?.unsubscribe(number)
        }
    }

    /// Also called when the reader just forgets its stream.
    func unsubscribe(_ number: Int) {
        state.withLock { $0.subscribers.removeValue(forKey: number) }?.finish()
    }

    var subscriberCount: Int { state.withLock { $0.subscribers.count } }

    /// What a subscriber has not seen yet, at most so many events.
    func events(from sequence: UInt64, most: Int) -> [TelemetryEvent] {
        state.withLock { $0.replay.events(from: sequence, most: most) }
    }

    /// What is described by events that a subscriber missed, as it is now.
    func presentState(before sequence: UInt64) -> [TelemetryEvent] {
        state.withLock { $0.replay.presentState(before: sequence) }
    }

    /// What the store knows from events that a subscriber missed.
    func past() -> PastEvents {
        PastEvents(store: store, known: state.withLock { $0.replay.invocations })
    }
}
