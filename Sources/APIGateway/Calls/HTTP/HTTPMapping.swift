import AWSCore
import JSON

/// Parameter mapping of an HTTP API: what is appended to, overwritten in and removed from a request or an answer.
///
/// See "Transforming API requests and responses for HTTP APIs" in the API Gateway Developer Guide.
struct HTTPMapping: Sendable {
    private enum Action: String, Sendable {
        case append, overwrite, remove
    }

    private enum Place: Sendable {
        case header(String)
        case query(String)
        case path
        case status
    }

    private struct Step: Sendable {
        var action: Action
        var place: Place
        var value: Selection
    }

    private let steps: [Step]

    init(_ json: JSON?) {
        steps = (json?.object ?? JSONObject()).compactMap { key, value in
            Self.place(key).map { Step(action: $0, place: $1, value: Selection(value.string ?? value.text)) }
        }
    }

    var isEmpty: Bool { steps.isEmpty }

    private static func place(_ key: String) -> (Action, Place)? {
        let halves = key.split(separator: ":", maxSplits: 1).map(String.init)
        guard halves.count == 2, let action = Action(rawValue: halves[0].lowercased()) else { return nil }
        let parts = halves[1].split(separator: ".", maxSplits: 1).map(String.init)
        switch (parts[0].lowercased(), parts.count) {
        case ("header", 2): return (action, .header(parts[1]))
        case ("querystring", 2): return (action, .query(parts[1]))
        case ("path", 1) where action == .overwrite: return (action, .path)
        case ("statuscode", 1) where action == .overwrite: return (action, .status)
        default: return nil
        }
    }

    private static let reserved: Set<String> = [
        "authorization", "connection", "content-encoding", "content-length", "content-location", "forwarded",
        "keep-alive",
        "origin", "proxy-authenticate", "proxy-authorization", "te", "trailers", "transfer-encoding", "upgrade", "via",
    ]

    private static let reservedPrefixes = ["access-control-", "apigw-", "x-amz-", "x-amzn-", "x-forwarded-"]

    /// - Throws: `BadRequestException` for keys that mean nothing, and for headers that are the gateway's own.
    static func check(_ integration: JSONObject) throws(ServiceError) {
        var keys: [String] = []
        if integration["integrationSubtype"] == nil { keys += integration["requestParameters"]?.object?.keys ?? [] }
        for (status, mapping) in integration["responseParameters"]?.object ?? JSONObject() {
            guard Int(status).map((200...599).contains) ?? false else {
                throw .badRequest("Invalid response parameters: \(status) is no status code from 200 to 599")
            }
            keys += mapping.object?.keys ?? []
        }
        for key in keys {
            guard let (_, place) = place(key) else {
                throw .badRequest("Invalid mapping expression specified: \(key)")
            }
            guard case .header(let name) = place else { continue }
            let header = name.lowercased()
            guard !reserved.contains(header), !reservedPrefixes.contains(where: { header.hasPrefix($0) }) else {
                throw .badRequest("Operations on header \(name) are restricted")
            }
        }
    }

    /// - Parameter look: gives the value of an expression.
    func apply(to request: inout MappedRequest, _ look: (String) -> String?) {
        for step in steps {
            switch (step.place, step.action) {
            case (.header(let name), .remove): request.headers[name] = nil
            case (.header(let name), let action):
                guard let value = step.value.text(look) else { continue }
                if action == .append { request.headers.add(name, value) } else { request.headers[name] = value }
            case (.query(let name), let action):
                if action != .append { request.query.removeAll { $0.name == name } }
                if action != .remove, let value = step.value.text(look) {
                    request.query.append((name: name, value: value))
                }
            case (.path, _): request.path = step.value.text(look) ?? request.path
            case (.status, _): break
            }
        }
    }

    func apply(to response: inout ServiceResponse, _ look: (String) -> String?) {
        for step in steps {
            switch (step.place, step.action) {
            case (.header(let name), .remove): response.headers[name] = nil
            case (.header(let name), let action):
                guard let value = step.value.text(look) else { continue }
                if action == .append { response.headers.add(name, value) } else { response.headers[name] = value }
            case (.status, _):
                if let status = step.value.text(look).flatMap({ Int($0) }), (100...599).contains(status) {
                    response.status = status
                }
            default: break
            }
        }
    }
}

/// What parameter mapping changes of a request.
struct MappedRequest {
    var headers: HTTPHeaders
    var query: [(name: String, value: String)]
    var path: String

    var rawQuery: String {
        query.map { "\(PercentEncoding.encoded($0.name))=\(PercentEncoding.encoded($0.value))" }.joined(separator: "&")
    }
}
