import JSON

extension APIRequest {
    var json: JSON {
        .known([
            ("requestId", .string(requestID)), ("api", .string(api)), ("apiId", .text(apiID)), ("kind", .string(kind)),
            ("stage", .text(stage)), ("route", .string(route)), ("method", .string(method)), ("path", .string(path)),
            ("query", .text(query)), ("sourceIp", .text(sourceIP)), ("status", .int(status)),
            ("latency", .span(latency)), ("integrationLatency", .span(integrationLatency)),
            ("function", .text(function)), ("invocation", invocation.map { .string($0.description) }),
            ("execution", .text(execution)), ("authorizer", authorizer?.json), ("request", request.json),
            ("response", response.json), ("errorMessage", .text(errorMessage)), ("traceHeader", .text(traceHeader)),
            ("parent", .text(parentID)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            requestID: try fields.string("requestId"),
            api: fields.text("api"),
            apiID: fields.text("apiId"),
            kind: fields.json["kind"]?.string ?? "HTTP",
            stage: fields.text("stage"),
            route: fields.text("route"),
            method: fields.text("method"),
            path: fields.text("path"),
            query: fields.text("query"),
            sourceIP: fields.text("sourceIp"),
            status: try fields.int("status"),
            latency: fields.span("latency") ?? .zero,
            integrationLatency: fields.span("integrationLatency") ?? .zero,
            function: fields.json["function"]?.string,
            invocation: fields.json["invocation"]?.string.flatMap { RequestID($0) },
            execution: fields.json["execution"]?.string,
            authorizer: fields.fields("authorizer").map { AuthorizerVerdict($0) },
            request: try fields.message("request"),
            response: try fields.message("response"),
            errorMessage: fields.json["errorMessage"]?.string,
            traceHeader: fields.text("traceHeader"),
            parentID: fields.text("parent")
        )
    }
}

extension AuthorizerVerdict {
    var json: JSON {
        .known([
            ("name", .string(name)), ("kind", .string(kind)), ("allowed", .bool(isAllowed)),
            ("cached", isCached ? .bool(true) : nil), ("latency", .span(latency)), ("principal", .text(principal)),
            ("invocation", invocation.map { .string($0.description) }), ("reason", .text(reason)),
        ])
    }

    init(_ fields: Fields) {
        self.init(
            name: fields.text("name"), kind: fields.text("kind"), isAllowed: fields.json["allowed"]?.bool ?? false,
            isCached: fields.json["cached"]?.bool ?? false, latency: fields.span("latency") ?? .zero,
            principal: fields.text("principal"),
            invocation: fields.json["invocation"]?.string.flatMap { RequestID($0) },
            reason: fields.json["reason"]?.string)
    }
}

extension HTTPMessage {
    /// `{"headers": [["Name", "value"], …], "body": …}`; `nil` when there is neither.
    var json: JSON? {
        guard !headers.isEmpty || body.totalCount > 0 else { return nil }
        return .known([
            ("headers", .array(headers.map { [.string($0.name), .string($0.value)] })), ("body", .payload(body)),
        ])
    }
}

extension Fields {
    /// The fields of an object inside; `nil` when there is none.
    func fields(_ key: String) -> Fields? {
        json[key].flatMap { $0.object == nil ? nil : Fields(name: "\(name).\(key)", $0) }
    }

    func message(_ key: String) throws(TelemetryFormatError) -> HTTPMessage {
        guard let inner = fields(key) else { return HTTPMessage() }
        let headers = (inner.json["headers"]?.array ?? []).compactMap { pair -> HTTPMessage.Header? in
            guard let words = pair.array, words.count == 2, let name = words[0].string, let value = words[1].string
            else { return nil }
            return HTTPMessage.Header(name, value)
        }
        return HTTPMessage(headers: headers, body: try inner.payload("body"))
    }
}

extension APIDescription {
    var json: JSON {
        .known([
            ("id", .string(id)), ("name", .string(name)), ("kind", .string(kind)),
            ("routes", .array(routes.map(\.json))), ("stages", .strings(stages)), ("endpoint", .text(endpoint)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            id: try fields.string("id"), name: fields.text("name"), kind: fields.json["kind"]?.string ?? "HTTP",
            routes: (fields.json["routes"]?.array ?? []).map { Route(Fields(name: "api.routes", $0)) },
            stages: fields.strings("stages"), endpoint: fields.text("endpoint"))
    }
}

extension APIDescription.Route {
    var json: JSON {
        .known([("key", .string(key)), ("target", .text(target)), ("authorizer", .text(authorizer))])
    }

    init(_ fields: Fields) {
        self.init(
            key: fields.text("key"), target: fields.text("target"), authorizer: fields.json["authorizer"]?.string)
    }
}
