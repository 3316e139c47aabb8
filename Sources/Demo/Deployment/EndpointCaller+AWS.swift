import JSON

extension EndpointCaller {
    /// Calls an operation with a JSON body and gives its JSON answer.
    ///
    /// - Throws: ``DeploymentError`` with the answer when its status is not 2xx.
    func json(_ method: String, _ path: String, service: String, _ body: JSON?) async throws -> JSON {
        let headers = [("Content-Type", "application/json"), ("Authorization", Self.credential(service))]
        let answer = try await call(EndpointRequest(method, path, headers: headers, body: body?.bytes ?? []))
        guard (200..<300).contains(answer.status) else { throw Self.refused("\(method) \(path)", answer) }
        return answer.body.isEmpty ? .null : try JSON(parsing: answer.body)
    }

    @discardableResult
    func dynamoDB(_ operation: String, _ body: JSON) async throws -> JSON {
        try await target("DynamoDB_20120810.\(operation)", service: "dynamodb", body)
    }

    func cloudWatch(_ operation: String, _ body: JSON) async throws {
        _ = try await target("GraniteServiceVersion20100801.\(operation)", service: "monitoring", body)
    }

    func stepFunctions(_ operation: String, _ body: JSON) async throws -> JSON {
        try await target("AWSStepFunctions.\(operation)", service: "states", body)
    }

    /// Calls an operation of a service that speaks JSON 1.0.
    private func target(_ target: String, service: String, _ body: JSON) async throws -> JSON {
        let headers = [
            ("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", target),
            ("Authorization", Self.credential(service)),
        ]
        let answer = try await call(EndpointRequest("POST", "/", headers: headers, body: body.bytes))
        guard answer.status == 200 else { throw Self.refused(target, answer) }
        return answer.body.isEmpty ? .null : try JSON(parsing: answer.body)
    }

    private static func credential(_ service: String) -> String {
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/\(service)/aws4_request, SignedHeaders=host, Signature=0"
    }

    private static func refused(_ what: String, _ answer: EndpointAnswer) -> DeploymentError {
        let text = String(decoding: answer.body.prefix(500), as: UTF8.self)
        return DeploymentError(description: "\(what) answered \(answer.status): \(text)")
    }
}
