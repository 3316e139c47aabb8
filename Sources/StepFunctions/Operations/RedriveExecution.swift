import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

enum RedriveExecution: ServiceOperation {
    static let name = "RedriveExecution"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let runner = try context.execution(try input.arn("executionArn"))
        _ = try input.string("clientToken", atLeast: 1, atMost: 64)
        let (status, reason) = Redriving.status(runner, runner.facts)
        guard status == "REDRIVABLE" else {
            throw ServiceError("ExecutionNotRedrivable", reason ?? "Execution is not redrivable")
        }
        let time = await runner.redrive()
        return ["redriveDate": .date(time)]
    }
}

/// Whether and why an execution can be redriven.
enum Redriving {
    /// AWS lets executions be redriven for 14 days.
    static let period = Microseconds.seconds(14 * 86_400)

    /// - Returns: `redriveStatus` and `redriveStatusReason`.
    static func status(_ runner: ExecutionRunner, _ facts: ExecutionRunner.Facts) -> (String, String?) {
        switch facts.status {
        case .running, .succeeded, .pendingRedrive:
            return ("NOT_REDRIVABLE", "Execution is \(facts.status.rawValue) and cannot be redriven")
        case .failed, .timedOut, .aborted: break
        }
        if facts.eventCount >= 24_999 {
            return ("NOT_REDRIVABLE", "Execution history event limit exceeded")
        }
        if let stopped = facts.stopped, runner.world.clock.now() - stopped > period {
            return ("NOT_REDRIVABLE", "Execution has exceeded the redrivable period")
        }
        if runner.record.identity.mapRunARN != nil { return ("REDRIVABLE_BY_MAP_RUN", nil) }
        return ("REDRIVABLE", nil)
    }
}

extension ExecutionRunner {
    /// Goes on where the execution failed.
    ///
    /// - Returns: when.
    func redrive() async -> Timestamp {
        let needsReplay = state.withLock { $0.execution == nil }
        let replayed = needsReplay ? await self.replayed() : nil
        let time = world.clock.now()
        let count = state.withLock { state in
            if let replayed, state.execution == nil {
                state.execution = replayed
                state.emitted = replayed.history.count
                state.isArchived = false
            }
            state.status = .running
            state.outcome = nil
            state.stopped = nil
            state.redriveCount += 1
            state.redriven = time
            return state.redriveCount
        }
        if !record.isExpress, world.journal.isDurable {
            world.journal.save(.execution, arn, world.json(of: record))
            world.journal.save(.closed, arn, nil)
        }
        var start = record.telemetry
        start.redriveCount = count
        world.sink.emit(TelemetryEvent(.executionStarted(start), at: time))
        await deliver(.redrive)
        return time
    }
}
