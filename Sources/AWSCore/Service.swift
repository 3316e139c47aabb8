package import JSON

/// One AWS service behind the endpoint.
package protocol Service: Sendable {
    /// The name in the credential scope of a signature: `lambda`, `dynamodb`, `logs`, `monitoring`, `apigateway`.
    var signingName: String { get }
    /// What stands before the dot of `X-Amz-Target`; none for services with REST paths only.
    var targetPrefixes: [String] { get }
    /// Where the REST paths of the service begin: `/2015-03-31/functions`. Empty for services with a target prefix.
    var pathPrefixes: [String] { get }

    /// The operations that are served, ordered by name.
    var operationNames: [String] { get }

    /// Answers a request. Errors of the service are answers too; there is nothing to throw.
    func respond(to request: ServiceRequest) async -> ServiceResponse

    /// Runs an operation for another service: what stands behind ``ServiceCaller``.
    ///
    /// - Parameters:
    ///   - input: the members of the operation's input as the AWS model names them.
    /// - Returns: the members of its output.
    func call(_ operation: String, _ input: JSON, context: CallContext) async throws(ServiceError) -> JSON

    /// Where the operations with REST paths are, by name.
    var paths: [String: RESTPath] { get }
}

extension Service {
    package var targetPrefixes: [String] { [] }
    package var pathPrefixes: [String] { [] }
    package var paths: [String: RESTPath] { [:] }

    package func call(_ operation: String, _ input: JSON, context: CallContext) async throws(ServiceError) -> JSON {
        try await callByPath(operation, input, context: context)
    }
}

extension JSONTargetService {
    package func call(_ operation: String, _ input: JSON, context: CallContext) async throws(ServiceError) -> JSON {
        guard let run = operations[operation] else { throw Self.notImplemented(signingName, operation) }
        return try await run(input, context, self.context)
    }
}

/// One operation of a service that speaks JSON with `X-Amz-Target` (AWS JSON 1.0 and 1.1).
package protocol ServiceOperation<Context>: Sendable {
    associatedtype Context: Sendable
    /// `PutItem`
    static var name: String { get }

    static func run(_ input: JSON, call: CallContext, in context: Context) async throws(ServiceError) -> JSON
}

/// One operation of such a service that answers with messages of an event stream.
package protocol StreamingOperation<Context>: Sendable {
    associatedtype Context: Sendable
    /// `StartLiveTail`
    static var name: String { get }

    static func run(_ input: JSON, call: CallContext, in context: Context) async throws(ServiceError)
        -> AsyncStream<[UInt8]>
}

/// One operation of a service with REST paths and JSON bodies.
package protocol RESTOperation<Context>: Sendable {
    associatedtype Context: Sendable
    /// `CreateFunction`
    static var name: String { get }
    static var method: String { get }
    /// `/2015-03-31/functions/{FunctionName}/invocations`; `{name+}` takes the rest of the path.
    static var path: String { get }

    /// - Parameter parameters: the decoded path parameters by name.
    static func run(
        _ request: ServiceRequest,
        parameters: [String: String],
        in context: Context
    ) async throws(ServiceError) -> ServiceResponse
}
