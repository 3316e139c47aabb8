import JSON
import Telemetry
import Terminal
import Testing

@testable import Dashboard
@testable import TelemetryStore

struct ExecutionScreenTests {
    static let sizes = [(200, 60), (160, 48), (120, 40), (80, 24), (1, 1)]

    @Test(arguments: sizes)
    func drawsOneThatRuns(_ columns: Int, _ rows: Int) {
        let stage = stage(ExecutionSample.running(), "o-1842", columns, rows)
        expectFrame(stage.frame(), named: "execution-running-\(columns)x\(rows)")
    }

    @Test(arguments: sizes)
    func drawsOneThatFailedInARetry(_ columns: Int, _ rows: Int) {
        let stage = stage(ExecutionSample.failed(), "o-1843", columns, rows)
        #expect(stage.screen.selected == "ProcessPayment")
        expectFrame(stage.frame(), named: "execution-failed-\(columns)x\(rows)")
    }

    @Test(arguments: [(160, 48), (80, 24)])
    func drawsAMapOfTenThousandItems(_ columns: Int, _ rows: Int) {
        var stage = stage(ExecutionSample.manyItems(), "bulk-1", columns, rows)
        stage.screen.select(state: "Work", LogSample.now)
        expectFrame(stage.frame(), named: "execution-items-\(columns)x\(rows)")
        stage.press(.enter)
        expectFrame(stage.frame(), named: "execution-picker-\(columns)x\(rows)")
    }

    @Test(arguments: [(160, 48), (80, 24)])
    func drawsAParallelInAMapInAParallel(_ columns: Int, _ rows: Int) {
        let stage = stage(ExecutionSample.nested(), "nest-1", columns, rows)
        expectFrame(stage.frame(), named: "execution-nested-\(columns)x\(rows)")
    }

    @Test(arguments: [(160, 48), (80, 24)])
    func drawsTheTimelineAndTheEvents(_ columns: Int, _ rows: Int) {
        var stage = stage(ExecutionSample.failed(), "o-1843", columns, rows)
        stage.press(.character("v"))
        expectFrame(stage.frame(), named: "execution-timeline-\(columns)x\(rows)")
        stage.press(.character("v"))
        expectFrame(stage.frame(), named: "execution-events-\(columns)x\(rows)")
    }

    @Test(arguments: InspectorTab.allCases)
    func drawsEachTab(_ tab: InspectorTab) {
        var stage = stage(ExecutionSample.failed(), "o-1843", 160, 44)
        stage.screen.inspector.turn(to: tab)
        expectFrame(stage.frame(.ascii), named: "execution-tab-\(tab.rawValue)")
    }

    @Test func steppingBackwardsShowsTheDataAsItWas() throws {
        let store = ExecutionSample.failed()
        var stage = stage(store, "o-1843", 120, 40)
        let detail = try #require(store.execution("o-1843"))
        var seen: [Int: (String?, String?, ExecutionProgress)] = [:]
        for count in 1...detail.events.count {
            var fresh = HistoryProgress()
            for event in detail.events.prefix(count) { fresh.take(event) }
            stage.screen.show(moment: count, LogSample.now)
            #expect(stage.screen.progress == fresh)
            seen[count] = (
                stage.screen.inspector.subject?.input, stage.screen.inspector.subject?.output,
                stage.screen.graphProgress
            )
        }
        for count in (1...detail.events.count).reversed() {
            stage.screen.show(moment: count, LogSample.now)
            #expect(stage.screen.inspector.subject?.input == seen[count]?.0)
            #expect(stage.screen.inspector.subject?.output == seen[count]?.1)
            #expect(stage.screen.graphProgress == seen[count]?.2)
        }
    }

    @Test func whatComesLaterIsNotKnownBefore() {
        var stage = stage(ExecutionSample.failed(), "o-1843", 120, 40)
        stage.press(.character("g"))
        #expect(stage.screen.progress.visits.isEmpty)
        stage.press(.character("."))
        #expect(stage.screen.selected == "RecordOrder")
        #expect(stage.screen.inspector.subject?.output == nil)
        #expect(stage.screen.graphProgress["RecordOrder"].status == .running)
        #expect(stage.screen.graphProgress["ProcessPayment"].status == .notReached)
        stage.press(.character("L"))
        #expect(stage.screen.selected == "ProcessPayment")
        #expect(stage.screen.graphProgress["ProcessPayment"].status == .failed)
    }

