import AWSCore
import JSON
import Telemetry
import TelemetryStore
import Testing

@testable import XRay

struct FilterExpressionTests {
    /// A request that failed after half a second, with the annotations of a segment of its own.
    private static func row() async throws -> TraceRow {
        let store = TelemetryStore()
        let time = Timestamp(microseconds: 1_767_225_600_000_000)
        let request = APIRequest(
            requestID: "r", api: "orders", route: "POST /order", method: "POST", path: "/order", sourceIP: "127.0.0.1",
            status: 502, latency: .milliseconds(500), traceHeader: "Root=1-67891233-abcdef012345678912345678;Parent=a")
        let document: JSON = ["annotations": ["tier": "gold", "tries": 3, "vip": true]]
        let segment = TraceSegment(
            traceID: "1-67891233-abcdef012345678912345678", id: "b", parentID: "a", name: "checkout",
            start: time + .milliseconds(10), end: time + .milliseconds(20), document: document)
        await store.ingest([
            TelemetryEvent(.apiRequest(request), at: time),
            TelemetryEvent(.traceSegment(segment), at: segment.start),
        ])
        return try #require(await store.traces(TraceQuery()).rows.first)
    }

    @Test(
        "A condition matches what it names, and nothing else",
        arguments: [
            ("", true), ("fault", true), ("fault = true", true), ("fault = false", false), ("ok", false), ("!ok", true),
            ("error", false), ("throttle", false), ("NOT fault", false), ("responsetime > 0.4", true),
            ("responsetime > 0.6", false), ("duration >= 0.5 AND duration <= 1", true), ("http.status = 502", true),
            ("http.status != 502", false), ("http.url BEGINSWITH \"/ord\"", true), ("http.url CONTAINS 'x'", false),
            ("http.method = \"POST\" AND (fault OR throttle)", true), ("service(\"orders\")", true),
            ("service(\"other\")", false), ("service(\"checkout\") AND !throttle", true),
            ("annotation.tier = \"gold\"", true), ("annotation[tier] = \"silver\"", false),
            ("annotation.tries > 2", true),
            ("annotation.vip = true", true), ("annotation.none", false), ("annotation.vip", true),
        ])
    func matches(text: String, expected: Bool) async throws {
        #expect(try FilterExpression(text).matches(try await Self.row()) == expected, "\(text)")
    }

    @Test(
        "What is not understood or not supported is refused by name",
        arguments: [
            ("responsetime > \"a\"", "responsetime is compared with a number"), ("fault AND", "it ends too early"),
            ("(fault", "a parenthesis is not closed"), ("\"a", "a string is not closed"),
            ("fault fault", "not expected"),
            ("edge(\"a\", \"b\")", "does not support edge"), ("user = \"x\"", "does not support user"),
            ("service(\"a\") { fault }", "conditions in braces"), ("id(account.id: \"1\")", "does not support id"),
            (String(repeating: "(", count: 500), "nested too deeply"),
        ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: ServiceError.self) { try FilterExpression(text) }
        #expect(error?.code == "InvalidRequestException")
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
}
