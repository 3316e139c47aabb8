/// Answers requests in a task of their own, which is cancelled when the client goes away.
package protocol HTTPHandler: Sendable {
    func respond(to request: HTTPRequest) async -> HTTPResponse
}

/// Answers requests on the event loop of their connection: for who must not pay for a task.
///
/// The exchange may be kept and answered later, from anywhere.
package protocol HTTPResponder: Sendable {
    func respond(to request: HTTPRequest, in exchange: HTTPExchange)
}
