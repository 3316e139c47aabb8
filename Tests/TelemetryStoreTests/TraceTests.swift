import JSON
import Telemetry
import Testing

@testable import TelemetryStore

/// Traces of hand-written events: what is called by what, and what is missing.
struct TraceTests {
    private static let time = Timestamp(microseconds: 1_767_225_600_000_000)
    private static let root = "1-67891233-abcdef012345678912345678"

    private static func header(_ segment: String, root: String = root) -> String {
        "Root=\(root);Parent=\(segment);Sampled=1"
    }

    private static func at(_ milliseconds: Int64, _ kind: TelemetryEvent.Kind) -> TelemetryEvent {
        TelemetryEvent(kind, at: time + .milliseconds(milliseconds))
    }

    private static func api(
        _ segment: String, latency: Int64, status: Int = 200, parent: String = "", authorizer: AuthorizerVerdict? = nil
    ) -> APIRequest {
        APIRequest(
            requestID: "r-\(segment)", api: "orders", apiID: "a1", route: "POST /order", method: "POST", path: "/order",
            status: status, latency: .milliseconds(latency), integrationLatency: .milliseconds(latency - 4),
            authorizer: authorizer, traceHeader: header(segment), parentID: parent)
    }

    private static func start(
        _ number: UInt64, _ function: String, _ segment: String, parent: String, attempt: Int = 1,
        isAsynchronous: Bool = false
    ) -> InvocationStart {
        InvocationStart(
            requestID: RequestID(high: 1, low: number), function: function, trigger: "", isAsynchronous: isAsynchronous,
            attempt: attempt, traceHeader: header(segment), parentID: parent)
    }

    private static func end(
        _ number: UInt64, _ function: String, _ status: InvocationEnd.Status = .success, duration: Int64,
        queued: Int64 = 0, cold: Int64? = nil, overhead: Int64 = 0
    ) -> InvocationEnd {
        InvocationEnd(
            requestID: RequestID(high: 1, low: number), function: function, status: status,
            duration: .milliseconds(duration), queued: .milliseconds(queued),
            initDuration: cold.map { .milliseconds($0) }, overhead: .milliseconds(overhead),
            errorType: status == .success ? nil : "ValueError", errorMessage: status == .success ? nil : "no")
    }

    private static func call(
        _ service: String, _ operation: String, _ resource: String, caller: String, span: String, latency: Int64,
        status: Int = 200, code: String? = nil
    ) -> ServiceCall {
        ServiceCall(
            service: service, operation: operation, resource: resource, status: status, errorCode: code,
            latency: .milliseconds(latency), traceHeader: header(caller), spanID: span)
    }

    private static func stored(_ events: [TelemetryEvent], traceCap: Int = 100) async -> TelemetryStore {
        let store = TelemetryStore(traceCap: traceCap)
        await store.ingest(events)
        return store
    }

    /// `orders > f > …`, by depth.
    private static func picture(_ trace: Trace?) -> [String] {
        (trace?.spans ?? []).map { String(repeating: "  ", count: $0.depth) + $0.name }
    }

