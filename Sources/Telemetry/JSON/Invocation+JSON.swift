import JSON

extension InvocationStart {
    var json: JSON {
        .known([
            ("requestId", .string(requestID.description)), ("function", .string(function)), ("trigger", .text(trigger)),
            ("isAsynchronous", isAsynchronous ? true : nil), ("attempt", attempt == 1 ? nil : .int(attempt)),
            ("event", .payload(event)), ("traceHeader", .text(traceHeader)),
            ("parent", .text(parentID)), ("qualifier", .text(qualifier)), ("version", .text(version)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            requestID: try fields.request("requestId"),
            function: try fields.string("function"),
            trigger: fields.text("trigger"),
            isAsynchronous: fields.json["isAsynchronous"]?.bool ?? false,
            attempt: fields.json["attempt"]?.int ?? 1,
            event: try fields.payload("event"),
            traceHeader: fields.text("traceHeader"),
            parentID: fields.text("parent"),
            qualifier: fields.text("qualifier"),
            version: fields.text("version")
        )
    }
}

extension InvocationEnd {
    var json: JSON {
        .known([
            ("requestId", .string(requestID.description)), ("function", .string(function)),
            ("status", .string(status.rawValue)), ("duration", .span(duration)),
            ("billedMilliseconds", .int(Int(billedMilliseconds))), ("queued", .span(queued)),
            ("initDuration", .span(initDuration)), ("overhead", .span(overhead)),
            ("memorySizeMiB", .int(memorySizeMiB)), ("maxMemoryUsedMiB", .int(maxMemoryUsedMiB)),
            ("errorType", .text(errorType)), ("errorMessage", .text(errorMessage)), ("response", .payload(response)),
            ("environment", .text(environment)), ("logStream", .text(logStream)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        guard let status = Status(rawValue: try fields.string("status")) else { throw fields.missing("status") }
        self.init(
            requestID: try fields.request("requestId"),
            function: try fields.string("function"),
            status: status,
            duration: fields.span("duration") ?? .zero,
            billedMilliseconds: Int64(fields.count("billedMilliseconds")),
            queued: fields.span("queued") ?? .zero,
            initDuration: fields.span("initDuration"),
            overhead: fields.span("overhead") ?? .zero,
            memorySizeMiB: fields.count("memorySizeMiB"),
            maxMemoryUsedMiB: fields.count("maxMemoryUsedMiB"),
            errorType: fields.json["errorType"]?.string,
            errorMessage: fields.json["errorMessage"]?.string,
            response: try fields.payload("response"),
            environment: fields.text("environment"),
            logStream: fields.text("logStream")
        )
    }
}
