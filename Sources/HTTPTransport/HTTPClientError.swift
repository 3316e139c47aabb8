/// Why a request has no answer.
package enum HTTPClientError: Error, Hashable, CustomStringConvertible {
    case cannotConnect(host: String, port: Int, reason: String)
    case timeout(Duration)
    /// The connection ended before the answer did.
    case closed
    case malformedAnswer(String)
    case answerTooLarge(limit: Int)
    /// A stream was asked for and refused; with the beginning of the answer's body.
    case status(Int, String)

    package var description: String {
        switch self {
        case .cannotConnect(let host, let port, let reason): "cannot connect to \(host):\(port): \(reason)"
        case .timeout(let limit): "no answer within \(limit)"
        case .closed: "the connection was closed before the answer was complete"
        case .malformedAnswer(let reason): "the answer is not HTTP: \(reason)"
        case .answerTooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .status(let status, let text): "the answer is \(status): \(text)"
        }
    }
}
