import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// The lines that an execution writes to its machine's log group.
///
/// - SeeAlso: AWS Step Functions Developer Guide, "Using CloudWatch Logs to log execution history".
enum ExecutionLog {
    /// - Returns: `nil` when the machine's logging configuration wants none of the events.
    static func batch(_ events: [HistoryEvent], of record: ExecutionRecord) -> LogBatch? {
        guard let group = record.logging.groupName else { return nil }
        var batch = LogBatch(group: group, stream: stream(of: record))
        for event in events where isWanted(event.type, record.logging.level) {
            batch.append(line(event, record).bytes, at: event.time)
        }
        return batch.count > 0 ? batch : nil
    }

    /// `states/orders/2026-01-31-12-04/9f3a01c2`
    private static func stream(of record: ExecutionRecord) -> String {
        let time = ISOTime.text(milliseconds: record.identity.started.milliseconds)
        let minute = time.prefix(16).map { $0 == "T" || $0 == ":" ? "-" : String($0) }.joined()
        let hash = String(CRC32.checksum(Array(record.arn.utf8)), radix: 16)
        return "states/\(record.identity.machineName)/\(minute)/\(hash)"
    }

    static func isWanted(_ type: String, _ level: LoggingConfiguration.Level) -> Bool {
        switch level {
        case .all: true
        case .off: false
        case .fatal: ["ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"].contains(type)
        case .error:
            type.hasSuffix("Failed") || type.hasSuffix("TimedOut") || type.hasSuffix("Aborted")
                || type == "FailStateEntered"
        }
    }

    private static func line(_ event: HistoryEvent, _ record: ExecutionRecord) -> JSON {
        let details = event.details.map { details in
            record.logging.includesData ? details : details.withoutData
        }
        return .members([
            "id": .string(String(event.id)), "type": .string(event.type),
            "details": details.map(JSON.object) ?? .object(JSONObject()),
            "redrive_count": "0", "previous_event_id": .string(String(event.previousID)),
            "event_timestamp": .string(String(event.time.milliseconds)), "execution_arn": .string(record.arn),
        ])
    }
}

extension JSONObject {
    /// Without what the execution works on.
    var withoutData: JSONObject {
        var copy = self
        for name in ["input", "inputDetails", "output", "outputDetails", "parameters", "assignedVariables"] {
            copy[name] = nil
        }
        return copy
    }
}
