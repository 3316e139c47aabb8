import JSON
import Telemetry
import Testing

@testable import TelemetryStore

/// Traces of which something is missing, wrong, or too much; and how they are found.
struct BrokenTraceTests {
    @Test("What names a cause that is not there stands at the top and says so")
    func orphans() async throws {
        let trace = await TraceEvents.stored([
            TraceEvents.at(0, .apiRequest(TraceEvents.api("a", latency: 60))),
            TraceEvents.at(
                10, .call(TraceEvents.call("dynamodb", "GetItem", "Orders", caller: "gone", span: "c", latency: 3))),
        ]).trace(TraceEvents.root)
        #expect(TraceEvents.picture(trace) == ["orders", "dynamodb GetItem"])
        #expect(trace?.spans.map(\.isOrphan) == [false, true])
    }

    @Test("Spans that name each other as their cause, and clocks that differ, do no harm")
    func hostile() async throws {
        let trace = await TraceEvents.stored([
            TraceEvents.at(10, .invocationStarted(TraceEvents.start(1, "f", "x", parent: "y"))),
            TraceEvents.at(5, .invocationStarted(TraceEvents.start(2, "g", "y", parent: "x"))),
            TraceEvents.at(6, .invocationStarted(TraceEvents.start(3, "h", "s", parent: "s"))),
        ]).trace(TraceEvents.root)
        #expect(Set(TraceEvents.picture(trace).map { $0.filter { $0 != " " } }) == ["f", "g", "h"])
        #expect(trace?.spans.count == 3)
        let skewed = await TraceEvents.stored([
            TraceEvents.at(10, .invocationStarted(TraceEvents.start(1, "f", "x", parent: "a"))),
            TraceEvents.at(20, .apiRequest(TraceEvents.api("a", latency: 5))),
        ]).trace(TraceEvents.root)
        #expect(TraceEvents.picture(skewed) == ["orders", "  f"])
        #expect(skewed?.spans.map(\.isSkewed) == [false, true])
        #expect(skewed?.start == TraceEvents.time + .milliseconds(10))
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
                traceID: TraceEvents.root, id: "00000000000000aa", parentID: "f", name: "## handler",
                isSubsegment: true,
                start: TraceEvents.time + .milliseconds(31), end: end, document: ["subsegments": [part]])
        }
        let events =
            TraceEvents.chain() + [
                TraceEvents.at(31, .traceSegment(segment(nil))),
                TraceEvents.at(31, .traceSegment(segment(TraceEvents.time + .milliseconds(40)))),
            ]
        let trace = try #require(await TraceEvents.stored(events).trace(TraceEvents.root))
        let names = TraceEvents.picture(trace)
        #expect(names.contains("    ## handler") && names.contains("      validate"))
        #expect(names.filter { $0.contains("handler") }.count == 1)
        #expect(trace.spans.first { $0.name == "validate" }?.error == "ValueError: no")
        #expect(!trace.isRunning)
    }

    @Test("The oldest traces leave first, and are counted; a huge one is cut, and says how much")
    func caps() async throws {
        let events = (0..<30).map { number in
            TraceEvents.at(
                Int64(number),
                .invocationStarted(
                    InvocationStart(
                        requestID: RequestID(high: 2, low: UInt64(number)), function: "f", trigger: "",
                        traceHeader: TraceEvents.header("a", root: "1-\(number)"))))
        }
        let store = await TraceEvents.stored(events, traceCap: 10)
        #expect(await store.traces(TraceQuery()).matching == 10)
        #expect(await store.storeHealth().evicted["trace"] == 20)
        #expect(await store.trace("1-3") == nil)
        #expect(await store.trace("1-29") != nil)
        let calls = (0..<5000).map { number in
            TraceEvents.at(
                1, .call(TraceEvents.call("dynamodb", "GetItem", "T", caller: "a", span: "c\(number)", latency: 1)))
        }
        let huge = try #require(await TraceEvents.stored(calls, traceCap: 10_000).trace(TraceEvents.root))
        #expect(huge.omitted == 1000)
        #expect(huge.spans.count == 4000)
    }

    @Test(
        "Traces are found by what is in them",
        arguments: [
            ("orders", 1), ("/ORDER", 1), ("charge", 1), ("flow", 1), ("nothing", 0), ("abcdef012345678912345678", 1),
        ])
    func search(words: String, count: Int) async {
        let store = await TraceEvents.stored(TraceEvents.chain())
        #expect(await store.traces(TraceQuery(words: words)).matching == count)
    }

    @Test("The map has a node for each service and an edge for each who called whom")
    func maps() async throws {
        let store = await TraceEvents.stored(TraceEvents.chain())
        let map = await store.serviceMap(
            TimeWindow(start: TraceEvents.time - .seconds(1), end: TraceEvents.time + .seconds(1)))
        #expect(map.traces == 1)
        let edges = map.edges.map { "\(map.nodes[$0.from].name) > \(map.nodes[$0.to].name) \($0.measure.count)" }
        #expect(
            Set(edges) == [
                "clients > orders 1", "orders > front 1", "front > Orders 1", "front > inner 1", "front > flow 1",
                "flow > charge 1",
            ])
        #expect(map.edges.allSatisfy { $0.measure.latency?.count == 1 })
        let earlier = await store.serviceMap(
            TimeWindow(start: TraceEvents.time - .seconds(9), end: TraceEvents.time - .seconds(1)))
        #expect(earlier.nodes.isEmpty)
    }
}
