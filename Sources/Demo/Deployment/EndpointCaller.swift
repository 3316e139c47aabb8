/// How the demo reaches the endpoint: as any client does, by HTTP.
package protocol EndpointCaller: Sendable {
    /// - Throws: when no answer came; an answer that is an error is an answer.
    func call(_ request: EndpointRequest) async throws -> EndpointAnswer
}

package struct EndpointRequest: Sendable {
    package var method: String
    package var path: String
    package var headers: [(String, String)]
    package var body: [UInt8]

    package init(_ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

package struct EndpointAnswer: Sendable {
    package var status: Int
    package var body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// The endpoint refused what the demo needs.
package struct DeploymentError: Error, CustomStringConvertible {
    package let description: String
}
