package import JSON

/// An event as one JSON object: `{"sequence": 7, "time": 1767225600000000, "log": {…}}`, times in microseconds since 1970.
extension TelemetryEvent {
    package var json: JSON {
        var object = JSONObject()
        if sequence > 0 { object["sequence"] = .int(Int(clamping: sequence)) }
        object["time"] = .int(Int(time.microseconds))
        let (name, body) = kind.named
        object[name] = body
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
    package var name: String { named.name }

    fileprivate var named: (name: String, body: JSON) {
        switch self {
        case .functionChanged(let value): ("function", value.json)
        case .functionDeleted(let name): ("functionDeleted", ["name": .string(name)])
        case .environment(let value): ("environment", value.json)
        case .invocationStarted(let value): ("invocationStarted", value.json)
        case .invocationFinished(let value): ("invocationFinished", value.json)
        case .log(let value): ("log", value.json)
        case .apiRequest(let value): ("apiRequest", value.json)
        case .apiChanged(let value): ("api", value.json)
        case .apiDeleted(let id): ("apiDeleted", ["id": .string(id)])
        case .call(let value): ("call", value.json)
        case .traceSegment(let value): ("traceSegment", value.json)
        case .metric(let value): ("metric", value.json)
        case .tableChanged(let value): ("table", value.json)
        case .tableDeleted(let name): ("tableDeleted", ["name": .string(name)])
        case .alarmChanged(let value): ("alarm", value.json)
        case .alarmDeleted(let name): ("alarmDeleted", ["name": .string(name)])
        case .eventSource(let value): ("eventSource", value.json)
        case .stateMachineChanged(let value): ("stateMachine", value.json)
        case .stateMachineDeleted(let arn): ("stateMachineDeleted", ["arn": .string(arn)])
        case .executionStarted(let value): ("executionStarted", value.json)
        case .executionHistory(let value): ("executionHistory", value.json)
        case .executionEnded(let value): ("executionEnded", value.json)
        case .gap(let value): ("gap", value.json)
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
