import AWSCore
import JSON

/// Create, get, list, update and delete of what a REST API has many of.
extension RESTPart {
    var routes: [ControlRoute] {
        let list = "/restapis/{restapi_id}/\(path)"
        let one = "\(list)/{part_id}"
        return [
            .control("Create\(name)", "POST", list, status: 201) { call throws(ServiceError) in try create(call) },
            .control("Get\(name)s", "GET", list) { call throws(ServiceError) in
                let api = try call.apis.find(.rest, call["restapi_id"])
                var parts = api.part(kind).values
                if kind == "stages", let deployment = call.request.query("deploymentId") {
                    parts = parts.filter { $0["deploymentId"]?.string == deployment }
                }
                guard kind != "stages" else { return ["item": .array(parts)] }
                return try Page.positioned(parts, call.request)
            },
            .control("Get\(name)", "GET", one) { call throws(ServiceError) in
                let api = try call.apis.find(.rest, call["restapi_id"])
                guard let found = api.part(kind, call["part_id"]) else { throw missing(call["part_id"]) }
                return found
            },
            .control("Update\(name)", "PATCH", one) { call throws(ServiceError) in try update(call) },
            .control("Delete\(name)", "DELETE", one, status: 202) { call throws(ServiceError) in
                try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                    try delete(call["part_id"], &api)
                }
                return .null
            },
        ]
    }

    private func create(_ call: ControlCall) throws(ServiceError) -> JSON {
        let input = try call.input()
        guard input["canarySettings"] == nil else { throw .badRequest("Canary releases are not served here") }
        let given = try fields.read(input)
        return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
            let made = try create(given, in: &api)
            if kind == "deployments", input["stageName"]?.string != nil { try stage(made, input, &api) }
            return made
        }
    }

    /// - Returns: the new one.
    func create(_ given: JSONObject, in api: inout Document) throws(ServiceError) -> JSON {
        var part = given
        if idName == "id" { part["id"] = .string(Identifier.new(6)) }
        let id = try part.required(idName)
        guard api.part(kind, id) == nil else {
            throw .conflict(kind == "stages" ? "Stage already exists" : "\(name) \(id) already exists")
        }
        guard api.part(kind).count < 1000 else {
            throw ServiceError("LimitExceededException", "Too many \(kind): the limit is 1000", status: 429)
        }
        if kind == "models" { part["id"] = .string(Identifier.new(6)) }
        try complete(&part, api)
        if kind == "stages" || kind == "deployments" { part["createdDate"] = .nowInSeconds }
        if kind == "stages" { part["lastUpdatedDate"] = .nowInSeconds }
        if kind == "deployments" { api.snapshots[id] = api.deployable }
        api.set(kind, id, .object(part))
        return .object(part)
    }

    /// A deployment with a stage's name makes the stage, or moves it.
    private func stage(_ deployment: JSON, _ input: JSONObject, _ api: inout Document) throws(ServiceError) {
        let name = try input.required("stageName")
        var stage = api.part("stages", name)?.object ?? JSONObject()
        let isNew = stage.isEmpty
        stage["stageName"] = .string(name)
        stage["deploymentId"] = deployment["id"]
        if let description = input["stageDescription"] { stage["description"] = description }
        if let variables = input["variables"] { stage["variables"] = variables }
        if let tracing = input["tracingEnabled"] { stage["tracingEnabled"] = tracing }
        try Self.stage.complete(&stage, api)
        if isNew { stage["createdDate"] = .nowInSeconds }
        stage["lastUpdatedDate"] = .nowInSeconds
        api.set("stages", name, .object(stage))
    }

    private func update(_ call: ControlCall) throws(ServiceError) -> JSON {
        let patches = try Patch.read(call.input())
        let known = Set(fields.map(\.name)).subtracting([idName])
        return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
            guard var part = api.part(kind, call["part_id"])?.object else { throw missing(call["part_id"]) }
            for patch in patches {
                if kind == "stages", try MethodSettings.apply(patch, to: &part) { continue }
                try patch.apply(to: &part, known: known.union(kind == "stages" ? ["accessLogSettings"] : []))
            }
            for field in fields { if let value = part[field.name] { try field.check(value) } }
            if kind != "deployments" { try complete(&part, api) }
            if kind == "stages" { part["lastUpdatedDate"] = .nowInSeconds }
            api.set(kind, call["part_id"], .object(part))
            return .object(part)
        }
    }

    private func delete(_ id: String, _ api: inout Document) throws(ServiceError) {
        guard api.part(kind, id) != nil else { throw missing(id) }
        if kind == "deployments", api.part("stages").values.contains(where: { $0["deploymentId"]?.string == id }) {
            throw .badRequest("Active stages pointing to this deployment must be moved or deleted")
        }
        let methods = api.part("resources").values.flatMap { $0["resourceMethods"]?.object?.values ?? [] }
        if kind == "authorizers", methods.contains(where: { $0["authorizerId"]?.string == id }) {
            throw .conflict("Cannot delete authorizer '\(id)': a method refers to it")
        }
        if kind == "models", methods.contains(where: { $0["requestModels"]?.stringMap.values.contains(id) ?? false }) {
            throw .conflict("Cannot delete model '\(id)', is referenced in method request")
        }
        api.set(kind, id, nil)
        api.snapshots[id] = nil
    }
}

/// `methodSettings` of a stage: `/{path}/{method}/throttling/rateLimit`, with `/*/*/…` for all methods.
enum MethodSettings {
    private static let names: [String: String] = [
        "metrics/enabled": "metricsEnabled", "logging/loglevel": "loggingLevel",
        "logging/dataTrace": "dataTraceEnabled",
        "throttling/burstLimit": "throttlingBurstLimit", "throttling/rateLimit": "throttlingRateLimit",
        "caching/enabled": "cachingEnabled", "caching/ttlInSeconds": "cacheTtlInSeconds",
        "caching/dataEncrypted": "cacheDataEncrypted",
        "caching/requireAuthorizationForCacheControl": "requireAuthorizationForCacheControl",
        "caching/unauthorizedCacheControlHeaderStrategy": "unauthorizedCacheControlHeaderStrategy",
    ]

    /// - Returns: whether the patch was one of a method's settings.
    static func apply(_ patch: Patch, to stage: inout JSONObject) throws(ServiceError) -> Bool {
        guard patch.path.count >= 4 || (patch.operation == .remove && patch.path.count == 2 && !isMember(patch)) else {
            return false
        }
        let key = "\(patch.path[0])/\(patch.path[1])"
        var settings = stage["methodSettings"]?.object ?? JSONObject()
        if patch.path.count == 2 {
            settings[key] = nil
        } else {
            let setting = patch.path.dropFirst(2).joined(separator: "/")
            guard let name = names[setting] else { throw .badRequest("Invalid method setting path: /\(setting)") }
            var method = settings[key]?.object ?? JSONObject()
            let inner = Patch(operation: patch.operation, path: [name], value: patch.value)
            try inner.apply(to: &method, known: [name])
            settings[key] = .object(method)
        }
        stage["methodSettings"] = .object(settings)
        return true
    }

    private static func isMember(_ patch: Patch) -> Bool {
        ["variables", "accessLogSettings", "tags"].contains(patch.path[0])
    }
}
