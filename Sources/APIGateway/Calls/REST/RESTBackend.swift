import AWSCore
import JSON

/// What an integration URI of the AWS kind names: `arn:aws:apigateway:REGION:SERVICE:action/NAME` or `…:path/PATH`.
enum RESTBackend {
    struct Service: Sendable {
        var name: String
        /// Empty where the request tells it.
        var operation: String
        var path: String
    }

    /// Whether it is the URI of an action or path of a service.
    static func isAWS(_ uri: String) -> Bool { service(uri) != nil }

    static func service(_ uri: String) -> Service? {
        let parts = uri.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "apigateway" else { return nil }
        // A sub-domain may stand before the service: `account-id.s3`.
        let name = parts[4].split(separator: ".").last.map(String.init) ?? parts[4]
        if parts[5].hasPrefix("action/") {
            let rest = parts[5].dropFirst("action/".count)
            return Service(name: name, operation: String(rest.prefix { $0 != "&" && $0 != "?" }), path: "")
        }
        guard parts[5].hasPrefix("path/") else { return nil }
        return Service(name: name, operation: "", path: String(parts[5].dropFirst("path/".count)))
    }

    /// `dynamodb:PutItem`
    static func name(_ uri: String) -> String {
        service(uri).map { "\($0.name):\($0.operation.isEmpty ? $0.path : $0.operation)" } ?? uri
    }

    /// The operation and its input.
    ///
    /// - Parameters:
    ///   - headers: those of the mapped request; one may name the operation.
    ///   - body: JSON, or a form that names the action.
    static func call(
        _ service: Service, headers: HTTPHeaders, body: [UInt8], endpoint: String
    ) throws(ServiceError) -> (operation: String, input: JSON) {
        var operation = service.operation
        if operation.isEmpty, let target = headers["X-Amz-Target"] {
            operation = target.split(separator: ".").last.map(String.init) ?? ""
        }
        var input: JSON
        let isForm = headers["Content-Type"]?.hasPrefix("application/x-www-form-urlencoded") == true
        if isForm || (operation.isEmpty && body.starts(with: Array("Action=".utf8))) {
            var members = JSONObject()
            for (name, value) in PercentEncoding.parameters(String(decoding: body, as: UTF8.self)) {
                members[name] = .string(value)
            }
            if let action = members["Action"]?.string { operation = action }
            members["Action"] = nil
            members["Version"] = nil
            input = .object(members)
        } else {
            do throws(JSONError) {
                input = body.isEmpty ? .object(JSONObject()) : try JSON(parsing: body)
            } catch {
                throw .badRequest("the request to \(service.name) is no JSON: \(error)")
            }
        }
        if service.name == "sqs", input["QueueUrl"] == nil, service.path.contains("/") {
            input["QueueUrl"] = .string("\(endpoint)/\(service.path)")
        }
        guard !operation.isEmpty else { throw .badRequest("the integration names no operation of \(service.name)") }
        return (operation, input)
    }
}
