import AWSCore
import Synchronization
import Telemetry

/// What nobody waits for: filling new indexes, deleting what is left of old ones, letting items expire, and telling of
/// tables.
final class Housekeeper: Sendable {
    private let clock: any TableClock
    private let sink: (any TelemetrySink)?
    private let state = Mutex(State())

    private struct State {
        var worker: StoreWorker?
        var isStopped = false
        /// Tables whose size is to be told of, and when the last telling was.
        var sizes: Set<String> = []
        var isTellingDue = false
        var isFilling = false
        var mustFill = false
        var settled: [CheckedContinuation<Void, Never>] = []
        var cancelSweep: (@Sendable () -> Void)?
    }

    /// Items expire and streams are trimmed so often.
    static let sweepPause = Microseconds.seconds(10)
    private static let tellPause = Microseconds.seconds(1)

    init(clock: any TableClock, sink: (any TelemetrySink)?) {
        self.clock = clock
        self.sink = sink
    }

    func connect(_ worker: StoreWorker) { state.withLock { $0.worker = worker } }

    func stop() {
        let cancel = state.withLock { state in
            state.isStopped = true
            state.worker = nil
            return state.cancelSweep
        }
        cancel?()
    }

    private var worker: StoreWorker? { state.withLock { $0.worker } }

    // MARK: Telling

    func notice(_ changes: Changes) {
        if let sink {
            for name in changes.deleted { sink.emit(TelemetryEvent(.tableDeleted(name: name))) }
            if !changes.shapes.isEmpty { tell(changes.shapes) }
            if !changes.sizes.isEmpty { tellLater(changes.sizes) }
        }
        if changes.hasOrphans || changes.hasUnfilled { fill() }
        if changes.expires { scheduleSweep() }
    }

    private func tell(_ names: Set<String>) {
        guard let worker, let sink else { return }
        Task {
            let facts = try? await worker.perform(writes: false) { session in
                names.sorted().compactMap { session.catalog.tables[$0] }
                    .map { $0.fact(CallContext(), stream: session.stream($0)) }
            }
            for fact in facts ?? [] { sink.emit(TelemetryEvent(.tableChanged(fact))) }
        }
    }

    /// Sizes are told of at most once a second.
    private func tellLater(_ names: Set<String>) {
        let isFirst = state.withLock { state in
            state.sizes.formUnion(names)
            defer { state.isTellingDue = true }
            return !state.isTellingDue
        }
        guard isFirst else { return }
        _ = clock.schedule(after: Self.tellPause) { [self] in
            let names = state.withLock { state in
                state.isTellingDue = false
                defer { state.sizes = [] }
                return state.sizes
            }
            tell(names)
        }
    }

    // MARK: Filling and deleting

    func resume() async {
        guard let worker else { return }
        let names = try? await worker.perform(writes: false) { Set($0.catalog.tables.keys) }
        if let names, !names.isEmpty { tell(names) }
        fill()
        scheduleSweep()
    }

    private func fill() {
        let mustStart = state.withLock { state in
            state.mustFill = true
            guard !state.isFilling, !state.isStopped else { return false }
            state.isFilling = true
            return true
        }
        if mustStart { Task { await fillAll() } }
    }

    private func fillAll() async {
        while true {
            let worker = state.withLock { state -> StoreWorker? in
                guard state.mustFill, let worker = state.worker else {
                    state.isFilling = false
                    return nil
                }
                state.mustFill = false
                return worker
            }
            guard let worker else { break }
            var isDone = false
            while !isDone {
                // One small turn at a time, so that requests come between.
                let progress = try? await worker.perform(writes: true) { session throws(ServiceError) in
                    try session.fillOrDelete()
                }
                isDone = progress ?? true
            }
        }
        let settled = state.withLock { state in
            defer { state.settled = [] }
            return state.settled
        }
        for continuation in settled { continuation.resume() }
    }

    func settle() async {
        await withCheckedContinuation { continuation in
            let isSettled = state.withLock { state in
                guard state.isFilling else { return true }
                state.settled.append(continuation)
                return false
            }
            if isSettled { continuation.resume() }
        }
    }

    // MARK: Sweeping

    private func scheduleSweep() {
        state.withLock { state in
            guard state.cancelSweep == nil, !state.isStopped else { return }
            state.cancelSweep = clock.schedule(after: Self.sweepPause) { [self] in
                Task {
                    let isNeeded = await self.sweep()
                    self.state.withLock { $0.cancelSweep = nil }
                    if isNeeded { self.scheduleSweep() }
                }
            }
        }
    }

    /// - Returns: whether there is anything that another sweep may find.
    @discardableResult
    func sweep() async -> Bool {
        guard let worker else { return false }
        var isDone = false
        while !isDone {
            let result = try? await worker.perform(writes: true) { session throws(ServiceError) in
                let isTrimmed = try session.trimStreams()
                return try session.expireSome() && isTrimmed
            }
            isDone = result ?? true
        }
        let isNeeded = try? await worker.perform(writes: true) { session throws(ServiceError) in
            let tokens = try session.trimTokens()
            return tokens || !session.catalog.streams.isEmpty
                || session.catalog.tables.values.contains { $0.timeToLive != nil }
        }
        return isNeeded ?? true
    }
}
