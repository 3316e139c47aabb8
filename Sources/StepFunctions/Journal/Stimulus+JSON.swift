import JSON
import StatesLanguage
import Telemetry

/// How stimuli are written down: `[kind, time, …]`.
extension JournalEntry {
    var json: JSON {
        var parts: [JSON] = [.string(stimulus.kind), .microseconds(time)]
        parts += stimulus.members
        var object = JSONObject([("s", .array(parts))])
        if let invocation { object["i"] = .string(invocation.description) }
        return .object(object)
    }

    init?(_ json: JSON) {
        guard let parts = json["s"]?.array, parts.count >= 2, let kind = parts[0].string,
            let time = parts[1].timestamp, let stimulus = Stimulus(kind: kind, members: Array(parts.dropFirst(2)))
        else { return nil }
        self.init(stimulus, time, invocation: json["i"]?.string.flatMap { RequestID($0) })
    }
}

extension Stimulus {
    fileprivate var kind: String {
        switch self {
        case .start: "start"
        case .resume: "resume"
        case .timerFired: "timer"
        case .taskStarted: "started"
        case .taskNotStarted: "notStarted"
        case .taskSubmitted: "submitted"
        case .taskSubmitFailed: "submitFailed"
        case .taskSucceeded: "succeeded"
        case .taskFailed: "failed"
        case .heartbeat: "heartbeat"
        case .mapRunStarted: "mapRunStarted"
        case .mapRunSucceeded: "mapRunSucceeded"
        case .mapRunFailed: "mapRunFailed"
        case .stop: "stop"
        case .redrive: "redrive"
        }
    }

    fileprivate var members: [JSON] {
        switch self {
        case .start, .resume, .redrive: []
        case .timerFired(let timer): [.int(timer.number)]
        case .taskStarted(let id, let worker): [.int(id.eventID), worker.map(JSON.string) ?? .null]
        case .taskNotStarted(let id, let failure), .taskSubmitFailed(let id, let failure),
            .taskFailed(let id, let failure), .mapRunFailed(let id, let failure):
            [.int(id.eventID), .string(failure.error), .string(failure.cause)]
        case .taskSubmitted(let id, let output), .taskSucceeded(let id, let output),
            .mapRunSucceeded(let id, let output):
            [.int(id.eventID), output]
        case .heartbeat(let id): [.int(id.eventID)]
        case .mapRunStarted(let id, let arn): [.int(id.eventID), .string(arn)]
        case .stop(let error, let cause): [error.map(JSON.string) ?? .null, cause.map(JSON.string) ?? .null]
        }
    }

    fileprivate init?(kind: String, members: [JSON]) {
        switch (kind, members.count) {
        case ("start", _): self = .start
        case ("resume", _): self = .resume
        case ("redrive", _): self = .redrive
        case ("stop", 2): self = .stop(error: members[0].string, cause: members[1].string)
        case (_, 1...):
            guard let number = members[0].int else { return nil }
            self.init(kind: kind, number: number, members: members)
        default: return nil
        }
    }

    private init?(kind: String, number: Int, members: [JSON]) {
        let id = TaskID(eventID: number)
        let second = members.count > 1 ? members[1] : .null
        let failure = TaskFailure(second.string ?? "", members.count > 2 ? members[2].string ?? "" : "")
        switch kind {
        case "timer": self = .timerFired(TimerID(number: number))
        case "started": self = .taskStarted(id, workerName: second.string)
        case "notStarted": self = .taskNotStarted(id, failure)
        case "submitted": self = .taskSubmitted(id, output: second)
        case "submitFailed": self = .taskSubmitFailed(id, failure)
        case "succeeded": self = .taskSucceeded(id, output: second)
        case "failed": self = .taskFailed(id, failure)
        case "heartbeat": self = .heartbeat(id)
        case "mapRunStarted": self = .mapRunStarted(id, mapRunARN: second.string ?? "")
        case "mapRunSucceeded": self = .mapRunSucceeded(id, output: second)
        case "mapRunFailed": self = .mapRunFailed(id, failure)
        default: return nil
        }
    }
}
