import AWSCore
import JSON
package import Telemetry
package import TelemetryStore

/// What the operations of CloudWatch Logs work on: the telemetry, and the groups that were made by hand.
package struct LogsContext: Sendable {
    let store: TelemetryStore
    let sink: any TelemetrySink
    /// Returns when all that was emitted can be read.
    let flush: @Sendable () async -> Void
    let groups = LogGroups()

    package init(store: TelemetryStore, sink: any TelemetrySink, flush: @escaping @Sendable () async -> Void) {
        self.store = store
        self.sink = sink
        self.flush = flush
    }

    /// All streams, those without lines as well, by group.
    func streams() async -> [String: [LogStream]] {
        await flush()
        var found: [String: [String: LogStream]] = await groups.all
        let deleted = await groups.deleted
        for known in await store.logStreams() {
            guard let facts = deleted.rest(of: known) else { continue }
            var stream =
                found[facts.key.group]?[facts.key.stream] ?? LogStream(name: facts.key.stream, created: facts.first)
            stream.first = facts.first
            stream.last = facts.last
            stream.bytes = facts.bytes
            found[facts.key.group, default: [:]][facts.key.stream] = stream
        }
        return found.mapValues { Array($0.values) }
    }

    /// The group that the input names, by name or ARN.
    static func group(_ input: JSON) throws(ServiceError) -> String {
        let name = input["logGroupName"]?.string
        let identifier = input["logGroupIdentifier"]?.string
        guard let text = name ?? identifier, !text.isEmpty else {
            throw ServiceError(
                "InvalidParameterException",
                "1 validation error detected: Value at 'logGroupName' failed to satisfy constraint: Member must not be null"
            )
        }
        guard let arn = ARN(text) else { return text }
        return arn.resource.hasPrefix("log-group:") ? String(arn.resource.dropFirst("log-group:".count)) : arn.resource
    }

    static let noGroup = ServiceError("ResourceNotFoundException", "The specified log group does not exist.")
    static let noStream = ServiceError("ResourceNotFoundException", "The specified log stream does not exist.")

    static func limit(_ input: JSON, most: Int) throws(ServiceError) -> Int {
        guard let limit = input["limit"]?.int else { return most }
        guard (1...most).contains(limit) else {
            throw ServiceError(
                "InvalidParameterException",
                "1 validation error detected: Value '\(limit)' at 'limit' failed to satisfy constraint: "
                    + (limit < 1
                        ? "Member must have value greater than or equal to 1"
                        : "Member must have value less than or equal to \(most)"))
        }
        return limit
    }

    /// `startTime` and `endTime`, in milliseconds, as a window.
    static func window(_ input: JSON, endIsIncluded: Bool) -> TimeWindow {
        let most: Int64 = 4_000_000_000_000
        let start = min(max(Int64(input["startTime"]?.int ?? 0), 0), most)
        let end = min(max(Int64(input["endTime"]?.int ?? Int(most)), 0), most)
        return TimeWindow(
            start: Timestamp(milliseconds: start), end: Timestamp(milliseconds: end + (endIsIncluded ? 1 : 0)))
    }
}
