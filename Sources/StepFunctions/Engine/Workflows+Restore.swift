import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// What a runtime that stopped had written down.
extension Workflows {
    /// Brings machines, activities and executions back; nothing runs yet.
    func restore() async {
        guard journal.isDurable else { return }
        await shelf.restore()
        for record in await journal.records(.machine) {
            if let machine = StateMachine(record) { machines.restore(machine) }
        }
        for record in await journal.records(.activity) {
            if let activity = Activity(record) { activities.restore(activity) }
        }
        let closed = await journal.records(.closed).compactMap { ClosedRecord($0, shelf: shelf) }
        let running = await journal.records(.execution).compactMap { ExecutionRecord($0, shelf: shelf) }
        let runners =
            closed.map { ExecutionRunner(closed: $0, world: self) }
            + running.map { ExecutionRunner($0, world: self) }
        for runner in runners.sorted(by: { $0.record.number < $1.record.number }) {
            executions.insert(runner)
            executions.restored(number: runner.record.number)
        }
    }

    /// Goes on with all that was going on.
    func resume() async {
        guard journal.isDurable else { return }
        for machine in machines.list { announce(machine) }
        await announceClosed()
        // All are where they were before the first one acts: one may wait for another.
        var waiting: [(ExecutionRunner, Outstanding)] = []
        for runner in executions.running.sorted(by: { $0.record.number < $1.record.number }) {
            waiting.append((runner, await runner.rebuild()))
        }
        for (runner, outstanding) in waiting { runner.resume(outstanding) }
    }

    /// Telemetry gets the newest of those that ended before.
    private func announceClosed() async {
        let closed = executions.all.filter { $0.facts.outcome != nil && !$0.record.isExpress }
            .sorted { $0.record.number > $1.record.number }
        for runner in closed.prefix(200).reversed() {
            guard let outcome = runner.facts.outcome else { continue }
            let history = await runner.replayed().history
            let record = runner.record
            sink.emit(TelemetryEvent(.executionStarted(record.telemetry), at: record.identity.started))
            sink.emit(
                TelemetryEvent(
                    .executionHistory(ExecutionHistory(arn: record.arn, events: history)),
                    at: record.identity.started))
            let end = ExecutionEnd(
                arn: record.arn, status: outcome.status, output: outcome.output?.text, error: outcome.error,
                cause: outcome.cause)
            sink.emit(TelemetryEvent(.executionEnded(end), at: runner.facts.stopped ?? record.identity.started))
        }
    }
}

extension ExecutionRunner {
    /// One that ended before the runtime stopped.
    convenience init(closed: ClosedRecord, world: Workflows) {
        self.init(closed.record, world: world)
        state.withLock { state in
            state.execution = nil
            state.isArchived = true
            state.status = closed.outcome.status
            state.outcome = closed.outcome
            state.stopped = closed.stopped
            state.redriveCount = closed.redriveCount
            state.redriven = closed.redriven
        }
    }

    /// Brings the execution to where it was.
    func rebuild() async -> Outstanding {
        let entries = await world.journal.entries(arn)
        var outstanding = Outstanding()
        var execution = record.makeExecution()
        outstanding.replay(entries, into: &execution)
        let events = state.withLock { state -> [HistoryEvent] in
            state.execution = execution
            state.last = entries.last?.time ?? record.identity.started
            state.redriveCount = outstanding.redriveCount
            state.redriven = outstanding.redriven
            return Array(state.newEvents())
        }
        var start = record.telemetry
        start.redriveCount = outstanding.redriveCount
        world.sink.emit(TelemetryEvent(.executionStarted(start), at: record.identity.started))
        let history = ExecutionHistory(arn: arn, events: events, invocations: outstanding.invocations)
        world.sink.emit(TelemetryEvent(.executionHistory(history), at: events.last?.time ?? record.identity.started))
        return outstanding
    }

    /// Sets timers again and takes up the tasks that were in flight: see ``ResumePoint``.
    func resume(_ outstanding: Outstanding) {
        if let outcome = outstanding.outcome { return end(outcome) }
        let isUnbegun = state.withLock { $0.execution?.history.isEmpty ?? false }
        if isUnbegun { return post(.start) }
        for (id, time) in outstanding.timers { startTimer(id, at: time) }
        for (_, task) in outstanding.tasks.sorted(by: { $0.key.eventID < $1.key.eventID }) {
            run(task.request, from: task.point)
        }
        for (_, mapRun) in outstanding.mapRuns.sorted(by: { $0.key.eventID < $1.key.eventID }) {
            start(mapRun.request, from: mapRun.point)
        }
        if outstanding.hasYielded { post(.resume) }
    }
}