    /// An API calls a function, which writes to a table, calls another function and starts a workflow, whose state calls a third.
    private static func chain() -> [TelemetryEvent] {
        let execution = "arn:aws:states:us-east-1:000000000000:execution:flow:e1"
        let attempt = TraceHeader.segment(of: 3, in: "e")
        func event(_ id: Int, _ milliseconds: Int64, _ type: String, _ details: JSON = .null) -> HistoryEvent {
            HistoryEvent(
                id: id, previousID: id - 1, time: time + .milliseconds(milliseconds), type: type,
                details: details.object)
        }
        let state: JSON = ["name": "Charge"]
        return [
            at(2, .invocationStarted(start(1, "front", "f", parent: "a"))),
            at(30, .call(call("dynamodb", "PutItem", "Orders", caller: "f", span: "c1", latency: 3))),
            at(36, .invocationStarted(start(2, "inner", "g", parent: "c2"))),
            at(46, .invocationFinished(end(2, "inner", duration: 8))),
            at(35, .call(call("lambda", "Invoke", "inner", caller: "f", span: "c2", latency: 12))),
            at(
                51,
                .executionStarted(
                    ExecutionStart(
                        arn: execution, name: "e1",
                        machineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:flow",
                        definition: "{}", type: "STANDARD", input: "{}", traceHeader: header("e"), parentID: "c3"))),
            at(50, .call(call("states", "StartExecution", "flow", caller: "f", span: "c3", latency: 3))),
            at(56, .invocationFinished(end(1, "front", duration: 26, queued: 27, cold: 25, overhead: 1))),
            at(0, .apiRequest(api("a", latency: 60))),
            at(60, .invocationStarted(start(3, "charge", "h", parent: attempt))),
            at(70, .invocationFinished(end(3, "charge", duration: 9))),
            at(
                72,
                .executionHistory(
                    ExecutionHistory(
                        arn: execution,
                        events: [
                            event(1, 51, "ExecutionStarted"), event(2, 52, "TaskStateEntered", state),
                            event(3, 53, "TaskScheduled"), event(4, 54, "TaskStarted"), event(5, 71, "TaskSucceeded"),
                            event(6, 71, "TaskStateExited", state), event(7, 72, "ExecutionSucceeded"),
                        ]))),
            at(72, .executionEnded(ExecutionEnd(arn: execution, status: .succeeded))),
        ]
    }

    @Test("Every hop stands below what caused it, and its time is inside of that, unless nobody waited")
    func nests() async throws {
        let trace = try #require(await Self.stored(Self.chain()).trace(Self.root))
        #expect(
            Self.picture(trace) == [
                "orders", "  front", "    dynamodb PutItem", "    lambda Invoke", "      inner",
                "    states StartExecution", "      flow", "        Charge", "          charge",
            ])
        for span in trace.spans {
            guard let parent = span.parent.map({ trace.spans[$0] }), let parentEnd = parent.end else { continue }
            #expect(span.start >= parent.start, "\(span.name)")
            if !span.isAsynchronous { #expect(try #require(span.end) <= parentEnd, "\(span.name)") }
        }
        #expect(trace.spans.filter(\.isAsynchronous).map(\.name) == ["flow"])
    }

    @Test("An invocation's time is told apart into queue, cold start, handler and what came after the answer")
    func tellsPartsApart() async throws {
        let trace = try #require(await Self.stored(Self.chain()).trace(Self.root))
        let front = try #require(trace.spans.first { $0.name == "front" })
        #expect(front.parts.map(\.kind) == [.queue, .coldStart, .handler, .overhead])
        #expect(front.parts.map { ($0.end - $0.start).milliseconds } == [2, 25, 26, 1])
        #expect(front.duration(Self.time) == .milliseconds(53))
        #expect(trace.spans[0].parts.map(\.kind) == [.gateway, .integration])
    }

    @Test("The list says what began a trace, how long it took and whether anything in it failed")
    func lists() async throws {
        let row = try #require(await Self.stored(Self.chain()).traces(TraceQuery()).rows.first)
        #expect(row.kind == .api)
        #expect(row.name == "POST /order")
        #expect(row.duration == .milliseconds(72))
        #expect(row.responseTime == .milliseconds(60))
        #expect(row.spanCount == 9)
        #expect(row.worst == .ok)
        #expect(!row.isRunning)
        #expect(row.services == ["front", "Orders", "inner", "flow", "orders", "charge"])
    }

