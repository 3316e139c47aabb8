import JSON
import Telemetry
import Testing

@testable import TelemetryStore

struct ExecutionArchiveTests {
    @Test func listsNewestFirstInPages() {
        var archive = ExecutionArchive(capacity: 100, historyCap: 1 << 20)
        for number in 0..<30 { run(number, in: &archive) }
        let page = archive.page(ExecutionQuery(offset: 10, limit: 5))
        #expect(page.rows.map(\.name) == ["e19", "e18", "e17", "e16", "e15"])
        #expect(page.matching == 30)
        #expect(page.counts == [.succeeded: 15, .running: 15])
        let running = archive.page(ExecutionQuery(statuses: [.running], words: "E2"))
        #expect(running.rows.map(\.name) == ["e29", "e27", "e25", "e23", "e21"])
        #expect(archive.running == 15)
    }

    @Test func oldHistoriesLeaveBeforeExecutions() {
        var archive = ExecutionArchive(capacity: 8, historyCap: 30_000)
        for number in 0..<10 { run(number * 2, in: &archive, payload: 5000) }
        #expect(archive.historyBytes <= 30_000)
        #expect(archive.evictedHistories > 0)
        #expect(archive.evicted == 2)
        let rows = archive.page(ExecutionQuery()).rows
        #expect(rows.count == 8)
        #expect(rows.last?.isHistoryGone == true)
        #expect(rows.last?.strip.map(\.name) == ["Only"])
        #expect(rows.first?.isHistoryGone == false)
        #expect(archive[arn(18)]?.events.count == 2)
    }

    @Test func runningOnesAreBoundedAsWell() {
        var archive = ExecutionArchive(capacity: 1000, historyCap: 30_000)
        for number in 0..<40 { run(2 * number + 1, in: &archive, payload: 5000) }
        #expect(archive.historyBytes <= 40_000)
        #expect(archive.running == 40)
    }

    @Test func findsTheExecutionOfAnInvocation() {
        var archive = ExecutionArchive(capacity: 10, historyCap: 1 << 20)
        let id = RequestID(high: 1, low: 2)
        run(1, in: &archive)
        archive.took(ExecutionHistory(arn: arn(1), events: [], invocations: [2: id]))
        #expect(archive.place(of: id)?.state == "Only")
        #expect(archive.place(of: id)?.execution == "e1")
        #expect(archive.place(of: RequestID(high: 9, low: 9)) == nil)
    }

    @Test func theSameEventsAgainChangeNothing() {
        var archive = ExecutionArchive(capacity: 10, historyCap: 1 << 20)
        run(1, in: &archive)
        run(1, in: &archive)
        #expect(archive.page(ExecutionQuery()).matching == 1)
        #expect(archive[arn(1)]?.events.count == 2)
    }

    @Test func snapshotsKeepWhatTheySaw() {
        var events = HistoryEvents()
        for id in 1...1000 {
            events.append(HistoryEvent(id: id, previousID: id - 1, time: .init(milliseconds: 0), type: "T"))
        }
        let seen = events
        events.append(HistoryEvent(id: 1001, previousID: 1000, time: .init(milliseconds: 0), type: "T"))
        #expect(seen.count == 1000)
        #expect(events.event(id: 1001)?.id == 1001)
        #expect(events.event(id: 0) == nil && events.event(id: 1002) == nil && events.event(id: .min) == nil)
    }

    @Test func countsInTheHealthOfTheStore() async {
        let store = TelemetryStore(executionCap: 2, historyCap: 1 << 20)
        for number in 0..<5 {
            await store.ingest([TelemetryEvent(.executionStarted(start(number)), at: Timestamp(milliseconds: 1000))])
        }
        #expect(await store.storeHealth().evicted["execution"] == 3)
        #expect(await store.execution("e4")?.start.arn == arn(4))
        #expect(await store.execution("e0") == nil)
    }

    // MARK: Samples

    private func arn(_ number: Int) -> String { "arn:aws:states:us-east-1:000000000000:execution:machine:e\(number)" }

    private func start(_ number: Int) -> ExecutionStart {
        ExecutionStart(
            arn: arn(number), name: "e\(number)",
            machineARN: "arn:aws:states:us-east-1:000000000000:stateMachine:machine",
            definition: "{}", type: "STANDARD", input: "{}")
    }

    /// Even ones succeed, odd ones run on.
    private func run(_ number: Int, in archive: inout ExecutionArchive, payload: Int = 2) {
        let time = Timestamp(milliseconds: 1_000_000 + Int64(number))
        archive.started(start(number), at: time)
        let input: JSON = ["name": "Only", "input": .string(String(repeating: "x", count: payload))]
        archive.took(
            ExecutionHistory(
                arn: arn(number),
                events: [
                    HistoryEvent(id: 1, previousID: 0, time: time, type: "ExecutionStarted"),
                    HistoryEvent(id: 2, previousID: 0, time: time, type: "PassStateEntered", details: input.object),
                ]))
        guard number.isMultiple(of: 2) else { return }
        archive.ended(ExecutionEnd(arn: arn(number), status: .succeeded, output: "{}"), at: time)
    }
}
