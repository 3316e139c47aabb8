import JSON
import Telemetry
import TelemetryStore
import Testing

@testable import XRay

struct SegmentTests {
    private static let trace = "1-67891233-abcdef012345678912345678"
    private static let head = #""id":"0123456789abcdef","trace_id":"\#(trace)","name":"n","start_time":1.5"#

    @Test(
        "Documents that are not as they should be are refused with X-Ray's code",
        arguments: [
            ("[", "ParseError"), ("[]", "ParseError"), ("{}", "MissingId"), (#"{"id":"x"}"#, "InvalidId"),
            (#"{"id":"0123456789abcdef"}"#, "MissingTraceId"),
            (#"{"id":"0123456789abcdef","trace_id":"1-2-3"}"#, "InvalidTraceId"),
            (#"{"id":"0123456789abcdef","trace_id":"\#(trace)"}"#, "MissingName"),
            (#"{"id":"0123456789abcdef","trace_id":"\#(trace)","name":"n"}"#, "MissingStartTime"),
            (#"{\#(head)}"#, "MissingEndTime"), (#"{\#(head),"end_time":1e300}"#, "InvalidEndTime"),
            (#"{\#(head),"end_time":2,"type":"subsegment"}"#, "MissingParentId"),
            (String(repeating: " ", count: 70_000), "OversizedSegment"),
        ])
    func refuses(text: String, code: String) {
        let error = #expect(throws: SegmentDocument.Refusal.self) { try SegmentDocument.read(text) }
        #expect(error?.code == code)
    }

    @Test("A segment in progress has no end, and 32 digits are a trace id as well")
    func reads() throws {
        let text =
            #"{"id":"0123456789abcdef","trace_id":"67891233abcdef012345678912345678","name":"n","start_time":1.5,"in_progress":true}"#
        let segment = try SegmentDocument.read(text)
        #expect(segment.traceID == Self.trace)
        #expect(segment.end == nil)
        #expect(segment.start == Timestamp(microseconds: 1_500_000))
    }

    @Test("Segments of a trace have their calls and phases inside, and name what caused them")
    func writes() async throws {
        let store = TelemetryStore()
        let time = Timestamp(microseconds: 1_767_225_600_000_000)
        let id = RequestID(high: 1, low: 2)
        let root = "Root=\(Self.trace)"
        await store.ingest([
            TelemetryEvent(
                .invocationStarted(
                    InvocationStart(
                        requestID: id, function: "f", trigger: "POST /order",
                        traceHeader: "\(root);Parent=000000000000000b;Sampled=1", parentID: "000000000000000a")),
                at: time + .milliseconds(5)),
            TelemetryEvent(
                .call(
                    ServiceCall(
                        service: "dynamodb", operation: "PutItem", resource: "Orders", status: 400,
                        errorCode: "ConditionalCheckFailedException", latency: .milliseconds(3),
                        traceHeader: "\(root);Parent=000000000000000b;Sampled=1", spanID: "000000000000000c")),
                at: time + .milliseconds(30)),
            TelemetryEvent(
                .invocationFinished(
                    InvocationEnd(
                        requestID: id, function: "f", status: .success, duration: .milliseconds(40),
                        queued: .milliseconds(20), initDuration: .milliseconds(15), overhead: .milliseconds(1))),
                at: time + .milliseconds(66)),
            TelemetryEvent(
                .apiRequest(
                    APIRequest(
                        requestID: "r", api: "orders", route: "POST /order", method: "POST", path: "/order",
                        status: 200,
                        latency: .milliseconds(70), traceHeader: "\(root);Parent=000000000000000a;Sampled=1")), at: time
            ),
        ])
        let trace = try #require(await store.trace(Self.trace))
        let segments = SegmentWriter(trace, region: "us-east-1", account: "000000000000").segments
        #expect(segments.map { $0["name"]?.string } == ["orders", "f"])
        #expect(segments[1]["parent_id"]?.string == "000000000000000a")
        let parts = segments[1]["subsegments"]?.array ?? []
        #expect(
            parts.map { $0["name"]?.string } == [
                "Dwell Time", "Initialization", "Invocation", "Overhead", "DynamoDB",
            ])
        // The segment lasts until the environment was free.
        #expect(parts[3]["end_time"] == segments[1]["end_time"])
        #expect(parts.last?["aws"]?["table_name"]?.string == "Orders")
        #expect(parts.last?["error"]?.bool == true)
        #expect(parts.last?["start_time"]?.double == 1_767_225_600.03)
        #expect(segments[0]["http"]?["request"]?["method"]?.string == "POST")
    }
}
