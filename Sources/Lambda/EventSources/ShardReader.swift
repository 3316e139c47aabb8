import AWSCore
import Telemetry

/// Reads one shard from its position on, and has its records delivered in order.
struct ShardReader: Sendable {
    let mapping: EventSourceMapping
    let shard: String
    let source: any StreamSource
    /// Where to begin when there is no position yet.
    let iterator: String?
    let context: PollerContext
    let progress: any MappingProgress

    /// What one call of `GetRecords` gives at most.
    private static let pageLimit = 1000
    /// Less than the 6 MB that an event may have.
    static let sizeLimit = 6_000_000

    /// What was read and is not delivered yet.
    private struct Gathered {
        var records: [StreamRecord] = []
        var size = 0
        var since: Timestamp?
        /// The last record that was read, also when the filters left it out.
        var last: String?
        /// Records before the mapping's beginning may come: it begins with what is new, and had to start at the oldest.
        var mayBeOld = false
    }

    /// - Returns: whether the shard was read to its end; `false` when the task was cancelled.
    func run() async -> Bool {
        let bell = Doorbell()
        let unsubscribe = context.signal.subscribe(to: mapping.source.description) { bell.ring() }
        defer { unsubscribe() }
        var position = mapping.positions[shard]
        var next = position == nil ? iterator : nil
        var gathered = Gathered()
        var idle = Backoff(first: .milliseconds(200), limit: .seconds(1))
        var trouble = Backoff(first: .milliseconds(200), limit: .seconds(30))
        while !Task.isCancelled {
            let page: StreamPage
            do throws(ServiceError) {
                if next == nil {
                    gathered.mayBeOld = position == nil && mapping.startingPosition == .latest
                    next = try await begin(at: position)
                }
                page = try await source.read(next ?? "", limit: room(gathered))
                trouble.reset()
            } catch {
                next = nil
                switch error.code {
                case "ExpiredIteratorException": continue
                // What came after the position is gone: the oldest that is left is next.
                case "TrimmedDataAccessException" where position != nil: position = nil
                default: progress.result(mapping.id, "PROBLEM: \(error.code): \(error.message)")
                }
                guard await context.clock.sleep(trouble.next()) else { return false }
                continue
            }
            take(page, into: &gathered)
            position = gathered.last ?? position
            next = page.next
            let isOver = page.next == nil
            if !gathered.records.isEmpty, isOver || isDue(gathered, page) {
                guard await deliver(gathered.records) else { return false }
                gathered.records = []
            }
            if gathered.records.isEmpty {
                if let last = gathered.last { progress.settled(mapping.id, shard: shard, upTo: last) }
                gathered = Gathered(mayBeOld: gathered.mayBeOld)
            }
            guard !isOver else { return true }
            guard page.records.isEmpty else {
                idle.reset()
                continue
            }
            if await bell.wait(atMost: pause(gathered, idle.next()), context.clock) { idle.reset() }
        }
        return false
    }

    private func begin(at position: String?) async throws(ServiceError) -> String {
        try await source.iterator(of: shard, at: position.map { .after($0) } ?? .oldest)
    }

    /// Keeps what the filters let pass, and what is not older than the mapping's beginning.
    private func take(_ page: StreamPage, into gathered: inout Gathered) {
        // Streams give times in whole seconds.
        let start = gathered.mayBeOld ? mapping.began.map { Timestamp(milliseconds: $0.seconds * 1000) } : nil
        let unwanted = page.records.count { $0.bytes.isEmpty }
        context.metrics.add(.polled, page.records.count, of: mapping)
        context.metrics.add(.filteredOut, unwanted, of: mapping)
        for record in page.records where !record.bytes.isEmpty && start.map({ record.time >= $0 }) != false {
            gathered.records.append(record)
            gathered.size += record.bytes.count
        }
        if let last = page.records.last { gathered.last = last.sequence }
        if gathered.since == nil, !gathered.records.isEmpty { gathered.since = context.clock.now() }
    }

    private var capacity: Int { mapping.batchSize * mapping.parallelization }

    private func room(_ gathered: Gathered) -> Int {
        max(1, min(Self.pageLimit, capacity - gathered.records.count))
    }

    /// Whether the batch is full, or has waited long enough.
    private func isDue(_ gathered: Gathered, _ page: StreamPage) -> Bool {
        guard gathered.records.count < capacity, gathered.size < Self.sizeLimit else { return true }
        guard mapping.windowSeconds > 0 else { return page.records.count < Self.pageLimit }
        return rest(gathered) <= .zero
    }

    /// What is left of the batching window.
    private func rest(_ gathered: Gathered) -> Microseconds {
        guard let since = gathered.since else { return .seconds(Int64(mapping.windowSeconds)) }
        return since + .seconds(Int64(mapping.windowSeconds)) - context.clock.now()
    }

    private func pause(_ gathered: Gathered, _ idle: Microseconds) -> Microseconds {
        gathered.records.isEmpty ? idle : min(idle, max(rest(gathered), .milliseconds(1)))
    }

    /// Delivers what was gathered: one batch after another, or in parallel what has different keys.
    ///
    /// - Returns: whether all of it is settled.
    private func deliver(_ records: [StreamRecord]) async -> Bool {
        guard mapping.parallelization > 1 else { return await deliverInOrder(records, isAlone: true) }
        let count = mapping.parallelization
        var lanes = [[StreamRecord]](repeating: [], count: count)
        for record in records { lanes[Int(record.key.magnitude % UInt(count))].append(record) }
        return await withTaskGroup(of: Bool.self) { group in
            for lane in lanes where !lane.isEmpty { group.addTask { await deliverInOrder(lane, isAlone: false) } }
            return await group.reduce(true) { $0 && $1 }
        }
    }

    /// - Parameter isAlone: no other batch of the shard is under way, so that each step forward can be noted.
    private func deliverInOrder(_ records: [StreamRecord], isAlone: Bool) async -> Bool {
        var start = 0
        while start < records.count {
            var end = start
            var size = 0
            while end < records.count, end - start < mapping.batchSize {
                size += records[end].bytes.count + 1
                guard size <= Self.sizeLimit || end == start else { break }
                end += 1
            }
            let batch = BatchDelivery(
                mapping: mapping, shard: shard, source: source, records: Array(records[start..<end]), context: context,
                progress: progress, isAlone: isAlone)
            guard await batch.run() else { return false }
            start = end
        }
        return true
    }
}
