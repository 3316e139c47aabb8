import AWSCore
import JSON

/// API keys.
enum KeyOperations {
    static let routes: [ControlRoute] = [
        .control("CreateApiKey", "POST", "/apikeys", status: 201) { call throws(ServiceError) in
            guard call.request.query("mode") != "import" else {
                throw .badRequest("Importing API keys is not served here")
            }
            return try create(call)
        },
        .control("GetApiKeys", "GET", "/apikeys") { call throws(ServiceError) in
            let name = call.request.query("name") ?? ""
            let isWhole = call.request.query("includeValues") == "true"
            let keys = call.apis.account.part("apiKeys").values.filter {
                ($0["name"]?.string ?? "").hasPrefix(name)
            }
            return try Page.positioned(keys.map { isWhole ? $0 : withoutValue($0) }, call.request)
        },
        .control("GetApiKey", "GET", "/apikeys/{api_Key}") { call throws(ServiceError) in
            guard let key = call.apis.account.part("apiKeys", call["api_Key"]) else { throw missing }
            return call.request.query("includeValue") == "true" ? key : withoutValue(key)
        },
        .control("UpdateApiKey", "PATCH", "/apikeys/{api_Key}") { call throws(ServiceError) in
            let patches = try Patch.read(call.input())
            return try call.apis.change(.account, nil) { account throws(ServiceError) in
                guard var key = account.part("apiKeys", call["api_Key"])?.object else { throw missing }
                for patch in patches {
                    try patch.apply(
                        to: &key, known: ["name", "description", "enabled", "customerId", "stages", "labels"])
                }
                key["lastUpdatedDate"] = .nowInSeconds
                account.set("apiKeys", call["api_Key"], .object(key))
                return withoutValue(.object(key))
            }
        },
        .control("DeleteApiKey", "DELETE", "/apikeys/{api_Key}", status: 202) { call throws(ServiceError) in
            try call.apis.change(.account, nil) { account throws(ServiceError) in
                guard account.part("apiKeys", call["api_Key"]) != nil else { throw missing }
                account.set("apiKeys", call["api_Key"], nil)
                for (plan, keys) in account.part("usagePlanKeys") {
                    account.set(
                        "usagePlanKeys", plan, .array((keys.array ?? []).filter { $0.string != call["api_Key"] }))
                }
            }
            return .null
        },
    ]

    static let missing = ServiceError.notFound("Invalid API Key identifier specified")

    private static let fields = [
        Field("name"), Field("description"), Field("enabled", .flag), Field("value"), Field("customerId"),
        Field("tags", .map),
    ]

    private static func withoutValue(_ key: JSON) -> JSON {
        var key = key
        key["value"] = nil
        return key
    }

    private static func create(_ call: ControlCall) throws(ServiceError) -> JSON {
        var key = try fields.read(call.input())
        let value = key["value"]?.string ?? Identifier.new(40)
        guard (20...128).contains(value.utf8.count) else {
            throw .badRequest("API Key value should be at least 20 characters and at most 128")
        }
        let id = Identifier.new(10)
        key["id"] = .string(id)
        key["value"] = .string(value)
        key["enabled"] = key["enabled"] ?? false
        key["createdDate"] = .nowInSeconds
        key["lastUpdatedDate"] = .nowInSeconds
        key["stageKeys"] = []
        return try call.apis.change(.account, nil) { account throws(ServiceError) in
            guard !account.part("apiKeys").values.contains(where: { $0["value"]?.string == value }) else {
                throw .conflict("API Key already exists")
            }
            guard account.part("apiKeys").count < 10_000 else {
                throw ServiceError("LimitExceededException", "Too many API keys: the limit is 10000", status: 429)
            }
            account.set("apiKeys", id, .object(key))
            return .object(key)
        }
    }
}
