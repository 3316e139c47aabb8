import JSON

extension StateMachineDescription {
    var json: JSON {
        ["arn": .string(arn), "name": .string(name), "type": .string(type), "definition": .string(definition)]
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            arn: try fields.string("arn"), name: try fields.string("name"), type: fields.text("type"),
            definition: fields.text("definition"))
    }
}

extension ExecutionStart {
    var json: JSON {
        .known([
            ("arn", .string(arn)), ("name", .string(name)), ("machine", .string(machineARN)), ("type", .string(type)),
            ("definition", .text(definition)), ("input", .text(input)), ("trigger", .text(trigger)),
            ("traceHeader", .text(traceHeader)), ("parent", .text(parentID)), ("mapRun", .text(mapRunARN)),
            ("redriveCount", redriveCount > 0 ? .int(redriveCount) : .none),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            arn: try fields.string("arn"), name: try fields.string("name"), machineARN: try fields.string("machine"),
            definition: fields.text("definition"), type: fields.text("type"), input: fields.text("input"),
            trigger: fields.text("trigger"), traceHeader: fields.text("traceHeader"),
            parentID: fields.text("parent"),
            mapRunARN: fields.json["mapRun"]?.string, redriveCount: fields.count("redriveCount"))
    }
}

extension ExecutionEnd {
    var json: JSON {
        .known([
            ("arn", .string(arn)), ("status", .string(status.rawValue)), ("output", output.map(JSON.string)),
            ("error", error.map(JSON.string)), ("cause", cause.map(JSON.string)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        guard let status = ExecutionStatus(rawValue: try fields.string("status")) else {
            throw fields.missing("status")
        }
        self.init(
            arn: try fields.string("arn"), status: status, output: fields.json["output"]?.string,
            error: fields.json["error"]?.string, cause: fields.json["cause"]?.string)
    }
}

extension ExecutionHistory {
    var json: JSON {
        var requests = JSONObject()
        for (id, request) in invocations.sorted(by: { $0.key < $1.key }) {
            requests[String(id)] = .string(request.description)
        }
        return .known([
            ("arn", .string(arn)), ("events", .array(events.map(\.json))),
            ("invocations", requests.isEmpty ? .none : .object(requests)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        var events: [HistoryEvent] = []
        for json in fields.json["events"]?.array ?? [] {
            events.append(try HistoryEvent(Fields(name: "events", json)))
        }
        let requests = fields.json["invocations"]?.object ?? JSONObject()
        let pairs = requests.compactMap { id, request in
            Int(id).flatMap { number in request.string.flatMap { RequestID($0) }.map { (number, $0) } }
        }
        self.init(
            arn: try fields.string("arn"), events: events,
            invocations: Dictionary(pairs, uniquingKeysWith: { _, last in last }))
    }
}

extension HistoryEvent {
    var json: JSON {
        .known([
            ("id", .int(id)), ("previous", .int(previousID)), ("time", .time(time)), ("type", .string(type)),
            ("details", details.map(JSON.object)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            id: fields.count("id"), previousID: fields.count("previous"), time: try fields.time("time"),
            type: try fields.string("type"), details: fields.json["details"]?.object)
    }
}
