import Telemetry
import TelemetryStore

struct LogStream: Sendable {
    var name: String
    var created: Timestamp?
    var first: Timestamp?
    var last: Timestamp?
    var bytes = 0

    init(name: String, created: Timestamp?) {
        self.name = name
        self.created = created
    }
}

/// Groups and streams that were made by hand, and what was deleted.
actor LogGroups {
    private(set) var all: [String: [String: LogStream]] = [:]
    private(set) var deleted = DeletedStreams()
    private var creations: [String: Timestamp] = [:]
    private var retention: [String: Int] = [:]

    func create(_ group: String) -> Bool {
        guard all[group] == nil else { return false }
        all[group] = [:]
        creations[group] = .now()
        return true
    }

    func create(_ stream: String, in group: String) -> Bool {
        guard all[group]?[stream] == nil else { return false }
        all[group, default: [:]][stream] = LogStream(name: stream, created: .now())
        return true
    }

    func delete(_ streams: [LogStreamFacts], endID: UInt64, of group: String) {
        for facts in streams { deleted.add(facts, endID: endID) }
        all[group] = nil
        creations[group] = nil
        retention[group] = nil
    }

    func delete(_ stream: String, _ facts: LogStreamFacts?, endID: UInt64, in group: String) {
        if let facts { deleted.add(facts, endID: endID) }
        // The group goes on without its last stream.
        all[group, default: [:]][stream] = nil
    }

    func setRetention(_ days: Int?, of group: String) { retention[group] = days }

    func retention(of group: String) -> Int? { retention[group] }

    func creation(of group: String) -> Timestamp? { creations[group] }
}

/// Streams that were deleted while the store still has their lines: only later lines count.
struct DeletedStreams: Sendable {
    private struct Deletion: Sendable {
        var firstID: UInt64
        var lines: Int
        var bytes: Int
        var time: Timestamp
    }

    private var deletions: [StreamKey: Deletion] = [:]

    mutating func add(_ facts: LogStreamFacts, endID: UInt64) {
        deletions[facts.key] = Deletion(firstID: endID, lines: facts.lines, bytes: facts.bytes, time: .now())
    }

    func firstID(of key: StreamKey) -> UInt64 { deletions[key]?.firstID ?? 0 }

    /// What is left of a stream; `nil` when nothing came since it was deleted.
    func rest(of facts: LogStreamFacts) -> LogStreamFacts? {
        guard let deletion = deletions[facts.key] else { return facts }
        guard facts.lines > deletion.lines else { return nil }
        var rest = facts
        rest.lines -= deletion.lines
        rest.bytes -= deletion.bytes
        rest.first = deletion.time
        return rest
    }
}
