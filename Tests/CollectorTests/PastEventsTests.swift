import JSON
import Telemetry
import TelemetryStore
import Testing

@testable import Collector

/// Somebody attaches to a runtime that has done more than its events are kept for.
struct PastEventsTests {
    /// Opens the event stream of a source in the same process.
    private struct Opening: EventStreamOpening {
        let source: LocalSource

        func open(after sequence: UInt64, epoch: String?) -> AsyncThrowingStream<[UInt8], any Error> {
            let lines = source.lines(after: sequence, epoch: epoch)
            let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
            let task = Task {
                for await piece in lines { continuation.yield(piece) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
            return stream
        }
    }

    private static let machine = StateMachineDescription(
        arn: "arn:aws:states:us-east-1:0:stateMachine:flow", name: "flow", type: "STANDARD", definition: "{}")
    private static let execution = "arn:aws:states:us-east-1:0:execution:flow:one"

    private static func history(_ ids: ClosedRange<Int>) -> ExecutionHistory {
        let events = ids.map { HistoryEvent(id: $0, previousID: $0 - 1, time: .now(), type: "PassStateEntered") }
        return ExecutionHistory(arn: execution, events: events, invocations: [:])
    }

    /// An execution and two invocations, then so many lines that their events leave, then the end of one invocation.
    private static func busyRuntime() async -> (source: LocalSource, store: TelemetryStore, run: Task<Void, Never>) {
        let store = TelemetryStore()
        let source = LocalSource(store: store)
        let run = Task { await source.run() }
        source.emit(TelemetryEvent(.functionChanged(FunctionDescription(name: "f"))))
        source.emit(TelemetryEvent(.stateMachineChanged(machine)))
        let start = ExecutionStart(
            arn: execution, name: "one", machineARN: machine.arn, definition: "{}", type: "STANDARD", input: "{}")
        source.emit(TelemetryEvent(.executionStarted(start)))
        source.emit(TelemetryEvent(.executionHistory(history(1...3))))
        let (first, second) = (RequestID(), RequestID())
        for id in [first, second] {
            source.emit(TelemetryEvent(.invocationStarted(InvocationStart(requestID: id, function: "f", trigger: "t"))))
        }
        source.emit(
            TelemetryEvent(
                .invocationFinished(
                    InvocationEnd(requestID: first, function: "f", status: .success, duration: .milliseconds(1)))))
        for _ in 0..<26 {
            var batch = LogBatch(group: "g", stream: "s", function: "f")
            batch.append([UInt8](repeating: 97, count: 1 << 20), at: .now())
            source.emit(TelemetryEvent(.log(batch)))
        }
        source.emit(TelemetryEvent(.executionHistory(history(3...5))))
        source.emit(TelemetryEvent(.executionEnded(ExecutionEnd(arn: execution, status: .succeeded, output: "{}"))))
        source.emit(
            TelemetryEvent(
                .invocationFinished(
                    InvocationEnd(requestID: second, function: "f", status: .success, duration: .milliseconds(1)))))
        await source.flush()
        return (source, store, run)
    }

    @Test("Who attaches late sees every execution and invocation once, and what is lost by kind")
    func attachesLate() async throws {
        let (source, _, run) = await Self.busyRuntime()
        let store = TelemetryStore()
        let attached = AttachedSource(name: "there", store: store, opening: Opening(source: source))
        let reading = Task { await attached.run() }
        await attached.caughtUp()
        let window = TimeWindow(last: .seconds(600), until: .now() + .seconds(5))
        let overview = await store.overview(window, buckets: 1)
        #expect(overview.functions.map(\.invocations) == [2])
        #expect(overview.inFlight == 0)
        #expect(await store.invocations(InvocationQuery(window: window)).count == 2)
        let detail = try #require(await store.execution(Self.execution))
        #expect(detail.events.map(\.id) == [1, 2, 3, 4, 5])
        #expect(detail.status == .succeeded)
        #expect(overview.executions.machines == [Self.machine])
        let gap = try #require(overview.health.gaps.first)
        #expect(gap.reason == "before attaching")
        #expect(Array(gap.lost.keys) == ["log"])
        #expect((gap.lost["log"] ?? 0) + overview.health.logLines == 26)
        reading.cancel()
        source.close()
        await reading.value
        await run.value
    }

    @Test("What was restored before changes nothing when it comes again")
    func restoresOnce() async {
        let (source, there, run) = await Self.busyRuntime()
        let store = TelemetryStore()
        for _ in 0..<2 {
            var past: PastEvents? = PastEvents(store: there, known: KnownInvocations())
            while let part = past {
                let (events, rest) = await part.next()
                await store.restore(events)
                past = rest
            }
        }
        let window = TimeWindow(last: .seconds(600), until: .now() + .seconds(5))
        let overview = await store.overview(window, buckets: 1)
        #expect(overview.functions.map(\.invocations) == [2])
        #expect(await store.execution(Self.execution)?.events.count == 5)
        #expect(await store.executions(ExecutionQuery()).rows.count == 1)
        source.close()
        await run.value
    }
}
