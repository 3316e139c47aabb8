import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// One session of StartLiveTail: what is written from its start on, as it is written.
actor LiveTail {
    struct Request: Sendable {
        var groups: [String]
        var streams: [String]
        var prefixes: [String]
        var filter: LogFilter
        /// The members of the request, as they are told back.
        var input: JSON
        var call: CallContext
    }

    private let request: Request
    private let context: LogsContext
    private var nextID: UInt64
    private var hasStarted = false
    private let ending: ContinuousClock.Instant

    /// Of one update; with more, a part of them is sent.
    private static let mostLines = 500
    /// How often new lines are looked for, and how many times until an update is sent without any.
    private static let pause = Duration.milliseconds(200)
    private static let pauses = 5
    private static let longest = Duration.seconds(3 * 3600)

    init(_ request: Request, _ context: LogsContext, after endID: UInt64) {
        self.request = request
        self.context = context
        nextID = endID
        ending = .now + Self.longest
    }

    /// The next messages; `nil` when the session is over or nobody reads it.
    func next() async -> [UInt8]? {
        guard hasStarted else {
            hasStarted = true
            return EventStream.event("initial-response", JSON.object(JSONObject()).bytes)
                + EventStream.event("sessionStart", start.bytes)
        }
        for _ in 0..<Self.pauses {
            guard (try? await context.clock.sleep(for: Self.pause)) != nil, !Task.isCancelled else { return nil }
            let (lines, hasMore) = await newLines()
            if !lines.isEmpty { return update(lines, isSampled: hasMore) }
        }
        guard ContinuousClock.now < ending else { return nil }
        return update([], isSampled: false)
    }

    private func newLines() async -> ([LogLine], hasMore: Bool) {
        let snapshot = await context.store.logSnapshot()
        let (start, end) = (nextID, snapshot.endID)
        guard end > start else { return ([], false) }
        nextID = end
        let (streams, prefixes) = (request.streams, request.prefixes)
        let reach = await context.reach(of: Set(request.groups)) { stream in
            (streams.isEmpty && prefixes.isEmpty) || streams.contains(stream)
                || prefixes.contains { stream.hasPrefix($0) }
        }
        return await snapshot.events(
            request.filter, in: .unbounded, from: .oldest(after: nil), limit: Self.mostLines, after: start
        ) { key in
            reach(key).map { LogReach(firstID: max($0.firstID, start), earliest: $0.earliest) }
        }
    }

    private var start: JSON {
        var start: JSON = [
            "requestId": .string(request.call.requestID), "sessionId": .string(RequestID().description),
            "logGroupIdentifiers": request.input["logGroupIdentifiers"] ?? [],
        ]
        for member in ["logStreamNames", "logStreamNamePrefixes", "logEventFilterPattern"] {
            if let value = request.input[member] { start[member] = value }
        }
        return start
    }

    private func update(_ lines: [LogLine], isSampled: Bool) -> [UInt8] {
        let results = lines.map { line -> JSON in
            let time = JSON.int(Int(line.time.milliseconds))
            return [
                "logStreamName": .string(line.stream),
                "logGroupIdentifier": .string("\(request.call.account):\(line.group)"),
                "message": .string(String(decoding: line.message, as: UTF8.self)), "timestamp": time,
                "ingestionTime": time,
            ]
        }
        let update: JSON = ["sessionMetadata": ["sampled": .bool(isSampled)], "sessionResults": .array(results)]
        return EventStream.event("sessionUpdate", update.bytes)
    }
}

enum StartLiveTail: StreamingOperation {
    static let name = "StartLiveTail"

    private static let mostGroups = 10

    static func run(
        _ input: JSON, call: CallContext, in context: LogsContext
    ) async throws(ServiceError) -> AsyncStream<[UInt8]> {
        let fields = LogsInput(input)
        guard let identifiers = fields.texts("logGroupIdentifiers") else {
            throw LogsInput.missing("logGroupIdentifiers")
        }
        guard (1...mostGroups).contains(identifiers.count) else {
            throw LogsInput.invalid(
                "1 validation error detected: Value at 'logGroupIdentifiers' failed to satisfy constraint: "
                    + "Member must have length between 1 and \(mostGroups)")
        }
        let streams = fields.texts("logStreamNames") ?? []
        let prefixes = fields.texts("logStreamNamePrefixes") ?? []
        guard streams.isEmpty || prefixes.isEmpty else {
            throw LogsInput.invalid("LogStreamNames and LogStreamNamePrefixes may not both be specified.")
        }
        guard identifiers.count == 1 || (streams.isEmpty && prefixes.isEmpty) else {
            throw LogsInput.invalid("Log streams can be specified for one log group only.")
        }
        let groups = identifiers.map { LogsContext.group(identifier: $0) }
        for group in groups { try await context.require(group) }
        let filter = try LogsContext.filter(fields.optional("logEventFilterPattern", most: 1024, least: 0) ?? "")
        await context.flush()
        let request = LiveTail.Request(
            groups: groups, streams: streams, prefixes: prefixes, filter: filter, input: input, call: call)
        let session = LiveTail(request, context, after: await context.store.logSnapshot().endID)
        return AsyncStream(unfolding: { await session.next() })
    }
}
