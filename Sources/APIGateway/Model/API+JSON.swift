import AWSCore
import JSON

extension JSON {
    static func known(_ members: [(String, JSON?)]) -> JSON {
        var object = JSONObject()
        for (name, value) in members { object[name] = value }
        return .object(object)
    }

    static func strings(_ values: [String: String]) -> JSON? {
        guard !values.isEmpty else { return nil }
        return known(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }

    static func time(_ milliseconds: Int64) -> JSON { .string(ISOTime.text(milliseconds: milliseconds)) }

    var stringMap: [String: String] {
        (object ?? JSONObject()).reduce(into: [:]) { $0[$1.0] = $1.1.string }
    }
}

extension API {
    func json(port: String) -> JSON {
        .known([
            ("apiId", .string(id)), ("name", .string(name)), ("description", description.map(JSON.string)),
            ("protocolType", "HTTP"), ("routeSelectionExpression", "${request.method} ${request.path}"),
            ("apiKeySelectionExpression", "$request.header.x-api-key"),
            ("apiEndpoint", .string("http://\(id).execute-api.localhost\(port)")), ("createdDate", .time(created)),
            ("corsConfiguration", cors?.json), ("disableExecuteApiEndpoint", false), ("tags", .strings(tags)),
        ])
    }
}

extension API.Route {
    var json: JSON {
        .known([
            ("routeId", .string(id)), ("routeKey", .string(key.text)), ("target", target.map(JSON.string)),
            ("operationName", operationName.map(JSON.string)), ("apiKeyRequired", false), ("authorizationType", "NONE"),
        ])
    }
}

extension API.Integration {
    var json: JSON {
        .known([
            ("integrationId", .string(id)), ("integrationType", .string(type)), ("integrationUri", .string(uri)),
            ("integrationMethod", "POST"), ("payloadFormatVersion", .string(payloadFormatVersion)),
            ("timeoutInMillis", .int(timeoutMilliseconds)), ("connectionType", "INTERNET"),
            ("description", description.map(JSON.string)),
        ])
    }
}

extension API.Stage {
    var json: JSON {
        .known([
            ("stageName", .string(name)), ("autoDeploy", .bool(isAutoDeploy)), ("stageVariables", .strings(variables)),
            ("description", description.map(JSON.string)), ("createdDate", .time(created)),
            ("lastUpdatedDate", .time(created)), ("routeSettings", .object(JSONObject())),
            ("defaultRouteSettings", ["detailedMetricsEnabled": false]),
        ])
    }
}

extension API.Deployment {
    var json: JSON {
        .known([
            ("deploymentId", .string(id)), ("deploymentStatus", "DEPLOYED"), ("autoDeployed", false),
            ("description", description.map(JSON.string)), ("createdDate", .time(created)),
        ])
    }
}
