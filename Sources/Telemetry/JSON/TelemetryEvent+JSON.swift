package import JSON

/// An event as one JSON object: `{"sequence": 7, "time": 1767225600000000, "log": {…}}`, times in microseconds since 1970.
extension TelemetryEvent {
    package var json: JSON {
        var object = JSONObject()
        if sequence > 0 { object["sequence"] = .int(Int(clamping: sequence)) }
        object["time"] = .int(Int(time.microseconds))
        object[kind.name] = kind.body
        return .object(object)
    }

    /// - Returns: `nil` for a kind that this version does not know.
    /// - Throws: ``TelemetryFormatError`` when it is no event.
    package init?(json: JSON) throws(TelemetryFormatError) {
        guard let object = json.object, let time = object["time"]?.int else {
            throw TelemetryFormatError(description: "an event is an object with a time")
        }
        guard let kind = try Kind(object) else { return nil }
        self.init(
            kind,
            at: Fields.time(time),
            sequence: UInt64(clamping: object["sequence"]?.int ?? 0)
        )
    }
}

/// What came is no telemetry event; says what is missing.
package struct TelemetryFormatError: Error, Hashable, CustomStringConvertible {
    package let description: String
}

extension TelemetryEvent.Kind {
    /// The kind's name on the wire, which also names what was lost in a gap.
    package var name: String {
        switch self {
        case .functionChanged: "function"
        case .functionDeleted: "functionDeleted"
        case .environment: "environment"
        case .invocationStarted: "invocationStarted"
        case .invocationFinished: "invocationFinished"
        case .log: "log"
        case .apiRequest: "apiRequest"
        case .apiChanged: "api"
        case .apiDeleted: "apiDeleted"
        case .call: "call"
        case .traceSegment: "traceSegment"
        case .metric: "metric"
        case .tableChanged: "table"
        case .tableDeleted: "tableDeleted"
        case .alarmChanged: "alarm"
        case .alarmDeleted: "alarmDeleted"
        case .eventSource: "eventSource"
        case .stateMachineChanged: "stateMachine"
        case .stateMachineDeleted: "stateMachineDeleted"
        case .executionStarted: "executionStarted"
        case .executionHistory: "executionHistory"
        case .executionEnded: "executionEnded"
        case .gap: "gap"
        }
    }

    fileprivate var body: JSON {
        switch self {
        case .functionChanged(let value): value.json
        case .functionDeleted(let name): ["name": .string(name)]
        case .environment(let value): value.json
        case .invocationStarted(let value): value.json
        case .invocationFinished(let value): value.json
        case .log(let value): value.json
        case .apiRequest(let value): value.json
        case .apiChanged(let value): value.json
        case .apiDeleted(let id): ["id": .string(id)]
        case .call(let value): value.json
        case .traceSegment(let value): value.json
        case .metric(let value): value.json
        case .tableChanged(let value): value.json
        case .tableDeleted(let name): ["name": .string(name)]
        case .alarmChanged(let value): value.json
        case .alarmDeleted(let name): ["name": .string(name)]
        case .eventSource(let value): value.json
        case .stateMachineChanged(let value): value.json
        case .stateMachineDeleted(let arn): ["arn": .string(arn)]
        case .executionStarted(let value): value.json
        case .executionHistory(let value): value.json
        case .executionEnded(let value): value.json
        case .gap(let value): value.json
        }
    }

    fileprivate init?(_ object: JSONObject) throws(TelemetryFormatError) {
        for (name, body) in object where name != "time" && name != "sequence" {
            let fields = Fields(name: name, body)
            switch name {
            case "function": self = .functionChanged(try FunctionDescription(fields))
            case "functionDeleted": self = .functionDeleted(name: try fields.string("name"))
            case "environment": self = .environment(try EnvironmentChange(fields))
            case "invocationStarted": self = .invocationStarted(try InvocationStart(fields))
            case "invocationFinished": self = .invocationFinished(try InvocationEnd(fields))
            case "log": self = .log(try LogBatch(fields))
            case "apiRequest": self = .apiRequest(try APIRequest(fields))
            case "api": self = .apiChanged(try APIDescription(fields))
            case "apiDeleted": self = .apiDeleted(id: try fields.string("id"))
            case "call": self = .call(try ServiceCall(fields))
            case "traceSegment": self = .traceSegment(try TraceSegment(fields))
            case "metric": self = .metric(try CustomMetric(fields))
            case "table": self = .tableChanged(try TableDescription(fields))
            case "tableDeleted": self = .tableDeleted(name: try fields.string("name"))
            case "alarm": self = .alarmChanged(try AlarmDescription(fields))
            case "alarmDeleted": self = .alarmDeleted(name: try fields.string("name"))
            case "eventSource": self = .eventSource(try EventSourceChange(fields))
            case "stateMachine": self = .stateMachineChanged(try StateMachineDescription(fields))
            case "stateMachineDeleted": self = .stateMachineDeleted(arn: try fields.string("arn"))
            case "executionStarted": self = .executionStarted(try ExecutionStart(fields))
            case "executionHistory": self = .executionHistory(try ExecutionHistory(fields))
            case "executionEnded": self = .executionEnded(try ExecutionEnd(fields))
            case "gap": self = .gap(try Gap(fields))
            default: continue
            }
            return
        }
        return nil
    }
}
