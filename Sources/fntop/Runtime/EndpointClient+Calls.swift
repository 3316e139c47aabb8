import AWSCore
import Dashboard
import HTTPTransport
import JSON

/// A service whose operations are JSON under an `X-Amz-Target`.
enum JSONTarget: String {
    case states, dynamodb

    fileprivate var prefix: String {
        switch self {
        case .states: "AWSStepFunctions"
        case .dynamodb: "DynamoDB_20120810"
        }
    }
}

extension EndpointClient {
    /// Calls an operation.
    ///
    /// - Parameter isObserving: the call is left out of the telemetry.
    /// - Throws: ``Failure`` with the service's error and message, or with the status for "unreachable".
    func call(
        _ target: JSONTarget, _ operation: String, _ input: JSON, isObserving: Bool = false
    ) async throws -> JSON {
        let credential = "fntop/20260101/us-east-1/\(target.rawValue)/aws4_request"
        var headers: HTTPHeaders = [
            "Authorization": "AWS4-HMAC-SHA256 Credential=\(credential)",
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": "\(target.prefix).\(operation)",
        ]
        if isObserving { headers["x-fntop-observer"] = "1" }
        let reply = try await send(HTTPRequest(method: "POST", target: "/", headers: headers, body: input.bytes))
        let answer = try? JSON(parsing: reply.body)
        guard reply.status < 300 else {
            let code = answer?["__type"]?.string.map { $0.split(separator: "#").last.map(String.init) ?? $0 }
            let message = answer?["message"]?.string ?? answer?["Message"]?.string
            let parts = [code, message].compactMap { $0 }
            throw Failure(
                parts.isEmpty ? "\(operation): the endpoint answered \(reply.status)" : parts.joined(separator: ": "))
        }
        guard let answer else { throw Failure("\(operation): the endpoint's answer is not JSON") }
        return answer
    }

    /// - Throws: ``Failure``; also for a service that screens have no business with.
    func call(_ call: EndpointCall) async throws -> JSON {
        guard let target = JSONTarget(rawValue: call.service) else {
            throw Failure("\(call.operation) of \(call.service) is not called from screens.")
        }
        return try await self.call(target, call.operation, call.input, isObserving: call.isObserving)
    }
}
