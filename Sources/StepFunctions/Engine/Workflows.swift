import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// All workflows of an endpoint: machines, executions, activities, and the doors to the world.
package final class Workflows: Sendable {
    let machines: Machines
    let executions: Executions
    let activities: Activities
    let tokens = TaskTokens()
    let clock: any StatesClock
    let sink: any TelemetrySink
    let journal: any ExecutionJournal
    let invoker: any FunctionInvoker
    let caller: any ServiceCaller
    let gate: InvocationGate
    let settings: StatesSettings
    let mapRuns = MapRuns()
    let tasks = TaskDoors()
    let shelf: DefinitionShelf
    let mocks: MockConfiguration?

    init(
        clock: any StatesClock, sink: any TelemetrySink, journal: any ExecutionJournal, invoker: any FunctionInvoker,
        caller: any ServiceCaller, settings: StatesSettings, mocks: MockConfiguration? = nil
    ) {
        self.mocks = mocks
        shelf = DefinitionShelf(journal: journal)
        self.clock = clock
        self.sink = sink
        self.journal = journal
        self.invoker = invoker
        self.caller = caller
        self.settings = settings
        machines = Machines(journal: journal, quota: settings.quota)
        executions = Executions(cap: settings.historyCap)
        activities = Activities(journal: journal, quota: settings.quota)
        gate = InvocationGate(limit: settings.simultaneousInvocations, clock: clock)
    }

    /// Starts an execution; returns when the start is written down.
    func launch(_ record: ExecutionRecord) async -> ExecutionRunner {
        let runner = ExecutionRunner(record, world: self)
        executions.insert(runner)
        await launch(runner)
        return runner
    }

    func launch(_ runner: ExecutionRunner) async {
        let record = runner.record
        if !record.isExpress, journal.isDurable {
            journal.save(.execution, record.arn, json(of: record))
            await journal.commit()
        }
        sink.emit(TelemetryEvent(.executionStarted(record.telemetry), at: record.identity.started))
        count("ExecutionsStarted", record, at: record.identity.started)
        runner.post(.start)
    }

    func json(of record: ExecutionRecord) -> JSON {
        record.json(definition: shelf.key(record.definitionText, record.definition))
    }

    func ended(_ runner: ExecutionRunner, _ outcome: ExecutionOutcome, bytes: Int) {
        let record = runner.record
        let facts = runner.facts
        let time = facts.stopped ?? clock.now()
        if !record.isExpress, journal.isDurable {
            let key = shelf.key(record.definitionText, record.definition)
            journal.save(.closed, record.arn, ClosedRecord(record, outcome, facts).json(definition: key))
            journal.save(.execution, record.arn, nil)
        }
        tokens.remove(runner.arn)
        let end = ExecutionEnd(
            arn: record.arn, status: outcome.status, output: outcome.output?.text, error: outcome.error,
            cause: outcome.cause)
        sink.emit(TelemetryEvent(.executionEnded(end), at: time))
        count(outcome.status.metricName, record, at: time)
        measure("ExecutionTime", (time - record.identity.started).milliseconds, record, at: time)
        for old in executions.closed(runner, bytes: bytes, canArchive: journal.isDurable) {
            mapRuns.remove(of: old.arn)
        }
    }

    func count(_ name: String, _ record: ExecutionRecord, at time: Timestamp) {
        emit(
            CustomMetric(
                namespace: "AWS/States", name: name, dimensions: dimensions(record), value: 1, unit: "Count"), time)
    }

    private func measure(_ name: String, _ value: Double, _ record: ExecutionRecord, at time: Timestamp) {
        emit(
            CustomMetric(
                namespace: "AWS/States", name: name, dimensions: dimensions(record), value: value, unit: "Milliseconds"),
            time)
    }

    private func dimensions(_ record: ExecutionRecord) -> [CustomMetric.Dimension] {
        [CustomMetric.Dimension(name: "StateMachineArn", value: record.identity.machineARN)]
    }

    private func emit(_ metric: CustomMetric, _ time: Timestamp) {
        sink.emit(TelemetryEvent(.metric(metric), at: time))
    }
}

extension ExecutionStatus {
    /// The metric that counts executions that ended so.
    fileprivate var metricName: String {
        switch self {
        case .succeeded: "ExecutionsSucceeded"
        case .failed, .running, .pendingRedrive: "ExecutionsFailed"
        case .timedOut: "ExecutionsTimedOut"
        case .aborted: "ExecutionsAborted"
        }
    }
}
