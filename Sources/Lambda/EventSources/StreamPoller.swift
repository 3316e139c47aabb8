import AWSCore
import Telemetry

/// Reads the shards of a stream for one mapping, until it is cancelled. Parents are read before their children.
struct StreamPoller: Sendable {
    let mapping: EventSourceMapping
    let source: any StreamSource
    /// Where shards go on that were there when the mapping began with what is new.
    let iterators: [String: String]
    let context: PollerContext
    let progress: any MappingProgress

    func run() async {
        await withTaskGroup(of: String?.self) { group in
            var known: Set<String> = []
            var open: Set<String> = []
            var backoff = Backoff(first: .milliseconds(200), limit: .seconds(30))
            while !Task.isCancelled {
                do throws(ServiceError) {
                    let shards = try await source.shards()
                    let names = Set(shards.map(\.id))
                    let before = known.count
                    for shard in shards where !known.contains(shard.id) {
                        // A parent that is not listed any more has no records left.
                        if let parent = shard.parent, names.contains(parent),
                            !known.contains(parent) || open.contains(parent)
                        {
                            continue
                        }
                        known.insert(shard.id)
                        open.insert(shard.id)
                        group.addTask { await reader(shard.id).run() ? shard.id : nil }
                    }
                    if known.count > before { backoff.reset() }
                } catch {
                    progress.result(mapping.id, "PROBLEM: \(error.code): \(error.message)")
                }
                if open.isEmpty {
                    guard await context.clock.sleep(backoff.next()) else { break }
                } else {
                    // A shard was read to its end: its children are next.
                    guard let ended = await group.next(), let ended else { break }
                    open.remove(ended)
                }
            }
        }
    }

    private func reader(_ shard: String) -> ShardReader {
        ShardReader(
            mapping: mapping, shard: shard, source: source, iterator: iterators[shard], context: context,
            progress: progress)
    }
}

/// Waits that become longer and longer.
struct Backoff {
    private let first: Microseconds
    private let limit: Microseconds
    private var current: Microseconds

    init(first: Microseconds, limit: Microseconds) {
        self.first = first
        self.limit = limit
        current = first
    }

    mutating func next() -> Microseconds {
        defer { current = min(current + current, limit) }
        return current
    }

    mutating func reset() { current = first }
}