    @Test func saysWhyAChoiceChose() {
        var stage = stage(ExecutionSample.failed(), "o-1843", 160, 48)
        stage.screen.select(state: "InStock?", LogSample.now)
        stage.press(.character("d"))
        let text = stage.frame().text
        #expect(text.contains("rule 1 → ProcessPayment"))
        #expect(text.contains("was 3"))
    }

    @Test func opensTheInvocationBehindTheState() {
        var stage = stage(ExecutionSample.failed(), "o-1843", 120, 40)
        stage.press(.character("x"))
        #expect(stage.effects.last == .open(.invocation(ExecutionSample.request)))
        stage.press(.character("l"))
        #expect(stage.effects.last == .open(.logs(filter: "req:\(ExecutionSample.request)")))
    }

    @Test func stopsOnlyAfterAQuestionAndOnlyWhatRuns() {
        var running = stage(ExecutionSample.running(), "o-1842", 120, 40)
        running.press(.character("S"))
        #expect(running.effects.last == .ask("Stop o-1842?", then: .execute(.stop(ExecutionSample.arn("o-1842")))))
        var failed = stage(ExecutionSample.failed(), "o-1843", 120, 40)
        failed.press(.character("S"))
        #expect(failed.effects.last == .notice("it does not run"))
        failed.press(.character("R"))
        #expect(failed.effects.last == .ask("Redrive o-1843?", then: .execute(.redrive(ExecutionSample.arn("o-1843")))))
    }

    @Test func choosesAnItemByItsNumber() {
        var stage = stage(ExecutionSample.manyItems(), "bulk-1", 120, 40)
        stage.screen.select(state: "Work", LogSample.now)
        stage.press(.enter)
        stage.type("2578")
        stage.press(.enter)
        #expect(stage.screen.chosen["Work"] == 2577)
        stage.screen.select(state: "Load", LogSample.now)
        #expect(stage.screen.inspector.subject?.input == "2577")
        #expect(stage.screen.graphProgress["Load"].status == .failed)
        stage.press(.character("}"))
        #expect(stage.screen.inspector.subject?.input == "2578")
    }

    @Test func countsTheExecutionsOfADistributedMap() {
        var history = HistoryBuilder(at: LogSample.now)
        history.add("ExecutionStarted")
        history.enter("Map", "Each")
        history.add("MapStateStarted", after: nil, ["length": 40])
        history.add("MapRunStarted", after: nil, ["mapRunArn": "run"])
        var progress = HistoryProgress()
        for event in history.events { progress.take(event) }
        func counts(_ runs: [String: [ExecutionStatus: Int]]) -> IterationCounts? {
            ExecutionProgress(progress, definition: nil, chosen: [:], mapRuns: runs, at: LogSample.now)["Each"]
                .iterations
        }
        let running = counts(["run": [.running: 3, .succeeded: 20, .timedOut: 2]])
        #expect(running == IterationCounts(total: 40, running: 3, succeeded: 20, failed: 2))
        #expect(counts([:]) == nil)
        // Those that are no longer kept are not taken for some that never ran.
        history.add("MapRunSucceeded")
        history.add("MapStateSucceeded")
        history.exit("Map", "Each")
        for event in history.events.suffix(3) { progress.take(event) }
        #expect(counts(["run": [.succeeded: 30]]) == nil)
        #expect(counts(["run": [.succeeded: 40]]) == IterationCounts(total: 40, succeeded: 40))
    }

    @Test func bindsNoKeyTwice() {
        #expect(ExecutionScreen.keys.conflicts.isEmpty)
        #expect(ExecutionsScreen.keys.conflicts.isEmpty)
    }

    private func stage(
        _ store: ExecutionArchive, _ name: String, _ columns: Int, _ rows: Int
    ) -> Stage<ExecutionScreen> {
        let detail = store.execution(name)
        return Stage(ExecutionScreen(name: name, event: nil), columns: columns, rows: max(rows - 3, 1)) { request in
            if case .execution = request { .execution(detail) } else { nil }
        }
    }
}
