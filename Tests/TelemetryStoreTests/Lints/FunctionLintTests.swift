import Telemetry
import Testing

@testable import TelemetryStore

/// A function that nothing is wrong with, changed by each case.
struct LintCase: Sendable, CustomTestStringConvertible {
    var what: String
    var rules: [LintRule]
    var severity = Finding.Severity.warning
    /// Must stand in the sentence.
    var words: [String] = []
    var change: @Sendable (inout FunctionLintFacts) -> Void

    var testDescription: String { what }

    static func percentiles(_ p50: Int64, p99: Int64, count: Int = 200) -> Percentiles {
        Percentiles(
            p50: .milliseconds(p50), p90: .milliseconds(p99), p95: .milliseconds(p99), p99: .milliseconds(p99),
            max: .milliseconds(p99), count: count)
    }

    var facts: FunctionLintFacts {
        var summary = FunctionSummary(
            function: FunctionDescription(name: "pay", runtime: "python3.13", memoryMiB: 128, timeout: .seconds(3)))
        summary.invocations = 200
        summary.latency = Self.percentiles(40, p99: 400)
        summary.maxMemoryUsedMiB = 60
        summary.lastInvocation = Timestamp(milliseconds: 1)
        var facts = FunctionLintFacts(summary: summary)
        change(&facts)
        return facts
    }
}

struct FunctionLintTests {
    static let request = RequestID(high: 7, low: 9)

    static let cases: [LintCase] = [
        LintCase(what: "nothing is wrong", rules: []) { _ in },
        LintCase(
            what: "p99 at four fifths of the timeout", rules: [.nearTimeout],
            words: ["p99 is 2.4 s", "80 %", "3 s", "200 invocations", "in 15 min"]
        ) { $0.summary.latency = LintCase.percentiles(40, p99: 2400) },
        LintCase(what: "p99 below it", rules: []) { $0.summary.latency = LintCase.percentiles(40, p99: 2399) },
        LintCase(what: "a p99 of few", rules: []) {
            $0.summary.latency = LintCase.percentiles(40, p99: 2900, count: 19)
        },
        LintCase(what: "a timeout that is not known", rules: []) {
            $0.summary.function.runtime = ""
            $0.summary.latency = LintCase.percentiles(40, p99: 2900)
        },
        LintCase(
            what: "timeouts, which are told instead", rules: [.timeout], severity: .error,
            words: ["1 invocation timed out after 3 s"]
        ) {
            $0.summary.latency = LintCase.percentiles(40, p99: 3000)
            $0.timeouts.note(request)
        },
        LintCase(what: "memory near its limit", rules: [.nearMemoryLimit], words: ["116 of 128 MiB", "90.6 %"]) {
            $0.summary.maxMemoryUsedMiB = 116
        },
        LintCase(what: "out of memory", rules: [.outOfMemory], severity: .error, words: ["128 MiB"]) {
            $0.summary.maxMemoryUsedMiB = 128
            $0.outOfMemory.note(request)
        },
        LintCase(what: "memory far too big", rules: [.memoryTooBig], severity: .note, words: ["60 of 1024 MiB"]) {
            $0.summary.function.memoryMiB = 1024
        },
        LintCase(what: "big memory, seldom used", rules: []) {
            $0.summary.function.memoryMiB = 1024
            $0.summary.invocations = 49
        },
        LintCase(what: "a storm of cold starts", rules: [.coldStarts], words: ["20 %", "200 invocations", "40"]) {
            $0.summary.coldStarts = 40
        },
        LintCase(what: "cold starts of a function that is seldom called", rules: []) {
            $0.summary.invocations = 100
            $0.summary.coldStarts = 100
        },
        LintCase(what: "a long init", rules: [.longInit], words: ["5 cold starts", "1.2 s", "40 ms"]) {
            $0.summary.coldStarts = 5
            $0.summary.initLatency = LintCase.percentiles(1200, p99: 1500, count: 5)
        },
        LintCase(what: "an init long beside the handler", rules: [.longInit], severity: .note) {
            $0.summary.coldStarts = 20
            $0.summary.initLatency = LintCase.percentiles(450, p99: 500, count: 20)
        },
        LintCase(what: "an init that few wait for", rules: []) {
            $0.summary.coldStarts = 5
            $0.summary.initLatency = LintCase.percentiles(450, p99: 500, count: 5)
        },
        LintCase(
            what: "many throttles", rules: [.throttles], severity: .error,
            words: ["50 calls (20 %)", "reserved concurrency of 2"]
        ) {
            $0.summary.throttles = 50
            $0.summary.function.reservedConcurrency = 2
        },
        LintCase(what: "one throttle in many", rules: [.throttles], words: ["1 call (0.5 %)"]) {
            $0.summary.throttles = 1
        },
        LintCase(
            what: "errors that began just now", rules: [.errorBurst], severity: .error,
            words: ["50 % of the last 100", "1 % of the 500 before"]
        ) {
            $0.summary.invocationSeries = Array(repeating: 10, count: 60)
            $0.summary.errorSeries = [5] + Array(repeating: 0, count: 49) + Array(repeating: 5, count: 10)
        },
        LintCase(what: "errors at all times", rules: []) {
            $0.summary.invocationSeries = Array(repeating: 10, count: 60)
            $0.summary.errorSeries = Array(repeating: 5, count: 60)
        },
        LintCase(
            what: "an event that was tried again", rules: [.asynchronousRetries], words: ["1 asynchronous event was"]
        ) {
            $0.retriedEvents.note(request)
        },
        LintCase(
            what: "an event that failed for good", rules: [.asynchronousRetries], severity: .error,
            words: ["1 failed for good"]
        ) {
            $0.retriedEvents.note(request)
            $0.exhaustedEvents.note(request)
        },
        LintCase(what: "a swallowed error", rules: [.swallowedErrors], words: ["1 of 200", "ERROR no stock"]) {
            $0.swallowed.note(request)
            $0.successes = 200
            $0.swallowedLine = "ERROR no stock"
        },
        LintCase(what: "a flood", rules: [.logFlood], words: ["10,000", "12,345"]) {
            $0.floods.note(request)
            $0.mostLines = 12_345
        },
        LintCase(what: "never called", rules: [.neverCalled], severity: .note, words: ["15 min"]) {
            $0.summary = FunctionSummary(function: $0.summary.function)
        },
        LintCase(what: "another interpreter", rules: [.runtimeWarning], severity: .note, words: ["python3.11"]) {
            $0.summary.function.warnings = ["python3.13 is not here: it runs on python3.11"]
        },
    ]

