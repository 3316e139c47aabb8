package import JSON

/// Method and path of an operation: `POST /2015-03-31/functions/{FunctionName}/invocations`.
package struct RESTPath: Hashable, Sendable {
    package var method: String
    package var path: String

    package init(_ method: String, _ path: String) {
        self.method = method
        self.path = path
    }

    /// A request of the members of an operation's input: what the path names goes there; of the rest, the query has it in
    /// `GET` and `DELETE`, else the body.
    package func request(_ input: JSON, context: CallContext) throws(ServiceError) -> ServiceRequest {
        var rest = input.object ?? JSONObject()
        var parts: [String] = []
        for part in path.split(separator: "/") {
            guard part.hasPrefix("{"), part.hasSuffix("}") else {
                parts.append(String(part))
                continue
            }
            let name = part.dropFirst().dropLast()
            let isRest = name.hasSuffix("+")
            let key = isRest ? String(name.dropLast()) : String(name)
            guard let member = rest.keys.first(where: { $0.lowercased() == key.lowercased() }),
                let value = rest[member]
            else {
                throw ServiceError("ValidationException", "The parameter \(key) is missing")
            }
            rest[member] = nil
            let text = value.string ?? value.text
            parts.append(isRest ? text : PercentEncoding.encoded(text))
        }
        var request = ServiceRequest(method: method, path: "/" + parts.joined(separator: "/"), context: context)
        if method == "GET" || method == "DELETE" {
            request.query = rest.map { (name: $0, value: $1.string ?? $1.text) }
        } else if !rest.isEmpty {
            request.body = JSON.object(rest).bytes
        }
        return request
    }
}

extension Service {
    /// Runs an operation through its REST path.
    package func callByPath(
        _ operation: String, _ input: JSON, context: CallContext
    ) async throws(ServiceError) -> JSON {
        guard let path = paths[operation] else { throw Self.notImplemented(signingName, operation) }
        return try await respond(to: path.request(input, context: context)).output()
    }
}

extension ServiceResponse {
    /// The answer's members.
    ///
    /// - Throws: the error that it tells.
    package func output() throws(ServiceError) -> JSON {
        let json = (try? JSON(parsing: body)) ?? .object(JSONObject())
        guard status >= 400 else { return json }
        let message = json["message"]?.string ?? json["Message"]?.string ?? ""
        throw ServiceError(errorCode ?? "UnknownError", message, status: status)
    }
}
