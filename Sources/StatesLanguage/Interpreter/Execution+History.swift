import JSON
import Telemetry

extension Execution {
    /// Events that the history of a Standard execution may have.
    static let historyLimit = 25_000

    /// - Returns: the id of the event.
    @discardableResult
    mutating func emit(_ type: String, after previous: Int, _ details: JSONObject? = nil) -> Int {
        let id = history.count + 1
        if id >= Self.historyLimit, !identity.isExpress, status == .running {
            isHistoryFull = true
            return id
        }
        history.append(HistoryEvent(id: id, previousID: previous, time: now, type: type, details: details))
        return id
    }

    /// An event that the strand goes on from.
    mutating func emit(_ type: String, of strand: Int, _ details: JSONObject? = nil) {
        strands[strand].last = emit(type, after: strands[strand].last, details)
    }
}

/// Shapes of event details.
enum Details {
    static let untruncated: JSON = ["truncated": false]

    static func entered(_ name: String, _ input: Payload) -> JSONObject {
        var details = JSONObject()
        details["input"] = .string(input.text)
        details["inputDetails"] = untruncated
        details["name"] = .string(name)
        return details
    }

    static func exited(_ name: String, _ output: Payload, _ assigned: JSONObject?) -> JSONObject {
        var details = JSONObject()
        if let assigned, !assigned.isEmpty {
            var texts = JSONObject()
            for key in assigned.keys.sorted() { texts[key] = assigned[key].map { .string($0.text) } }
            details["assignedVariables"] = .object(texts)
            details["assignedVariablesDetails"] = untruncated
        }
        details["name"] = .string(name)
        details["output"] = .string(output.text)
        details["outputDetails"] = untruncated
        return details
    }

    static func input(_ text: String) -> JSONObject {
        var details = JSONObject()
        details["input"] = .string(text)
        details["inputDetails"] = untruncated
        return details
    }

    static func output(_ text: String) -> JSONObject {
        var details = JSONObject()
        details["output"] = .string(text)
        details["outputDetails"] = untruncated
        return details
    }

    /// Error and cause; what is empty is left out.
    static func failure(_ error: String?, _ cause: String?) -> JSONObject {
        var details = JSONObject()
        if let cause, !cause.isEmpty { details["cause"] = .string(cause) }
        if let error, !error.isEmpty { details["error"] = .string(error) }
        return details
    }

    static func iteration(_ name: String, _ index: Int) -> JSONObject {
        var details = JSONObject()
        details["index"] = .int(index)
        details["name"] = .string(name)
        return details
    }
}

extension StateType {
    var enteredEvent: String {
        switch self {
        case .task: "TaskStateEntered"
        case .pass: "PassStateEntered"
        case .choice: "ChoiceStateEntered"
        case .wait: "WaitStateEntered"
        case .succeed: "SucceedStateEntered"
        case .fail: "FailStateEntered"
        case .parallel: "ParallelStateEntered"
        case .map: "MapStateEntered"
        }
    }

    var exitedEvent: String {
        switch self {
        case .task: "TaskStateExited"
        case .pass: "PassStateExited"
        case .choice: "ChoiceStateExited"
        case .wait: "WaitStateExited"
        case .succeed: "SucceedStateExited"
        case .fail: "FailStateExited"
        case .parallel: "ParallelStateExited"
        case .map: "MapStateExited"
        }
    }
}
