import AWSCore
import JSON
import VelocityTemplate

/// A call to a REST API whose method is known: what mappings and templates tell of it.
struct RESTContext: Sendable {
    var incoming: Incoming
    let resourcePath: String
    let method: RESTMethod
    /// `principalId` and what else the authorizer told.
    var authorizer: JSONObject?
    var apiKey: (id: String, value: String)?
    /// What went wrong, for templates of gateway responses.
    var error: (type: String, message: String)?

    /// `$context` as templates see it.
    var map: VelocityMap {
        let json = contextJSON
        guard case .map(let map) = VelocityValue(json) else { return VelocityMap() }
        let request = VelocityMap()
        for name in ["header", "querystring", "path"] { request[name] = .map(VelocityMap()) }
        map["requestOverride"] = .map(request)
        let response = VelocityMap()
        response["header"] = .map(VelocityMap())
        map["responseOverride"] = .map(response)
        return map
    }

    var event: ProxyEvent1 {
        ProxyEvent1(
            incoming: incoming, resource: resourcePath, resourceID: method.resourceID, path: incoming.path,
            headers: incoming.request.headers, query: incoming.request.query, authorizer: authorizer.map(JSON.object),
            body: nil, apiKey: apiKey)
    }

    private var contextJSON: JSON {
        var json = event.context
        json["awsEndpointRequestId"] = .string(incoming.request.context.requestID)
        json["xrayTraceId"] = .string(incoming.request.context.traceHeader)
        if json["authorizer"] == nil { json["authorizer"] = .object(JSONObject()) }
        if let error {
            json["error"] = [
                "message": .string(error.message), "messageString": .string(JSON.string(error.message).text),
                "responseType": .string(error.type), "validationErrorString": "",
            ]
        }
        return json
    }

    /// The value of `method.request.header.x`, `context.x`, `stageVariables.x` or `'text'`.
    func value(_ source: String) -> String? {
        if source.hasPrefix("'"), source.hasSuffix("'"), source.count > 1 {
            return String(source.dropFirst().dropLast())
        }
        let parts = source.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        switch parts.first {
        case "stageVariables": return incoming.variables[String(source.dropFirst("stageVariables.".count))]
        case "context":
            var json: JSON? = contextJSON
            for part in parts.dropFirst() { json = json?[part] }
            return json.flatMap { $0.isNull ? nil : $0.string ?? $0.text }
        case "method" where parts.count >= 3 && parts[1] == "request":
            return requestValue(parts[2], parts.count > 3 ? parts[3] : "")
        default: return nil
        }
    }

    private func requestValue(_ place: String, _ name: String) -> String? {
        let request = incoming.request
        switch place {
        case "header": return request.headers.all(name).last
        case "multivalueheader": return incoming.header(name)
        case "querystring": return request.query.last { $0.name == name }?.value
        case "multivaluequerystring": return incoming.query(name)
        case "path": return incoming.parameters[name]
        case "body":
            return name.isEmpty ? String(decoding: request.body, as: UTF8.self) : BodyPath.text(name, in: request.body)
        default: return nil
        }
    }

    /// What policies are about: `arn:aws:execute-api:REGION:ACCOUNT:ID/STAGE/GET/pets`.
    var arn: String {
        let call = incoming.request.context
        return "arn:aws:execute-api:\(call.region):\(call.account):\(incoming.apiID)/\(incoming.stage)/"
            + "\(incoming.request.method)\(incoming.path)"
    }

    /// Runs a template over a body.
    ///
    /// - Returns: the text, and what the template left in `$context`.
    func render(_ template: VelocityTemplate, body: [UInt8]) throws(VelocityError) -> (
        text: String, context: VelocityMap
    ) {
        let map = map
        let text = try template.render([
            "input": .object(TemplateInput(body: body, incoming: incoming)), "util": .object(TemplateUtilities()),
            "context": .map(map), "stageVariables": .strings(incoming.variables.map { ($0.key, $0.value) }),
        ])
        return (text, map)
    }
}
