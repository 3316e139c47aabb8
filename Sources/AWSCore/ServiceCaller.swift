package import JSON

/// How one service calls an operation of another one of the same endpoint: the one door for `aws-sdk:*` tasks, event sources
/// and schedules. `LocalCloud` supplies it, over every service that is there.
package protocol ServiceCaller: Sendable {
    /// - Parameters:
    ///   - service: the signing name: `dynamodb`, `lambda`, `states`, `sqs`.
    ///   - operation: `PutItem`.
    ///   - input: the members of the operation's input as the AWS model names them.
    /// - Returns: the members of its output as the model names them.
    /// - Throws: the service's error; `NotImplemented` when no such service or operation is served here.
    func call(_ service: String, _ operation: String, _ input: JSON, context: CallContext) async throws(ServiceError)
        -> JSON
}
