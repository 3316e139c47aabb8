import JSON
import Telemetry
import Testing

@testable import TelemetryStore

/// Traces of hand-written events: what is called by what.
struct TraceTests {
    @Test("Every hop stands below what caused it, and its time is inside of that, unless nobody waited")
    func nests() async throws {
        let trace = try #require(await TraceEvents.stored(TraceEvents.chain()).trace(TraceEvents.root))
        #expect(
            TraceEvents.picture(trace) == [
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
        let trace = try #require(await TraceEvents.stored(TraceEvents.chain()).trace(TraceEvents.root))
        let front = try #require(trace.spans.first { $0.name == "front" })
        #expect(front.parts.map(\.kind) == [.queue, .coldStart, .handler, .overhead])
        #expect(front.parts.map { ($0.end - $0.start).milliseconds } == [2, 25, 26, 1])
        #expect(front.duration(TraceEvents.time) == .milliseconds(53))
        #expect(trace.spans[0].parts.map(\.kind) == [.gateway, .integration])
    }

    @Test("The list says what began a trace, how long it took and whether anything in it failed")
    func lists() async throws {
        let row = try #require(await TraceEvents.stored(TraceEvents.chain()).traces(TraceQuery()).rows.first)
        #expect(row.kind == .api)
        #expect(row.name == "POST /order")
        #expect(row.duration == .milliseconds(72))
        #expect(row.responseTime == .milliseconds(60))
        #expect(row.spanCount == 9)
        #expect(row.worst == .ok)
        #expect(!row.isRunning)
        #expect(row.services == ["orders", "front", "Orders", "inner", "flow", "charge"])
    }

    @Test("Tries of an asynchronous invocation stand beside each other; an authorizer says what it is")
    func retries() async throws {
        let verdict = AuthorizerVerdict(
            name: "auth", kind: "REQUEST", isAllowed: true, latency: .milliseconds(5),
            invocation: RequestID(high: 1, low: 9))
        let trace = await TraceEvents.stored([
            TraceEvents.at(1, .invocationStarted(TraceEvents.start(9, "auth", "z", parent: "a"))),
            TraceEvents.at(4, .invocationFinished(TraceEvents.end(9, "auth", duration: 3))),
            TraceEvents.at(6, .call(TraceEvents.call("lambda", "Invoke", "f", caller: "a", span: "c", latency: 1))),
            TraceEvents.at(7, .invocationStarted(TraceEvents.start(1, "f", "t1", parent: "c", isAsynchronous: true))),
            TraceEvents.at(9, .invocationFinished(TraceEvents.end(1, "f", .error, duration: 2))),
            TraceEvents.at(
                70, .invocationStarted(TraceEvents.start(1, "f", "t2", parent: "c", attempt: 2, isAsynchronous: true))),
            TraceEvents.at(72, .invocationFinished(TraceEvents.end(1, "f", duration: 2))),
            TraceEvents.at(0, .apiRequest(TraceEvents.api("a", latency: 20, authorizer: verdict))),
        ]).trace(TraceEvents.root)
        #expect(TraceEvents.picture(trace) == ["orders", "  auth", "  lambda Invoke", "    f", "    f"])
        let spans = trace?.spans ?? []
        #expect(spans.map(\.detail) == ["POST /order", "authorizer", "f", "async", "attempt 2, async"])
        let statuses: [Trace.Status] = [.ok, .ok, .ok, .fault, .ok]
        #expect(spans.map(\.status) == statuses)
        #expect(spans.first?.parts.first?.kind == .authorizer)
        #expect(spans[3].error == "ValueError: no")
    }

    @Test("The children of a Map run stand below the state that it is of")
    func mapRuns() async throws {
        let arn = "arn:aws:states:us-east-1:000000000000:execution:flow:e3"
        let run = "arn:aws:states:us-east-1:000000000000:mapRun:flow/Each:r"
        func event(_ id: Int, _ type: String, _ details: JSON = .null) -> HistoryEvent {
            HistoryEvent(
                id: id, previousID: id - 1, time: TraceEvents.time + .milliseconds(Int64(id)), type: type,
                details: details.object)
        }
        let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:flow"
        let child = ExecutionStart(
            arn: "arn:aws:states:us-east-1:000000000000:execution:flow/Each:c", name: "c",
            machineARN: "\(machine)/Each",
            definition: "{}", type: "STANDARD", input: "{}", traceHeader: TraceEvents.header("k"),
            parentID: TraceHeader.segment(of: 4, in: "e"), mapRunARN: run)
        let trace = await TraceEvents.stored([
            TraceEvents.at(
                0,
                .executionStarted(
                    ExecutionStart(
                        arn: arn, name: "e3", machineARN: machine, definition: "{}", type: "STANDARD", input: "{}",
                        traceHeader: TraceEvents.header("e")))),
            TraceEvents.at(5, .executionStarted(child)),
            TraceEvents.at(
                6,
                .executionHistory(
                    ExecutionHistory(
                        arn: arn,
                        events: [
                            event(1, "ExecutionStarted"), event(2, "MapStateEntered", ["name": "Each"]),
                            event(3, "MapStateStarted", ["length": 1]),
                            event(4, "MapRunStarted", ["mapRunArn": .string(run)]),
                        ]))),
        ]).trace(TraceEvents.root)
        #expect(TraceEvents.picture(trace) == ["flow", "  Each", "    flow/Each"])
    }

    @Test("States that were tried again have a row for each attempt")
    func attempts() async throws {
        let arn = "arn:aws:states:us-east-1:000000000000:execution:flow:e2"
        func event(_ id: Int, _ previous: Int, _ type: String, _ details: JSON = .null) -> HistoryEvent {
            HistoryEvent(
                id: id, previousID: previous, time: TraceEvents.time + .milliseconds(Int64(id) * 10), type: type,
                details: details.object)
        }
        let name: JSON = ["name": "Pay"]
        let second = TraceHeader.segment(of: 5, in: "e")
        let trace = await TraceEvents.stored([
            TraceEvents.at(
                0,
                .executionStarted(
                    ExecutionStart(
                        arn: arn, name: "e2", machineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:flow",
                        definition: "{}", type: "STANDARD", input: "{}", traceHeader: TraceEvents.header("e")))),
            TraceEvents.at(
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
            TraceEvents.at(55, .invocationStarted(TraceEvents.start(1, "pay", "p", parent: second))),
        ]).trace(TraceEvents.root)
        #expect(TraceEvents.picture(trace) == ["flow", "  Pay", "    attempt 1", "    attempt 2", "      pay"])
        let statuses: [Trace.Status] = [.running, .running, .fault, .running, .running]
        #expect(trace?.spans.map(\.status) == statuses)
        #expect(trace?.spans[2].error == "Oops: once")
    }
}
