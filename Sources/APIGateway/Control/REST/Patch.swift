import AWSCore
import JSON

/// The patch operations by which REST APIs are changed: `{"op": "replace", "path": "/description", "value": "…"}`.
///
/// See "Patch operations" in the API Gateway REST API reference.
struct Patch: Sendable {
    enum Operation: String, Sendable {
        case add, remove, replace
    }

    let operation: Operation
    /// The parts of the path, `~1` and `~0` decoded.
    let path: [String]
    let value: String?

    /// - Throws: `BadRequestException` for operations that are none.
    static func read(_ input: JSONObject) throws(ServiceError) -> [Patch] {
        var patches: [Patch] = []
        for json in input["patchOperations"]?.array ?? [] {
            let op = json["op"]?.string ?? ""
            guard let operation = Operation(rawValue: op) else {
                throw .badRequest("Invalid patch operation specified: \(op) is none of add, remove, replace")
            }
            guard let path = json["path"]?.string, path.hasPrefix("/") else {
                throw .badRequest("Invalid patch path \(json["path"]?.string ?? "")")
            }
            let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
                String($0).replacing("~1", with: "/").replacing("~0", with: "~")
            }
            patches.append(Patch(operation: operation, path: parts, value: json["value"]?.string))
        }
        return patches
    }

    private static let flags: Set<String> = [
        "apiKeyRequired", "enabled", "validateRequestBody", "validateRequestParameters", "tracingEnabled",
        "disableExecuteApiEndpoint", "cacheClusterEnabled", "cachingEnabled", "metricsEnabled", "dataTraceEnabled",
    ]
    private static let numbers: Set<String> = [
        "timeoutInMillis", "authorizerResultTtlInSeconds", "minimumCompressionSize", "limit", "offset", "burstLimit",
        "rateLimit", "throttlingBurstLimit", "throttlingRateLimit", "cacheTtlInSeconds",
    ]
    private static let lists: Set<String> = [
        "binaryMediaTypes", "providerARNs", "authorizationScopes", "cacheKeyParameters", "stageKeys", "types",
    ]

    /// - Parameters:
    ///   - known: the members that may be changed.
    ///   - flagMaps: members whose values are true or false.
    func apply(to members: inout JSONObject, known: Set<String>, flagMaps: Set<String> = []) throws(ServiceError) {
        guard let first = path.first, known.contains(first), path.count <= 3 else {
            throw .badRequest(
                "Invalid patch path  '/\(path.joined(separator: "/"))' specified for op '\(operation.rawValue)'. Must be one of: [\(known.sorted().map { "/\($0)" }.joined(separator: ", "))]"
            )
        }
        var json = JSON.object(members)
        try change(&json, path[...], flagMaps)
        members = json.object ?? members
    }

    private func change(_ json: inout JSON, _ path: ArraySlice<String>, _ flagMaps: Set<String>) throws(ServiceError) {
        guard let name = path.first else { return }
        if Self.lists.contains(name) {
            json[name] = .array(listed(json[name]?.stringList ?? [], path.dropFirst().first).map(JSON.string))
            return
        }
        guard path.count == 1 else {
            var inner = json[name] ?? .object(JSONObject())
            try change(&inner, path.dropFirst(), flagMaps)
            json[name] = inner
            return
        }
        guard operation != .remove else {
            json[name] = JSON?.none
            return
        }
        json[name] = try typed(name, flagMaps)
    }

    /// Lists of texts: `/binaryMediaTypes/image~1png` names the element, or the value does.
    private func listed(_ list: [String], _ named: String?) -> [String] {
        guard let element = named ?? value else { return operation == .remove ? [] : list }
        switch operation {
        case .remove: return list.filter { $0 != element }
        case .add: return list.contains(element) ? list : list + [element]
        case .replace where named != nil: return list.map { $0 == element ? value ?? $0 : $0 }
        case .replace: return [element]
        }
    }

    private func typed(_ name: String, _ flagMaps: Set<String>) throws(ServiceError) -> JSON {
        guard let value else { throw .badRequest("The patch of /\(path.joined(separator: "/")) has no value") }
        if Self.flags.contains(name) || (path.count > 1 && flagMaps.contains(path[0])) {
            guard value == "true" || value == "false" else {
                throw .badRequest("Invalid value '\(value)' for /\(path.joined(separator: "/")): it is true or false")
            }
            return .bool(value == "true")
        }
        if Self.numbers.contains(name) {
            guard let number = Double(value), number.isFinite else {
                throw .badRequest("Invalid value '\(value)' for /\(path.joined(separator: "/")): it is a number")
            }
            return .double(number)
        }
        return .string(value)
    }
}
