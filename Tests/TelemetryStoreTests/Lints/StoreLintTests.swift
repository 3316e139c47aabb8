import JSON
import Telemetry
import Testing

@testable import TelemetryStore

struct StoreLintTests {
    private let now = Timestamp.now()
    private var window: TimeWindow { TimeWindow(last: .seconds(900), until: now + .seconds(1)) }

    private func id(_ number: UInt64) -> RequestID { RequestID(high: number, low: 1) }

    private func invocation(
        _ number: UInt64, _ status: InvocationEnd.Status = .success, attempt: Int = 1, isAsynchronous: Bool = false
    ) -> [TelemetryEvent] {
        let start = InvocationStart(
            requestID: id(number), function: "pay", trigger: "invoke", isAsynchronous: isAsynchronous, attempt: attempt)
        let end = InvocationEnd(requestID: id(number), function: "pay", status: status, duration: .milliseconds(5))
        return [
            TelemetryEvent(.invocationStarted(start), at: now - .seconds(60)),
            TelemetryEvent(.invocationFinished(end), at: now - .seconds(59)),
        ]
    }

    private func log(_ number: UInt64, _ lines: [String]) -> TelemetryEvent {
        var batch = LogBatch(group: "/aws/lambda/pay", stream: "s", function: "pay")
        for line in lines { batch.append(line.utf8, at: now - .seconds(60), requestID: id(number)) }
        return TelemetryEvent(.log(batch), at: now)
    }

    private func findings(_ events: [TelemetryEvent]) async -> [Finding] {
        let store = TelemetryStore()
        await store.ingest([TelemetryEvent(.functionChanged(FunctionDescription(name: "pay", runtime: "x")), at: now)])
        await store.ingest(events)
        return await store.lints(window).findings
    }

    @Test("A success that logged an error is told with the line; a failure that did is not")
    func swallowed() async throws {
        let found = await findings(
            invocation(1) + invocation(2, .error) + invocation(3)
                + [log(1, ["START", "[ERROR] card declined"]), log(2, ["[ERROR] no"]), log(3, ["fine"])])
        let finding = try #require(found.first { $0.rule == .swallowedErrors })
        #expect(finding.text.contains("1 of 2"))
        #expect(finding.text.contains("card declined"))
        #expect(finding.place == .invocation(id(1)))
    }

    private func step(_ step: EventSourceChange.Step, _ detail: String = "", ago: Int64) -> TelemetryEvent {
        let change = EventSourceChange(
            id: "m", function: "pay", source: "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/1",
            step: step,
            records: 2, first: "1", last: "2", detail: detail)
        return TelemetryEvent(.eventSource(change), at: now - .seconds(ago))
    }

    @Test("Records that were given up and told to nobody are lost; those that a destination knows of are not")
    func lostRecords() async throws {
        let given = [step(.failed, "KeyError: no", ago: 60), step(.discarded, ago: 59)]
        for end in [[], [step(.destinationFailed, "arn:aws:sqs:us-east-1:0:q: NotFound: no", ago: 59)]] {
            let finding = try #require(await findings(given + end).first { $0.rule == .lostRecords })
            #expect(finding.text.hasPrefix("2 records of the stream of orders were given up in "))
            #expect(finding.text.hasSuffix(" (last: KeyError: no), and nobody was told."))
            #expect(finding.advice.contains("cannot be reached") == !end.isEmpty)
            #expect(finding.place == .eventSources("pay"))
        }
        let told = given + [step(.sentToDestination, "arn:aws:sqs:us-east-1:0:q", ago: 59)]
        #expect(await findings(told).allSatisfy { $0.rule != .lostRecords })
    }

