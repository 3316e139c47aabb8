import JSON

extension APIRequest {
    var json: JSON {
        .known([
            ("requestId", .string(requestID)), ("api", .string(api)), ("route", .string(route)),
            ("method", .string(method)), ("path", .string(path)), ("status", .int(status)), ("latency", .span(latency)),
            ("integrationLatency", .span(integrationLatency)), ("function", .text(function)),
            ("invocation", invocation.map { .string($0.description) }), ("traceHeader", .text(traceHeader)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            requestID: try fields.string("requestId"),
            api: fields.text("api"),
            route: fields.text("route"),
            method: fields.text("method"),
            path: fields.text("path"),
            status: try fields.int("status"),
            latency: fields.span("latency") ?? .zero,
            integrationLatency: fields.span("integrationLatency") ?? .zero,
            function: fields.json["function"]?.string,
            invocation: fields.json["invocation"]?.string.flatMap { RequestID($0) },
            traceHeader: fields.text("traceHeader")
        )
    }
}

extension ServiceCall {
    var json: JSON {
        .known([
            ("service", .string(service)), ("operation", .string(operation)), ("resource", .text(resource)),
            ("status", .int(status)), ("errorCode", .text(errorCode)), ("latency", .span(latency)),
            ("traceHeader", .text(traceHeader)),
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
            traceHeader: fields.text("traceHeader")
        )
    }
}

extension CustomMetric {
    var json: JSON {
        .known([
            ("namespace", .string(namespace)), ("name", .string(name)), ("value", .double(value)),
            ("unit", .string(unit)),
            ("dimensions", .array(dimensions.map { ["name": .string($0.name), "value": .string($0.value)] })),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        guard let value = fields.json["value"]?.double else { throw fields.missing("value") }
        self.init(
            namespace: try fields.string("namespace"),
            name: try fields.string("name"),
            dimensions: (fields.json["dimensions"]?.array ?? []).map {
                Dimension(name: $0["name"]?.string ?? "", value: $0["value"]?.string ?? "")
            },
            value: value,
            unit: fields.text("unit")
        )
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
