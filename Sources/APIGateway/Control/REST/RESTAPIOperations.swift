import AWSCore
import JSON

/// The operations on REST APIs themselves, and on their resources.
enum RESTAPIOperations {
    static let routes: [ControlRoute] = [
        .control("CreateRestApi", "POST", "/restapis", status: 201) { call throws(ServiceError) in
            guard call.request.query("mode") != "import" else { return try RESTImport.create(call) }
            return try create(call)
        },
        .control("GetRestApis", "GET", "/restapis") { call throws(ServiceError) in
            try Page.positioned(call.apis.all(.rest).map { .object($0.members) }, call.request)
        },
        .control("GetRestApi", "GET", "/restapis/{restapi_id}") { call throws(ServiceError) in
            .object(try call.apis.find(.rest, call["restapi_id"]).members)
        },
        .control("UpdateRestApi", "PATCH", "/restapis/{restapi_id}") { call throws(ServiceError) in
            let patches = try Patch.read(call.input())
            return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                for patch in patches { try patch.apply(to: &api.members, known: changeable) }
                _ = try api.members.required("name")
                return .object(api.members)
            }
        },
        .control("PutRestApi", "PUT", "/restapis/{restapi_id}") { call throws(ServiceError) in try RESTImport.put(call)
        },
        .control("DeleteRestApi", "DELETE", "/restapis/{restapi_id}", status: 202) { call throws(ServiceError) in
            try call.apis.remove(.rest, call["restapi_id"])
            return .null
        },
        .control("GetResources", "GET", "/restapis/{restapi_id}/resources") { call throws(ServiceError) in
            let api = try call.apis.find(.rest, call["restapi_id"])
            let sorted = api.part("resources").values.sorted { ($0["path"]?.string ?? "") < ($1["path"]?.string ?? "") }
            return try Page.positioned(sorted.map { shown($0, call) }, call.request)
        },
        .control("GetResource", "GET", "/restapis/{restapi_id}/resources/{resource_id}") { call throws(ServiceError) in
            let api = try call.apis.find(.rest, call["restapi_id"])
            guard let found = api.part("resources", call["resource_id"]) else { throw noResource }
            return shown(found, call)
        },
        .control(
            "CreateResource", "POST", "/restapis/{restapi_id}/resources/{parent_id}", status: 201
        ) { call throws(ServiceError) in
            let part = try call.input().required("pathPart")
            return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                try addResource(part, parent: call["parent_id"], &api)
            }
        },
        .control("UpdateResource", "PATCH", "/restapis/{restapi_id}/resources/{resource_id}") {
            call throws(ServiceError) in
            let patches = try Patch.read(call.input())
            return try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                guard var resource = api.part("resources", call["resource_id"])?.object else { throw noResource }
                for patch in patches { try patch.apply(to: &resource, known: ["pathPart", "parentId"]) }
                try place(&resource, api)
                api.set("resources", call["resource_id"], .object(resource))
                renamePaths(below: call["resource_id"], &api, depth: 0)
                return .object(resource)
            }
        },
        .control(
            "DeleteResource", "DELETE", "/restapis/{restapi_id}/resources/{resource_id}", status: 202
        ) { call throws(ServiceError) in
            try call.apis.change(.rest, call["restapi_id"]) { api throws(ServiceError) in
                guard let resource = api.part("resources", call["resource_id"]) else { throw noResource }
                guard resource["parentId"] != nil else { throw .badRequest("Cannot delete root resource") }
                removeResource(call["resource_id"], &api, depth: 0)
            }
            return .null
        },
    ]

    static let noResource = ServiceError.notFound("Invalid Resource identifier specified")

    private static let changeable: Set<String> = [
        "name", "description", "binaryMediaTypes", "minimumCompressionSize", "apiKeySource", "policy",
        "disableExecuteApiEndpoint", "version", "endpointConfiguration",
    ]

    static let fields = [
        Field("name"), Field("description"), Field("version"), Field("binaryMediaTypes", .list),
        Field("minimumCompressionSize", .whole(0...10_485_760)),
        Field("apiKeySource", .choice(["HEADER", "AUTHORIZER"])),
        Field("endpointConfiguration", .structure), Field("policy"), Field("tags", .map),
        Field("disableExecuteApiEndpoint", .flag), Field("cloneFrom"),
    ]

    private static func create(_ call: ControlCall) throws(ServiceError) -> JSON {
        var given = try fields.read(call.input())
        let source = given["cloneFrom"]?.string
        given["cloneFrom"] = nil
        var api = try new(given)
        if let source {
            let other = try call.apis.find(.rest, source)
            api.parts = other.deployable.parts
            api.members["rootResourceId"] = other.members["rootResourceId"]
            api.members["binaryMediaTypes"] = api.members["binaryMediaTypes"] ?? other.members["binaryMediaTypes"]
        }
        try call.apis.add(api)
        return .object(api.members)
    }

    /// An API with a root and the two models that every one has.
    static func new(_ given: JSONObject) throws(ServiceError) -> Document {
        _ = try given.required("name")
        let id = Identifier.new(10)
        let root = Identifier.new(10)
        var members = given
        members["id"] = .string(id)
        members["createdDate"] = .nowInSeconds
        members["rootResourceId"] = .string(root)
        let standards: [(String, JSON)] = [
            ("apiKeySource", "HEADER"), ("endpointConfiguration", ["types": ["EDGE"], "ipAddressType": "ipv4"]),
            ("disableExecuteApiEndpoint", false), ("apiStatus", "AVAILABLE"),
        ]
        for (name, value) in standards where members[name] == nil { members[name] = value }
        var api = Document(.rest, id: id, members: members)
        api.set("resources", root, ["id": .string(root), "path": "/"])
        for (name, description, schema) in [
            (
                "Empty", "This is a default empty schema model",
                #"{"$schema":"http://json-schema.org/draft-04/schema#","title":"Empty Schema","type":"object"}"#
            ),
            (
                "Error", "This is a default error schema model",
                #"{"$schema":"http://json-schema.org/draft-04/schema#","title":"Error Schema","type":"object","properties":{"message":{"type":"string"}}}"#
            ),
        ] {
            api.set(
                "models", name,
                [
                    "id": .string(Identifier.new(6)), "name": .string(name), "description": .string(description),
                    "schema": .string(schema), "contentType": "application/json",
                ])
        }
        return api
    }

    /// Methods are told whole only where they are asked for.
    private static func shown(_ resource: JSON, _ call: ControlCall) -> JSON {
        guard let methods = resource["resourceMethods"]?.object,
            !call.request.query.contains(where: { $0.name == "embed" && $0.value == "methods" })
        else { return resource }
        var copy = resource
        var names = JSONObject()
        for name in methods.keys { names[name] = .object(JSONObject()) }
        copy["resourceMethods"] = .object(names)
        return copy
    }

    /// - Returns: the new resource.
    static func addResource(_ part: String, parent: String, _ api: inout Document) throws(ServiceError) -> JSON {
        guard api.part("resources").count < 2000 else {
            throw ServiceError("LimitExceededException", "Too many resources: the limit is 2000", status: 429)
        }
        var resource = JSONObject()
        let id = Identifier.new(6)
        resource["id"] = .string(id)
        resource["parentId"] = .string(parent)
        resource["pathPart"] = .string(part)
        try place(&resource, api)
        api.set("resources", id, .object(resource))
        return .object(resource)
    }

    /// Sets the path, and checks that the place is free.
    private static func place(_ resource: inout JSONObject, _ api: Document) throws(ServiceError) {
        let part = try resource.required("pathPart")
        let isName = part.hasPrefix("{") && part.hasSuffix("}") && part.count > 2
        let inner = isName ? String(part.dropFirst().dropLast()) : part
        let plain = isName && inner.hasSuffix("+") ? String(inner.dropLast()) : inner
        guard !plain.isEmpty, plain.utf8.allSatisfy({ HTTPPart.isNameByte($0) || ".:~$@!'()*,;=%".utf8.contains($0) })
        else {
            throw .badRequest(
                "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end."
            )
        }
        let parentID = resource["parentId"]?.string ?? ""
        guard let parent = api.part("resources", parentID) else { throw noResource }
        guard parent["pathPart"]?.string?.hasSuffix("+}") != true else {
            throw .badRequest("Cannot create a child of a resource with a greedy path variable.")
        }
        let id = resource["id"]?.string
        for (other, value) in api.part("resources") where other != id && value["parentId"]?.string == parentID {
            let existing = value["pathPart"]?.string ?? ""
            guard existing != part else {
                throw .conflict("Another resource with the same parent already has this name: \(part)")
            }
            guard !(isName && existing.hasPrefix("{") && existing.hasSuffix("+}") == part.hasSuffix("+}")) else {
                throw .badRequest(
                    "A sibling (\(existing)) of this resource already has a variable path part -- only one is allowed")
            }
        }
        let path = parent["path"]?.string ?? "/"
        resource["path"] = .string(path == "/" ? "/\(part)" : "\(path)/\(part)")
    }

    private static func renamePaths(below id: String, _ api: inout Document, depth: Int) {
        guard depth < 100, let path = api.part("resources", id)?["path"]?.string else { return }
        for (child, value) in api.part("resources") where value["parentId"]?.string == id {
            var changed = value
            changed["path"] = .string("\(path == "/" ? "" : path)/\(value["pathPart"]?.string ?? "")")
            api.set("resources", child, changed)
            renamePaths(below: child, &api, depth: depth + 1)
        }
    }

    private static func removeResource(_ id: String, _ api: inout Document, depth: Int) {
        guard depth < 1000 else { return }
        for (child, value) in api.part("resources") where value["parentId"]?.string == id {
            removeResource(child, &api, depth: depth + 1)
        }
        api.set("resources", id, nil)
    }
}
