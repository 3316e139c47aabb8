import JSON

extension FunctionDescription {
    var json: JSON {
        .known([
            ("name", .string(name)), ("arn", .text(arn)), ("runtime", .text(runtime)), ("handler", .text(handler)),
            ("memoryMiB", .int(memoryMiB)), ("timeout", .span(timeout)),
            ("reservedConcurrency", reservedConcurrency.map(JSON.int)), ("logGroup", .string(logGroup)),
            ("triggers", .strings(triggers)), ("warnings", .strings(warnings)),
            ("configuration", configuration.isNull ? nil : configuration),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            name: try fields.string("name"),
            arn: fields.text("arn"),
            runtime: fields.text("runtime"),
            handler: fields.text("handler"),
            memoryMiB: fields.count("memoryMiB"),
            timeout: fields.span("timeout") ?? .zero,
            reservedConcurrency: fields.json["reservedConcurrency"]?.int,
            logGroup: fields.json["logGroup"]?.string,
            triggers: fields.strings("triggers"),
            warnings: fields.strings("warnings"),
            configuration: fields.json["configuration"] ?? .null
        )
    }
}

extension EnvironmentChange {
    var json: JSON {
        .known([
            ("id", .string(id)), ("function", .string(function)), ("state", .string(state.rawValue)),
            ("processId", .int(Int(processID))), ("logStream", .text(logStream)),
            ("residentBytes", .int(Int(residentBytes))), ("initDuration", .span(initDuration)),
            ("runtimeStart", .span(runtimeStart)), ("reason", .text(reason)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        guard let state = State(rawValue: try fields.string("state")) else { throw fields.missing("state") }
        self.init(
            id: try fields.string("id"),
            function: try fields.string("function"),
            state: state,
            processID: Int32(clamping: fields.count("processId")),
            logStream: fields.text("logStream"),
            residentBytes: Int64(fields.count("residentBytes")),
            initDuration: fields.span("initDuration"),
            runtimeStart: fields.span("runtimeStart"),
            reason: fields.json["reason"]?.string
        )
    }
}