    @Test("Tries of an asynchronous invocation stand beside each other; an authorizer says what it is")
    func retries() async throws {
        let verdict = AuthorizerVerdict(
            name: "auth", kind: "REQUEST", isAllowed: true, latency: .milliseconds(5),
            invocation: RequestID(high: 1, low: 9))
        let trace = await Self.stored([
            Self.at(1, .invocationStarted(Self.start(9, "auth", "z", parent: "a"))),
            Self.at(4, .invocationFinished(Self.end(9, "auth", duration: 3))),
            Self.at(6, .call(Self.call("lambda", "Invoke", "f", caller: "a", span: "c", latency: 1))),
            Self.at(7, .invocationStarted(Self.start(1, "f", "t1", parent: "c", isAsynchronous: true))),
            Self.at(9, .invocationFinished(Self.end(1, "f", .error, duration: 2))),
            Self.at(70, .invocationStarted(Self.start(1, "f", "t2", parent: "c", attempt: 2, isAsynchronous: true))),
            Self.at(72, .invocationFinished(Self.end(1, "f", duration: 2))),
            Self.at(0, .apiRequest(Self.api("a", latency: 20, authorizer: verdict))),
        ]).trace(Self.root)
        #expect(Self.picture(trace) == ["orders", "  auth", "  lambda Invoke", "    f", "    f"])
        let spans = trace?.spans ?? []
        #expect(spans.map(\.detail) == ["POST /order", "authorizer", "f", "async", "attempt 2, async"])
        let statuses: [Trace.Status] = [.ok, .ok, .ok, .fault, .ok]
        #expect(spans.map(\.status) == statuses)
        #expect(spans.first?.parts.first?.kind == .authorizer)
        #expect(spans[3].error == "ValueError: no")
    }

    @Test("States that were tried again have a row for each attempt")
    func attempts() async throws {
        let arn = "arn:aws:states:us-east-1:000000000000:execution:flow:e2"
        func event(_ id: Int, _ previous: Int, _ type: String, _ details: JSON = .null) -> HistoryEvent {
            HistoryEvent(
                id: id, previousID: previous, time: Self.time + .milliseconds(Int64(id) * 10), type: type,
                details: details.object)
        }
        let name: JSON = ["name": "Pay"]
        let second = TraceHeader.segment(of: 5, in: "e")
        let trace = await Self.stored([
            Self.at(
                0,
                .executionStarted(
                    ExecutionStart(
                        arn: arn, name: "e2", machineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:flow",
                        definition: "{}", type: "STANDARD", input: "{}", traceHeader: Self.header("e")))),
            Self.at(
                90,
                .executionHistory(
                    ExecutionHistory(
                        arn: arn,
                        events: [
                            event(1, 0, "ExecutionStarted"), event(2, 0, "TaskStateEntered", name),
                            event(3, 2, "TaskScheduled"),
                            event(4, 3, "TaskFailed", ["error": "Oops", "cause": "once"]),
                            event(5, 4, "TaskScheduled"), event(6, 5, "TaskStarted"),
                        ]))),
            Self.at(55, .invocationStarted(Self.start(1, "pay", "p", parent: second))),
        ]).trace(Self.root)
        #expect(Self.picture(trace) == ["flow", "  Pay", "    attempt 1", "    attempt 2", "      pay"])
        let statuses: [Trace.Status] = [.running, .running, .fault, .running, .running]
        #expect(trace?.spans.map(\.status) == statuses)
        #expect(trace?.spans[2].error == "Oops: once")
    }

    @Test("What names a cause that is not there stands at the top and says so")
    func orphans() async throws {
        let trace = await Self.stored([
            Self.at(0, .apiRequest(Self.api("a", latency: 60))),
            Self.at(10, .call(Self.call("dynamodb", "GetItem", "Orders", caller: "gone", span: "c", latency: 3))),
        ]).trace(Self.root)
        #expect(Self.picture(trace) == ["orders", "dynamodb GetItem"])
        #expect(trace?.spans.map(\.isOrphan) == [false, true])
    }

    @Test("Spans that name each other as their cause, and clocks that differ, do no harm")
    func hostile() async throws {
        let trace = await Self.stored([
            Self.at(10, .invocationStarted(Self.start(1, "f", "x", parent: "y"))),
            Self.at(5, .invocationStarted(Self.start(2, "g", "y", parent: "x"))),
            Self.at(6, .invocationStarted(Self.start(3, "h", "s", parent: "s"))),
        ]).trace(Self.root)
        #expect(Set(Self.picture(trace).map { $0.filter { $0 != " " } }) == ["f", "g", "h"])
        #expect(trace?.spans.count == 3)
        let skewed = await Self.stored([
            Self.at(10, .invocationStarted(Self.start(1, "f", "x", parent: "a"))),
            Self.at(20, .apiRequest(Self.api("a", latency: 5))),
        ]).trace(Self.root)
        #expect(Self.picture(skewed) == ["orders", "  f"])
        #expect(skewed?.spans.map(\.isSkewed) == [false, true])
        #expect(skewed?.start == Self.time + .milliseconds(10))
    }

