import AWSCore
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

/// What was set of a group by hand.
struct LogGroupProperties: Sendable {
    var created: Timestamp?
    /// `nil` keeps its lines for as long as there is room.
    var retentionDays: Int?
    var tags: [String: String] = [:]
    /// `STANDARD` or `INFREQUENT_ACCESS`.
    var logClass = "STANDARD"
    var keyID: String?
}

/// Groups and streams that were made by hand, what was set of them, and what was deleted.
actor LogGroups {
    private(set) var all: [String: [String: LogStream]] = [:]
    private(set) var deleted = DeletedStreams()
    private(set) var properties: [String: LogGroupProperties] = [:]
    private var streamCount = 0

    /// More are refused, so that no program fills the memory with names.
    private static let mostGroups = 50_000
    private static let mostStreams = 200_000

    var retentions: [String: Int] { properties.compactMapValues(\.retentionDays) }

    func create(_ group: String, _ properties: LogGroupProperties) throws(ServiceError) {
        guard all[group] == nil else { throw Self.groupExists }
        guard all.count < Self.mostGroups else { throw Self.limitExceeded }
        all[group] = [:]
        self.properties[group] = properties
    }

    func create(_ stream: String, in group: String) throws(ServiceError) {
        guard all[group]?[stream] == nil else { throw Self.streamExists }
        guard streamCount < Self.mostStreams else { throw Self.limitExceeded }
        streamCount += 1
        all[group, default: [:]][stream] = LogStream(name: stream, created: .now())
    }

    func delete(_ streams: [LogStreamFacts], endID: UInt64, of group: String) {
        for facts in streams { deleted.add(facts, endID: endID) }
        streamCount -= all[group]?.count ?? 0
        all[group] = nil
        properties[group] = nil
    }

    func delete(_ stream: String, _ facts: LogStreamFacts?, endID: UInt64, in group: String) {
        if let facts { deleted.add(facts, endID: endID) }
        // The group goes on without its last stream.
        if all[group, default: [:]].removeValue(forKey: stream) != nil { streamCount -= 1 }
    }

    func change(_ group: String, _ change: @Sendable (inout LogGroupProperties) -> Void) {
        change(&properties[group, default: LogGroupProperties()])
    }

    static let groupExists = ServiceError(
        "ResourceAlreadyExistsException", "The specified log group already exists")
    static let streamExists = ServiceError(
        "ResourceAlreadyExistsException", "The specified log stream already exists")
    private static let limitExceeded = ServiceError("LimitExceededException", "Resource limit exceeded.")
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
