import Telemetry
import TelemetryStore
import Testing

@testable import Dashboard

struct ErrorReportTests {
    @Test func hasNothingToSayOfASuccess() {
        #expect(ErrorReport(end(.success, response: "{}")) == nil)
    }

    @Test func readsPythonsStackTrace() {
        let report = ErrorReport(
            end(
                .error,
                response:
                    #"{"errorMessage":"no","errorType":"ValueError","stackTrace":["  File \"a.py\", line 1, in f\n    g()\n"]}"#
            ))
        #expect(report?.type == "ValueError")
        #expect(report?.message == "no")
        #expect(report?.stackTrace == ["  File \"a.py\", line 1, in f", "    g()"])
    }

    @Test func readsNodesTrace() {
        let report = ErrorReport(
            end(
                .error,
                response:
                    #"{"errorType":"TypeError","errorMessage":"x","trace":["TypeError: x","    at f (a.js:1:2)"]}"#))
        #expect(report?.stackTrace == ["TypeError: x", "    at f (a.js:1:2)"])
    }

    @Test(arguments: [
        "", "null", "[1]", "\u{1b}[2J", #"{"stackTrace": {"a": 1}}"#, #"{"stackTrace": [[1], [1, 2, 3]]}"#,
    ])
    func survivesAnswersOfOtherShapes(_ response: String) {
        let report = ErrorReport(end(.crash, response: response))
        #expect(report?.type == "Crash")
    }

    @Test func phasesFollowOneAnother() {
        var end = end(.success, response: "")
        end.queued = .milliseconds(320)
        end.initDuration = .milliseconds(310)
        end.overhead = .milliseconds(2)
        let start = InvocationStart(requestID: end.requestID, function: "f", trigger: "invoke")
        let record = InvocationRecord(start: start, startTime: Timestamp(milliseconds: 1000), end: end)
        let phases = InvocationPhase.phases(of: record, now: Timestamp(milliseconds: 9999))
        #expect(phases.map(\.kind) == [.queue, .initialise, .invoke, .extensions])
        #expect(phases.map(\.start.count) == [0, 10_000, 320_000, 408_000])
    }

    private func end(_ status: InvocationEnd.Status, response: String) -> InvocationEnd {
        InvocationEnd(
            requestID: RequestID(high: 1, low: 2), function: "f", status: status, duration: .milliseconds(88),
            response: Payload(Array(response.utf8)))
    }
}