    @Test("A batch that fails again and again is told while it holds up the others")
    func standingStream() async throws {
        let failing = [60, 40, 20].map { step(.failed, "KeyError: no", ago: $0) }
        let finding = try #require(await findings(failing).first { $0.rule == .standingStream })
        #expect(
            finding.text.hasPrefix("It failed 3 times in 1 min on the same records of the stream of orders (Key"))
        #expect(await findings(failing + [step(.delivered, ago: 1)]).allSatisfy { $0.rule != .standingStream })
        #expect(await findings(Array(failing.prefix(2))).allSatisfy { $0.rule != .standingStream })
        let halving = [step(.failed, ago: 1), step(.failed, ago: 1), step(.failed, ago: 1)]
        #expect(await findings(halving).allSatisfy { $0.rule != .standingStream })
    }

    @Test("A stack trace without a level counts as an error")
    func trace() async {
        let found = await findings(invocation(1) + [log(1, ["Traceback (most recent call last):", "  File"])])
        #expect(found.map(\.rule) == [.swallowedErrors])
    }

    @Test("An invocation that floods the log is found across chunks")
    func flood() async throws {
        let lines = Array(repeating: String(repeating: "x", count: 150), count: 5001)
        let found = await findings(invocation(1) + [log(1, lines), log(1, lines)])
        let finding = try #require(found.first { $0.rule == .logFlood })
        #expect(finding.text.contains("10,002"))
        #expect(finding.place == .logs("req:\(id(1))"))
    }

    @Test("An asynchronous event whose three attempts failed is one event")
    func retries() async throws {
        let found = await findings((1...3).flatMap { invocation(1, .error, attempt: $0, isAsynchronous: true) })
        let finding = try #require(found.first { $0.rule == .asynchronousRetries })
        #expect(finding.severity == .error)
        #expect(finding.text.hasPrefix("1 asynchronous event was tried again"))
        #expect(finding.text.contains("1 failed for good"))
    }

    @Test("Timeouts of the window are counted")
    func timeouts() async {
        let found = await findings(invocation(1, .timeout) + invocation(2, .timeout) + invocation(3))
        #expect(found.first { $0.rule == .timeout }?.text.hasPrefix("2 invocations timed out") == true)
    }

    @Test("A report is good for a second, and not for another window")
    func cached() {
        let known = KnownLints(report: LintReport(window: window), made: .now)
        func moved(_ by: Microseconds) -> TimeWindow { TimeWindow(start: window.start + by, end: window.end + by) }
        #expect(known.isGood(for: window))
        #expect(known.isGood(for: moved(.milliseconds(999))))
        #expect(!known.isGood(for: moved(.seconds(1))))
        #expect(!known.isGood(for: moved(.milliseconds(-1))))
        #expect(!known.isGood(for: TimeWindow(last: .seconds(300), until: window.end)))
        let old = KnownLints(report: LintReport(window: window), made: .now - .seconds(2))
        #expect(!old.isGood(for: window))
    }

    // MARK: Workflows

    private static let machine = "arn:aws:states:us-east-1:000000000000:stateMachine:flow"

    private func execution(
        _ name: String, _ end: ExecutionStatus, error: String? = nil, visits: Int = 1, retries: Int = 0
    )
        -> [TelemetryEvent]
    {
        let arn = "arn:aws:states:us-east-1:000000000000:execution:flow:\(name)"
        var events: [HistoryEvent] = []
        func add(_ type: String, _ details: JSONObject?) {
            events.append(
                HistoryEvent(
                    id: events.count + 1, previousID: events.count, time: now - .seconds(60), type: type,
                    details: details))
        }
        add("ExecutionStarted", nil)
        for _ in 0..<visits {
            add("TaskStateEntered", (["name": "Work"] as JSON).object)
            for _ in 0...retries {
                add("LambdaFunctionScheduled", nil)
                add("LambdaFunctionFailed", (["error": "Busy"] as JSON).object)
            }
            add("TaskStateExited", (["name": "Work"] as JSON).object)
        }
        let start = ExecutionStart(
            arn: arn, name: name, machineARN: Self.machine, definition: "", type: "STANDARD", input: "{}")
        return [
            TelemetryEvent(.executionStarted(start), at: now - .seconds(61)),
            TelemetryEvent(.executionHistory(ExecutionHistory(arn: arn, events: events)), at: now - .seconds(60)),
            TelemetryEvent(.executionEnded(ExecutionEnd(arn: arn, status: end, error: error)), at: now - .seconds(59)),
        ]
    }

    @Test("Failed executions are told by error, the most frequent first")
    func failures() async {
        let found = await findings(
            execution("a", .failed, error: "Declined") + execution("b", .failed, error: "Declined")
                + execution("c", .timedOut) + execution("d", .succeeded))
        let failures = found.filter { $0.rule == .executionFailures }
        #expect(Set(failures.map(\.id.detail)) == ["Declined", "timed out"])
        #expect(failures.first { $0.id.detail == "Declined" }?.text.hasPrefix("2 of 4 executions (50 %)") == true)
        #expect(
            failures.first { $0.id.detail == "Declined" }?.place
                == .execution("arn:aws:states:us-east-1:000000000000:execution:flow:b"))
    }

    @Test("An execution that goes in a loop is found with the state")
    func loop() async {
        let found = await findings(execution("a", .succeeded, visits: 50) + execution("b", .succeeded, visits: 49))
        #expect(found.map(\.rule) == [.executionLoop])
        #expect(found.first?.text.hasPrefix("a entered Work 50 times") == true)
    }

    @Test("An execution that retries a lot is found with the state")
    func retriesOfStates() async {
        let found = await findings(execution("a", .succeeded, retries: 5) + execution("b", .succeeded, retries: 4))
        #expect(found.map(\.rule) == [.executionRetries])
        #expect(found.first?.text.contains("Work of a 5 times") == true)
    }
}
