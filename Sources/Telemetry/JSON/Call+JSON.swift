import JSON

extension ServiceCall {
    var json: JSON {
        .known([
            ("service", .string(service)), ("operation", .string(operation)), ("resource", .text(resource)),
            ("status", .int(status)), ("errorCode", .text(errorCode)), ("latency", .span(latency)),
            ("traceHeader", .text(traceHeader)), ("span", .text(spanID)), ("requestBytes", .positive(requestBytes)),
            ("responseBytes", .positive(responseBytes)), ("usage", usage?.json),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            service: try fields.string("service"),
            operation: try fields.string("operation"),
            resource: fields.text("resource"),
            status: try fields.int("status"),
            errorCode: fields.json["errorCode"]?.string,
            latency: fields.span("latency") ?? .zero,
            traceHeader: fields.text("traceHeader"),
            spanID: fields.text("span"),
            requestBytes: fields.count("requestBytes"),
            responseBytes: fields.count("responseBytes"),
            usage: fields.fields("usage").map { TableUsage($0) }
        )
    }
}

extension TableUsage {
    var json: JSON {
        .known([
            ("readUnits", .double(readUnits)), ("writeUnits", .double(writeUnits)), ("items", .positive(items)),
            ("index", .text(index)), ("partitionKey", .text(partitionKey)),
        ])
    }

    init(_ fields: Fields) {
        self.init(
            readUnits: fields.json["readUnits"]?.double ?? 0, writeUnits: fields.json["writeUnits"]?.double ?? 0,
            items: fields.count("items"), index: fields.json["index"]?.string,
            partitionKey: fields.text("partitionKey"))
    }
}

extension Gap {
    var json: JSON {
        var lost = JSONObject()
        for (kind, count) in self.lost.sorted(by: { $0.key < $1.key }) { lost[kind] = .int(count) }
        return .known([
            ("source", .string(source)), ("reason", .string(reason)), ("lost", lost.isEmpty ? nil : .object(lost)),
            ("start", .time(start)), ("end", .time(end)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        var lost: [String: Int] = [:]
        for (kind, count) in fields.json["lost"]?.object ?? JSONObject() {
            lost[kind] = count.int.map { min(max($0, 0), 1 << 53) }
        }
        self.init(
            source: try fields.string("source"),
            reason: fields.text("reason"),
            lost: lost,
            start: try fields.time("start"),
            end: fields.json["end"]?.int.map(Fields.time)
        )
    }
}
