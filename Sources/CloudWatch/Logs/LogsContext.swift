import AWSCore
import JSON
package import Telemetry
package import TelemetryStore

/// What the operations of CloudWatch Logs work on: the telemetry, and what was made by hand.
package struct LogsContext: Sendable {
    let store: TelemetryStore
    let sink: any TelemetrySink
    /// Returns when all that was emitted can be read.
    let flush: @Sendable () async -> Void
    let groups = LogGroups()
    let queries = InsightsQueries()
    let definitions = QueryDefinitions()
    let metricFilters: MetricFilters
    let clock: any Clock<Duration>

    package init(
        store: TelemetryStore, sink: any TelemetrySink, clock: any Clock<Duration> = ContinuousClock(),
        flush: @escaping @Sendable () async -> Void
    ) {
        self.store = store
        self.sink = sink
        self.clock = clock
        self.flush = flush
        metricFilters = MetricFilters(store: store, sink: sink, clock: clock)
    }

    /// All streams, those without lines as well, by group.
    func streams() async -> [String: [LogStream]] {
        await flush()
        var found = await groups.all
        await add(await store.logStreams(), to: &found)
        return found.mapValues { Array($0.values) }
    }

    /// The streams of one group.
    ///
    /// - Throws: `ResourceNotFoundException`.
    func streams(of group: String) async throws(ServiceError) -> [LogStream] {
        await flush()
        let byHand = await groups.all[group]
        var found = byHand.map { [group: $0] } ?? [:]
        await add(await store.logStreams().filter { $0.key.group == group }, to: &found)
        guard let streams = found[group] else { throw Self.noGroup }
        return Array(streams.values)
    }

    private func add(_ known: [LogStreamFacts], to found: inout [String: [String: LogStream]]) async {
        let deleted = await groups.deleted
        for known in known {
            guard let facts = deleted.rest(of: known) else { continue }
            var stream =
                found[facts.key.group]?[facts.key.stream] ?? LogStream(name: facts.key.stream, created: facts.first)
            stream.first = facts.first
            stream.last = facts.last
            stream.bytes = facts.bytes
            found[facts.key.group, default: [:]][facts.key.stream] = stream
        }
    }

    /// - Throws: `ResourceNotFoundException` when there is no such group.
    func require(_ group: String) async throws(ServiceError) {
        if await groups.all[group] != nil { return }
        _ = try await streams(of: group)
    }

    /// What counts of the streams of some groups: nothing that was deleted, or is older than the group keeps it.
    func reach(
        of wanted: Set<String>, stream isWanted: @escaping @Sendable (String) -> Bool = { _ in true }
    ) async -> @Sendable (StreamKey) -> LogReach? {
        let deleted = await groups.deleted
        let retention = await groups.retentions
        let now = Timestamp.now()
        return { key in
            guard wanted.contains(key.group), isWanted(key.stream) else { return nil }
            let kept = retention[key.group].map { now - .seconds(Int64($0) * 86_400) }
            return LogReach(
                firstID: deleted.firstID(of: key), earliest: kept ?? Timestamp(microseconds: .min))
        }
    }

    /// The group that the input names, by name or ARN.
    static func group(_ input: JSON) throws(ServiceError) -> String {
        let name = input["logGroupName"]?.string
        let identifier = input["logGroupIdentifier"]?.string
        guard name == nil || identifier == nil else {
            throw LogsInput.invalid("LogGroup name and LogGroup ARN are mutually exclusive parameters.")
        }
        guard let text = name ?? identifier else { return try LogsInput(input).required("logGroupName") }
        guard !text.isEmpty else {
            return try LogsInput(input).required(name == nil ? "logGroupIdentifier" : "logGroupName")
        }
        return group(identifier: text)
    }

    /// The name of the group that a name or an ARN means, the latter with or without `:*` at its end.
    static func group(identifier: String) -> String {
        guard let arn = ARN(identifier) else { return identifier }
        var resource = arn.resource[...]
        if resource.hasPrefix("log-group:") { resource = resource.dropFirst("log-group:".count) }
        if resource.hasSuffix(":*") { resource = resource.dropLast(2) }
        return String(resource)
    }

    static func arn(_ group: String, _ call: CallContext) -> String {
        ARN(service: "logs", region: call.region, account: call.account, resource: "log-group:\(group)").description
    }

    static let noGroup = ServiceError("ResourceNotFoundException", "The specified log group does not exist.")
    static let noStream = ServiceError("ResourceNotFoundException", "The specified log stream does not exist.")

    static func limit(_ input: JSON, most: Int) throws(ServiceError) -> Int {
        try LogsInput(input).number("limit", 1...most) ?? most
    }

    /// `startTime` and `endTime`, in milliseconds, as a window.
    static func window(_ input: JSON, endIsIncluded: Bool) -> TimeWindow {
        let most: Int64 = 4_000_000_000_000
        let start = min(max(Int64(input["startTime"]?.int ?? 0), 0), most)
        let end = min(max(Int64(input["endTime"]?.int ?? Int(most)), 0), most)
        return TimeWindow(
            start: Timestamp(milliseconds: start), end: Timestamp(milliseconds: end + (endIsIncluded ? 1 : 0)))
    }

    /// - Throws: `InvalidParameterException` for a pattern that is not understood.
    static func filter(_ pattern: String) throws(ServiceError) -> LogFilter {
        do throws(LogFilterError) {
            return try LogFilter(pattern: pattern)
        } catch {
            throw LogsInput.invalid("Invalid filter pattern: \(error.message)")
        }
    }
}
