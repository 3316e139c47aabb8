import JSON
import Telemetry
import Testing

struct EventCodecTests {
    private static let hostile = "\0\u{1B}[2J\"\\\n\u{2028}\u{202E}é😀"
    private static let id = RequestID(high: .max, low: 1)

    private static var log: LogBatch {
        var batch = LogBatch(group: hostile, stream: "", function: hostile)
        batch.append([], at: Timestamp(microseconds: 1))
        batch.append([0xFF, 0xFE, 0, 10], at: Timestamp(microseconds: 2), requestID: id)
        batch.append(hostile.utf8, at: Timestamp(microseconds: 3))
        return batch
    }

    private static let kinds: [TelemetryEvent.Kind] = [
        .functionChanged(
            FunctionDescription(
                name: hostile, arn: "arn", runtime: "python3.13", handler: "a.b", memoryMiB: 512,
                timeout: .seconds(900), reservedConcurrency: 0, logGroup: hostile, triggers: [hostile, ""],
                warnings: [hostile], configuration: ["k": .array([nil, 1.5])])),
        .functionDeleted(name: hostile),
        .environment(
            EnvironmentChange(
                id: hostile, function: "f", state: .failed, processID: .max, logStream: "s", residentBytes: 1 << 40,
                initDuration: Microseconds(1), runtimeStart: .zero, reason: hostile)),
        .invocationStarted(
            InvocationStart(
                requestID: id, function: "f", trigger: hostile, isAsynchronous: true, attempt: 3,
                event: Payload(bytes: [0xC0, 0x80], totalCount: 9_000_000), traceHeader: "Root=1;Parent=2",
                parentID: hostile)),
        .invocationFinished(
            InvocationEnd(
                requestID: id, function: "f", status: .outOfMemory, duration: .seconds(900), billedMilliseconds: 9,
                queued: Microseconds(5), initDuration: Microseconds(6), overhead: Microseconds(7),
                memorySizeMiB: 10_240, maxMemoryUsedMiB: 10_240, errorType: hostile, errorMessage: hostile,
                response: Payload(Array(hostile.utf8)), environment: hostile, logStream: hostile)),
        .log(log),
        .apiRequest(
            APIRequest(
                requestID: "r", api: "a", apiID: "i", kind: "REST", stage: hostile, route: "GET /", method: "GET",
                path: hostile, query: "a=b", sourceIP: "::1", status: 504, latency: Microseconds(1),
                integrationLatency: Microseconds(2), function: "f", invocation: id, execution: hostile,
                authorizer: AuthorizerVerdict(
                    name: hostile, kind: "JWT", isAllowed: true, isCached: true, latency: Microseconds(3),
                    principal: hostile, invocation: id, reason: hostile),
                request: HTTPMessage(headers: [.init("A", hostile), .init("a", "")], body: Payload([0xC0, 0x80])),
                response: HTTPMessage(body: Payload(bytes: Array(hostile.utf8), totalCount: 1 << 20)),
                errorMessage: hostile, traceHeader: "t", parentID: hostile)),
        .apiChanged(
            APIDescription(
                id: "i", name: hostile, kind: "REST",
                routes: [
                    .init(key: "GET /", target: hostile, authorizer: hostile), .init(key: "$default", target: ""),
                ],
                stages: ["v1", hostile], endpoint: hostile)),
        .apiDeleted(id: hostile),
        .call(
            ServiceCall(
                service: "dynamodb", operation: "PutItem", resource: hostile, status: 400, errorCode: hostile,
                latency: Microseconds(4), traceHeader: "t", spanID: hostile, requestBytes: 1 << 40, responseBytes: 3,
                usage: TableUsage(readUnits: 0.5, writeUnits: 2, items: 3, index: hostile, partitionKey: hostile))),
        .tableChanged(
            TableDescription(
                name: hostile, arn: "arn", status: "UPDATING", items: 3, bytes: 1 << 40,
                indexes: [.init(name: hostile, isGlobal: true, status: "CREATING", items: 1, bytes: 2)],
                streamARN: hostile, description: ["k": 1.5])),
        .tableDeleted(name: hostile),
        .alarmChanged(
            AlarmDescription(
                name: hostile, arn: "arn", state: .insufficientData, reason: hostile, since: Timestamp(microseconds: 7),
                condition: hostile, configuration: ["k": nil])),
        .alarmDeleted(name: hostile),
        .eventSource(
            EventSourceChange(
                id: hostile, function: "f", source: hostile, step: .sentToDestination, state: "Disabled", records: 9,
                first: "1", last: hostile, attempt: 4, invocation: id, detail: hostile)),
        .executionStarted(
            ExecutionStart(
                arn: hostile, name: "n", machineARN: "m", definition: "{}", type: "EXPRESS", input: hostile,
                trigger: hostile,
                traceHeader: "t", parentID: hostile, mapRunARN: "r", redriveCount: 2)),
        .traceSegment(
            TraceSegment(
                traceID: hostile, id: "a", parentID: hostile, name: hostile, isSubsegment: true,
                start: Timestamp(microseconds: 8), end: Timestamp(microseconds: 9), isError: true, isFault: true,
                isThrottle: true, document: ["k": .string(hostile)])),
        .metric(
            CustomMetric(
                namespace: hostile, name: "n", dimensions: [.init(name: hostile, value: hostile)], value: -1.25e-9,
                unit: "Count")),
        .metric(
            CustomMetric(
                namespace: "n", name: hostile, values: [.init(1), .init(-2.5, count: 3)],
                summary: .init(count: 4, sum: 10, minimum: -1, maximum: 1e300), unit: hostile)),
        .gap(
            Gap(
                source: hostile, reason: hostile, lost: ["log": 3, hostile: 4], start: Timestamp(microseconds: 5),
                end: Timestamp(microseconds: 6))),
    ]