    @Test("Segments that programs send join the tree, and take the place of what was sent before")
    func segments() async throws {
        let part: JSON = [
            "id": "00000000000000ab", "name": "validate", "start_time": 1_767_225_600.032,
            "end_time": 1_767_225_600.034,
            "fault": true, "cause": ["exceptions": [["type": "ValueError", "message": "no"]]],
        ]
        func segment(_ end: Timestamp?) -> TraceSegment {
            TraceSegment(
                traceID: Self.root, id: "00000000000000aa", parentID: "f", name: "## handler", isSubsegment: true,
                start: Self.time + .milliseconds(31), end: end, document: ["subsegments": [part]])
        }
        let events =
            Self.chain() + [
                Self.at(31, .traceSegment(segment(nil))),
                Self.at(31, .traceSegment(segment(Self.time + .milliseconds(40)))),
            ]
        let trace = try #require(await Self.stored(events).trace(Self.root))
        let names = Self.picture(trace)
        #expect(names.contains("    ## handler") && names.contains("      validate"))
        #expect(names.filter { $0.contains("handler") }.count == 1)
        #expect(trace.spans.first { $0.name == "validate" }?.error == "ValueError: no")
        #expect(!trace.isRunning)
    }

    @Test("The oldest traces leave first, and are counted; a huge one is cut, and says how much")
    func caps() async throws {
        let events = (0..<30).map { number in
            Self.at(
                Int64(number),
                .invocationStarted(
                    InvocationStart(
                        requestID: RequestID(high: 2, low: UInt64(number)), function: "f", trigger: "",
                        traceHeader: Self.header("a", root: "1-\(number)"))))
        }
        let store = await Self.stored(events, traceCap: 10)
        #expect(await store.traces(TraceQuery()).matching == 10)
        #expect(await store.storeHealth().evicted["trace"] == 20)
        #expect(await store.trace("1-3") == nil)
        #expect(await store.trace("1-29") != nil)
        let calls = (0..<5000).map { number in
            Self.at(1, .call(Self.call("dynamodb", "GetItem", "T", caller: "a", span: "c\(number)", latency: 1)))
        }
        let huge = try #require(await Self.stored(calls, traceCap: 10_000).trace(Self.root))
        #expect(huge.omitted == 1000)
        #expect(huge.spans.count == 4000)
    }

    @Test(
        "Traces are found by what is in them",
        arguments: [
            ("orders", 1), ("/ORDER", 1), ("charge", 1), ("flow", 1), ("nothing", 0), ("abcdef012345678912345678", 1),
        ])
    func search(words: String, count: Int) async {
        let store = await Self.stored(Self.chain())
        #expect(await store.traces(TraceQuery(words: words)).matching == count)
    }

    @Test("The map has a node for each service and an edge for each who called whom")
    func maps() async throws {
        let store = await Self.stored(Self.chain())
        let map = await store.serviceMap(TimeWindow(start: Self.time - .seconds(1), end: Self.time + .seconds(1)))
        #expect(map.traces == 1)
        let edges = map.edges.map { "\(map.nodes[$0.from].name) > \(map.nodes[$0.to].name) \($0.measure.count)" }
        #expect(
            Set(edges) == [
                "clients > orders 1", "orders > front 1", "front > Orders 1", "front > inner 1", "front > flow 1",
                "flow > charge 1",
            ])
        #expect(map.edges.allSatisfy { $0.measure.latency?.count == 1 })
        let earlier = await store.serviceMap(TimeWindow(start: Self.time - .seconds(9), end: Self.time - .seconds(1)))
        #expect(earlier.nodes.isEmpty)
    }
}
