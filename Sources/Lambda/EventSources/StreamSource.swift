import AWSCore
import Telemetry

/// A stream that mappings read: records in shards, in order. A new kind of stream is one type more.
protocol StreamSource: Sendable {
    /// How long the stream keeps records: nothing is tried for longer.
    var retention: Microseconds { get }
    /// The member of a failed batch's record that says where the batch stands: `DDBStreamBatchInfo`.
    var batchInfoName: String { get }

    func shards() async throws(ServiceError) -> [StreamShard]
    /// Where reading a shard begins.
    func iterator(of shard: String, at position: StreamPosition) async throws(ServiceError) -> String
    func read(_ iterator: String, limit: Int) async throws(ServiceError) -> StreamPage
}

struct StreamShard: Hashable, Sendable {
    var id: String
    /// Is read to its end before this one.
    var parent: String?
}

enum StreamPosition: Hashable, Sendable {
    case oldest
    case latest
    /// Behind the record of that sequence number.
    case after(String)
}

struct StreamPage: Sendable {
    var records: [StreamRecord] = []
    /// What to read next; `nil` at the end of a closed shard.
    var next: String?
}

/// A record as a function gets it.
struct StreamRecord: Sendable {
    var sequence: String
    var time: Timestamp
    /// Records of the same key stay in order, also when batches are delivered in parallel.
    var key: Int
    /// JSON; empty when the filters leave it out.
    var bytes: [UInt8]
}

extension StreamSource {
    /// Where each shard that there is now will go on: for mappings that begin with what is new.
    func latestIterators() async throws(ServiceError) -> [String: String] {
        var iterators: [String: String] = [:]
        for shard in try await shards() { iterators[shard.id] = try await iterator(of: shard.id, at: .latest) }
        return iterators
    }
}
