import AWSCore
import JSON
import Synchronization
import Telemetry

/// All event source mappings, and what reads for them.
final class EventSources: Sendable {
    private let context: PollerContext
    private let shelf: EventSourceShelf?
    private let state = Mutex(State())

    private struct State {
        var mappings: [String: EventSourceMapping] = [:]
        /// Of each mapping the last one; it begins when the one before it has ended.
        var pollers: [String: Task<Void, Never>] = [:]
        var isClosed = false
    }

    /// - Parameter shelf: where mappings outlive the program; `nil` keeps them in memory only.
    init(_ context: PollerContext, shelf: EventSourceShelf? = nil) {
        self.context = context
        self.shelf = shelf
    }

    func find(_ id: String) throws(ServiceError) -> EventSourceMapping {
        guard let mapping = state.withLock({ $0.mappings[id] }) else {
            throw .missing("The resource you requested does not exist.")
        }
        return mapping
    }

    /// In a lasting order.
    var sorted: [EventSourceMapping] { state.withLock { $0.mappings.values.sorted { $0.id < $1.id } } }

    // MARK: Changes

    func create(_ mapping: EventSourceMapping) async throws(ServiceError) {
        let iterators = try await begin(mapping)
        var mapping = mapping
        if mapping.isEnabled { mapping.began = context.clock.now() }
        let wanted = mapping
        let result = state.withLock { state -> Result<Void, ServiceError> in
            if let other = state.mappings.values.first(where: wanted.isTwin) {
                return .failure(
                    .conflict(
                        "The event source arn (\" \(wanted.source) \") and function (\" \(wanted.function.name) \") provided "
                            + "mapping already exists. Please update or delete the existing mapping with UUID \(other.id)"
                    ))
            }
            if let failure = keep(wanted) { return .failure(failure) }
            state.mappings[wanted.id] = wanted
            return .success(())
        }
        try result.get()
        context.emit(wanted.event(.changed, state: "Creating"))
        context.emit(wanted.event(.changed))
        start(wanted, iterators)
    }

    /// Goes on as the mapping says now, from where it was.
    func update(_ mapping: EventSourceMapping) async throws(ServiceError) -> EventSourceMapping {
        let iterators = mapping.isEnabled && mapping.began == nil ? try await begin(mapping) : [:]
        let now = context.clock.now()
        let result = state.withLock { state -> Result<EventSourceMapping, ServiceError> in
            guard let current = state.mappings[mapping.id] else {
                return .failure(.missing("The resource you requested does not exist."))
            }
            var wanted = mapping
            wanted.positions = current.positions
            wanted.lastResult = current.lastResult
            wanted.began = current.began ?? (mapping.isEnabled ? now : nil)
            wanted.modified = now
            if let failure = keep(wanted) { return .failure(failure) }
            state.mappings[mapping.id] = wanted
            return .success(wanted)
        }
        let changed = try result.get()
        context.emit(changed.event(.changed))
        start(changed, iterators)
        return changed
    }

    func delete(_ id: String) throws(ServiceError) -> EventSourceMapping {
        let removed = state.withLock { state -> (EventSourceMapping, Task<Void, Never>?)? in
            guard let mapping = state.mappings.removeValue(forKey: id) else { return nil }
            shelf?.remove(id)
            return (mapping, state.pollers.removeValue(forKey: id))
        }
        guard let (mapping, poller) = removed else { throw .missing("The resource you requested does not exist.") }
        poller?.cancel()
        context.emit(mapping.event(.changed, state: "Deleting"))
        context.emit(mapping.event(.deleted, state: "Deleting"))
        return mapping
    }

    /// Sees that the stream is there; gives where a mapping begins that wants only what is new from now on.
    private func begin(_ mapping: EventSourceMapping) async throws(ServiceError) -> [String: String] {
        let source = context.source(of: mapping)
        do throws(ServiceError) {
            guard mapping.startingPosition == .latest, mapping.isEnabled else {
                _ = try await source.shards()
                return [:]
            }
            return try await source.latestIterators()
        } catch {
            guard error.code == "ResourceNotFoundException" else {
                throw .invalid("Cannot access stream \(mapping.source): \(error.code): \(error.message)")
            }
            throw .invalid("Stream not found: \(mapping.source)")
        }
    }

    private func keep(_ mapping: EventSourceMapping) -> ServiceError? {
        guard let shelf else { return nil }
        do throws(Files.Failure) {
            try shelf.put(mapping)
            return nil
        } catch {
            return ServiceError("ServiceException", "The mapping cannot be stored: \(error)", status: 500)
        }
    }

    // MARK: Reading

    private func start(_ mapping: EventSourceMapping, _ iterators: [String: String]) {
        state.withLock { state in
            let last = state.pollers[mapping.id]
            last?.cancel()
            guard !state.isClosed else { return }
            state.pollers[mapping.id] = Task {
                await last?.value
                // With the position that the one before has come to.
                guard !Task.isCancelled, let current = self.state.withLock({ $0.mappings[mapping.id] }),
                    current.isEnabled
                else { return }
                let poller = StreamPoller(
                    mapping: current, source: context.source(of: current), iterators: iterators, context: context,
                    progress: self)
                await poller.run()
            }
        }
    }

    /// Takes in what another run of the program left.
    ///
    /// - Returns: files that could not be read.
    func restore() -> [String] {
        guard let shelf else { return [] }
        let (mappings, unreadable) = shelf.load()
        state.withLock { state in
            for mapping in mappings { state.mappings[mapping.id] = mapping }
        }
        for mapping in mappings { context.emit(mapping.event(.changed)) }
        return unreadable
    }

    /// Begins to read for all mappings that were restored.
    func resume() {
        for mapping in sorted where mapping.isEnabled { start(mapping, [:]) }
    }

    /// No more batches; those under way end with their functions.
    func stop() {
        let pollers = state.withLock { state in
            state.isClosed = true
            return Array(state.pollers.values)
        }
        for poller in pollers { poller.cancel() }
    }

    /// Waits until nothing is under way, after ``stop()``.
    func ended() async {
        for poller in state.withLock({ Array($0.pollers.values) }) { await poller.value }
    }
}

extension EventSources: MappingProgress {
    func settled(_ mapping: String, shard: String, upTo sequence: String) {
        state.withLock { state in
            guard state.mappings[mapping] != nil, state.mappings[mapping]?.positions[shard] != sequence else { return }
            state.mappings[mapping]?.positions[shard] = sequence
            guard let shelf, let current = state.mappings[mapping] else { return }
            // What cannot be noted is delivered again after a restart: at least once.
            try? shelf.put(current)
        }
    }

    func result(_ mapping: String, _ text: String) {
        state.withLock { $0.mappings[mapping]?.lastResult = text }
    }
}

extension EventSourceMapping {
    /// Whether the other one reads the same stream for the same function.
    fileprivate func isTwin(_ other: EventSourceMapping) -> Bool {
        source == other.source && functionARN == other.functionARN
    }
}