    @Test("Finds what is wrong with a function, and nothing else", arguments: cases)
    func finds(_ example: LintCase) {
        let findings = FunctionLints(facts: example.facts, observed: .seconds(900)).findings
        #expect(findings.map(\.rule) == example.rules)
        for finding in findings {
            #expect(finding.severity == example.severity)
            for words in example.words { #expect(finding.text.contains(words), "\(finding.text)") }
            #expect(!finding.advice.isEmpty)
        }
    }

    @Test("The gravest finding comes first, and the list ends somewhere")
    func order() {
        let findings = (0..<300).map { number in
            Finding(
                number == 299 ? .timeout : .neverCalled, number == 299 ? .error : .note, .function("f\(number)"),
                text: "",
                advice: "", place: .function("f"))
        }
        let report = LintReport(window: TimeWindow(start: .now(), end: .now()), findings: findings)
        #expect(report.findings.first?.rule == .timeout)
        #expect(report.findings.count == LintReport.mostFindings)
        #expect(report.omitted == 100)
    }

    @Test(
        "Numbers have their units",
        arguments: [
            (Int64(840), "840 µs"), (6_400, "6.4 ms"), (412_000, "412 ms"), (2_400_000, "2.4 s"),
            (900_000_000, "15 min"),
            (3_600_000_000, "1 h"), (5_400_000_000, "1 h 30 min"),
        ])
    func units(microseconds: Int64, text: String) {
        #expect(LintText.duration(Microseconds(microseconds)) == text)
    }
}
