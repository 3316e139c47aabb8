import JSON

extension AlarmDescription {
    var json: JSON {
        .known([
            ("name", .string(name)), ("arn", .text(arn)), ("state", .string(state.rawValue)),
            ("reason", .text(reason)), ("since", .time(since)), ("condition", .text(condition)),
            ("configuration", configuration.isNull ? nil : configuration),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        guard let state = State(rawValue: try fields.string("state")) else { throw fields.missing("state") }
        self.init(
            name: try fields.string("name"), arn: fields.text("arn"), state: state, reason: fields.text("reason"),
            since: try fields.time("since"), condition: fields.text("condition"),
            configuration: fields.json["configuration"] ?? .null)
    }
}

extension EventSourceChange {
    var json: JSON {
        .known([
            ("id", .string(id)), ("function", .string(function)), ("source", .string(source)),
            ("step", .string(step.rawValue)), ("state", .string(state)), ("records", .positive(records)),
            ("first", .text(first)), ("last", .text(last)), ("attempt", .int(attempt)),
            ("invocation", invocation.map { .string($0.description) }), ("detail", .text(detail)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        guard let step = Step(rawValue: try fields.string("step")) else { throw fields.missing("step") }
        self.init(
            id: try fields.string("id"), function: try fields.string("function"), source: fields.text("source"),
            step: step, state: fields.text("state"), records: fields.count("records"), first: fields.text("first"),
            last: fields.text("last"), attempt: fields.count("attempt"),
            invocation: fields.json["invocation"]?.string.flatMap { RequestID($0) }, detail: fields.text("detail"))
    }
}
