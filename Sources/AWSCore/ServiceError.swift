package import JSON

/// An error as an AWS client sees it.
package struct ServiceError: Error, Hashable, Sendable {
    /// The bare exception name, for instance `ResourceNotFoundException`.
    package let code: String
    package let message: String
    package let fault: Fault
    /// Further members of the error's body, such as `Type` of Lambda's or `CancellationReasons` of DynamoDB's.
    package let details: JSONObject

    /// Whose mistake it was; decides the HTTP status and whether clients retry.
    package enum Fault: Hashable, Sendable {
        case client(status: Int)
        case server(status: Int)
    }

    package init(_ code: String, _ message: String, status: Int = 400, details: JSONObject = JSONObject()) {
        self.code = code
        self.message = message
        self.fault = status >= 500 ? .server(status: status) : .client(status: status)
        self.details = details
    }

    package var status: Int {
        switch fault {
        case .client(let status), .server(let status): status
        }
    }
}
