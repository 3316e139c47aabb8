import JSON
import StatesLanguage
import Telemetry

/// An execution that ended, as it is written down: its start and how it ended. The history is made again from its stimuli.
struct ClosedRecord: Sendable {
    var record: ExecutionRecord
    var outcome: ExecutionOutcome
    var stopped: Timestamp
    var redriveCount: Int
    var redriven: Timestamp?

    init(_ record: ExecutionRecord, _ outcome: ExecutionOutcome, _ facts: ExecutionRunner.Facts) {
        self.record = record
        self.outcome = outcome
        stopped = facts.stopped ?? record.identity.started
        redriveCount = facts.redriveCount
        redriven = facts.redriven
    }

    func json(definition key: String) -> JSON {
        .members([
            "record": record.json(definition: key), "status": .string(outcome.status.rawValue),
            "output": .text(outcome.output?.text),
            "error": .text(outcome.error), "cause": .text(outcome.cause), "stopped": .microseconds(stopped),
            "redriveCount": .int(redriveCount), "redriven": redriven.map(JSON.microseconds),
        ])
    }

    init?(_ json: JSON, shelf: DefinitionShelf) {
        guard let record = json["record"].flatMap({ ExecutionRecord($0, shelf: shelf) }),
            let status = json["status"]?.string.flatMap(ExecutionStatus.init)
        else { return nil }
        self.record = record
        let output = json["output"]?.string.flatMap { try? JSON(parsing: $0) }
        outcome = ExecutionOutcome(
            status: status, output: output, error: json["error"]?.string, cause: json["cause"]?.string)
        stopped = json["stopped"]?.timestamp ?? record.identity.started
        redriveCount = json["redriveCount"]?.int ?? 0
        redriven = json["redriven"]?.timestamp
    }
}