    @Test("Every kind of event comes back as it was, whatever its texts hold", arguments: kinds)
    func roundTrip(kind: TelemetryEvent.Kind) throws {
        let event = TelemetryEvent(kind, at: Timestamp(microseconds: 1_767_225_600_000_001), sequence: 7)
        let bytes = event.json.bytes
        #expect(!bytes.contains(0x0A))
        #expect(try TelemetryEvent(json: JSON(parsing: bytes)) == event)
    }

    @Test("A kind of a later version is no error, and no event")
    func unknownKind() throws {
        #expect(try TelemetryEvent(json: ["time": 1, "sequence": 2, "somethingNew": [:]]) == nil)
    }

    @Test(
        "What lacks something says what",
        arguments: [
            (#"{}"#, "an event is an object with a time"),
            (
                #"{"time":1,"invocationStarted":{"requestId":"x","function":"f"}}"#,
                "invocationStarted needs a proper \"requestId\""
            ),
            (
                #"{"time":1,"environment":{"id":"e","function":"f","state":"odd"}}"#,
                "environment needs a proper \"state\""
            ),
            (
                #"{"time":1,"log":{"group":"g","stream":"s","lines":[{"time":1,"base64":"*"}]}}"#,
                "log.lines needs a proper \"text\""
            ),
        ])
    func errors(text: String, message: String) throws {
        let json = try JSON(parsing: text)
        let error = #expect(throws: TelemetryFormatError.self) { try TelemetryEvent(json: json) }
        #expect(error?.description == message)
    }

    @Test("Times and spans out of all bounds are brought inside them")
    func bounds() throws {
        let json = try JSON(
            parsing: """
                {"time":9223372036854775807,"invocationFinished":{"requestId":"\(Self.id)","function":"f",
                "status":"success","duration":-9223372036854775808,"queued":9223372036854775807}}
                """)
        let event = try #require(try TelemetryEvent(json: json))
        guard case .invocationFinished(let end) = event.kind else { return #expect(Bool(false)) }
        #expect(event.time.microseconds == 4_000_000_000_000_000)
        #expect(end.duration == .zero)
        #expect(end.queued.count == 4_000_000_000_000_000)
    }

    @Test("Arithmetic with times stops at the bounds")
    func saturation() {
        let latest = Timestamp(microseconds: .max)
        let earliest = Timestamp(microseconds: .min)
        #expect(latest + .seconds(1) == latest)
        #expect(earliest - .seconds(1) == earliest)
        #expect((latest - earliest).count == .max)
        #expect((earliest - latest).count == .min)
        #expect(Microseconds.seconds(.max).count == .max)
        #expect(Microseconds.milliseconds(.min).count == .min)
        #expect(Microseconds(.min).billedMilliseconds <= 0)
        #expect(Timestamp(microseconds: -1).seconds == -1)
    }
}
