import AWSCore
import JSON
import Telemetry

/// Create, get, list, update and delete of what an HTTP API has many of.
extension HTTPPart {
    var routes: [ControlRoute] {
        let one = "\(path)/{\(idName)}"
        return [
            .control("Create\(name)", "POST", path, status: 201) { call throws(ServiceError) in try create(call) },
            .control("Get\(plural)", "GET", path) { call throws(ServiceError) in
                let api = try call.apis.find(.http, call["apiId"])
                return try Page.next(api.part(kind).values, call.request)
            },
            .control("Get\(name)", "GET", one) { call throws(ServiceError) in
                let api = try call.apis.find(.http, call["apiId"])
                guard let found = api.part(kind, call[idName]) else { throw missing(call[idName], in: api.id) }
                return found
            },
            .control("Update\(name)", "PATCH", one) { call throws(ServiceError) in try update(call) },
            .control("Delete\(name)", "DELETE", one, status: 204) { call throws(ServiceError) in
                try call.apis.change(.http, call["apiId"]) { api throws(ServiceError) in try delete(call[idName], &api)
                }
                return .null
            },
        ]
    }

    private func create(_ call: ControlCall) throws(ServiceError) -> JSON {
        let input = try fields.read(call.input())
        return try call.apis.change(.http, call["apiId"]) { api throws(ServiceError) in try create(input, in: &api) }
    }

    /// - Returns: the new one.
    func create(_ input: JSONObject, in api: inout Document) throws(ServiceError) -> JSON {
        var part = input
        let id = idName == "stageName" ? try part.required("stageName") : Identifier.new(kind == "deployments" ? 6 : 7)
        guard api.part(kind, id) == nil else { throw .conflict("\(name) already exists") }
        guard api.part(kind).count < 2000 else {
            throw ServiceError("TooManyRequestsException", "Too many \(kind): the limit is 2000", status: 429)
        }
        part[idName] = .string(id)
        try complete(&part, api)
        let now = JSON.string(ISOTime.text(milliseconds: Timestamp.now().milliseconds))
        if kind == "stages" || kind == "deployments" { part["createdDate"] = now }
        if kind == "stages" { part["lastUpdatedDate"] = now }
        if kind == "deployments" { deploy(&part, id, &api) }
        api.set(kind, id, .object(part))
        return .object(part)
    }

    /// A deployment keeps what is there now, and goes to the stage that it names.
    private func deploy(_ part: inout JSONObject, _ id: String, _ api: inout Document) {
        api.snapshots[id] = api.deployable
        guard let name = part["stageName"]?.string, var stage = api.part("stages", name) else { return }
        part["stageName"] = nil
        stage["deploymentId"] = .string(id)
        api.set("stages", name, stage)
    }

    private func update(_ call: ControlCall) throws(ServiceError) -> JSON {
        let input = try fields.read(call.input())
        return try call.apis.change(.http, call["apiId"]) { api throws(ServiceError) in
            guard let old = api.part(kind, call[idName])?.object else { throw missing(call[idName], in: api.id) }
            var part = old.merging(input)
            part[idName] = .string(call[idName])
            if kind == "integrations" { merge(&part, old, input) }
            try complete(&part, api)
            if kind == "stages" {
                part["lastUpdatedDate"] = .string(ISOTime.text(milliseconds: Timestamp.now().milliseconds))
            }
            api.set(kind, call[idName], .object(part))
            return .object(part)
        }
    }

    /// Parameters are changed one by one; one with an empty value goes away.
    private func merge(_ part: inout JSONObject, _ old: JSONObject, _ input: JSONObject) {
        for name in ["requestParameters", "responseParameters"] {
            guard let new = input[name]?.object else { continue }
            var merged = (old[name]?.object ?? JSONObject()).merging(new)
            for (key, value) in new where value.string == "" || value.object?.isEmpty == true { merged[key] = nil }
            part[name] = .object(merged)
        }
    }

    private func delete(_ id: String, _ api: inout Document) throws(ServiceError) {
        guard api.part(kind, id) != nil else { throw missing(id, in: api.id) }
        let user =
            switch kind {
            case "integrations": api.part("routes").values.first { $0["target"]?.string == "integrations/\(id)" }
            case "authorizers": api.part("routes").values.first { $0["authorizerId"]?.string == id }
            case "deployments": api.part("stages").values.first { $0["deploymentId"]?.string == id }
            default: nil as JSON?
            }
        if let user {
            let name = user["routeKey"]?.string.map { "route \($0)" } ?? "stage \(user["stageName"]?.string ?? "")"
            throw .conflict("Cannot delete \(self.name) '\(id)': the \(name) refers to it")
        }
        api.set(kind, id, nil)
        api.snapshots[id] = nil
    }
}

/// Pages of lists.
enum Page {
    /// As `maxResults` and `nextToken` ask.
    static func next(_ items: [JSON], _ request: ServiceRequest) throws(ServiceError) -> JSON {
        try page(items, request, limit: "maxResults", position: "nextToken", items: "items", standard: 500)
    }

    /// As `limit` and `position` of REST APIs ask.
    static func positioned(_ items: [JSON], _ request: ServiceRequest) throws(ServiceError) -> JSON {
        try page(items, request, limit: "limit", position: "position", items: "item", standard: 25)
    }

    private static func page(
        _ all: [JSON], _ request: ServiceRequest, limit: String, position: String, items: String, standard: Int
    ) throws(ServiceError) -> JSON {
        let start = try number(request.query(position), position) ?? 0
        let count = min(max(try number(request.query(limit), limit) ?? standard, 1), 500)
        let page = all.dropFirst(start).prefix(count)
        var answer: JSON = [:]
        answer[items] = .array(Array(page))
        if start < all.count, start + page.count < all.count { answer[position] = .string(String(start + page.count)) }
        return answer
    }

    private static func number(_ text: String?, _ name: String) throws(ServiceError) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), (0...1_000_000).contains(number) else {
            throw .badRequest("Invalid value for \(name): \(text)")
        }
        return number
    }
}
