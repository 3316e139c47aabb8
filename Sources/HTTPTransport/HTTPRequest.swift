package import AWSCore

/// A request as it came, whole.
package struct HTTPRequest: Sendable {
    package var method: String
    /// Path and query, percent-encoded, as the request line has them.
    package var target: String
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// Address and port of the client, `127.0.0.1:51234`; empty where it is not known.
    package var remoteAddress: String

    package init(
        method: String = "GET",
        target: String = "/",
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8] = [],
        remoteAddress: String = ""
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
    }

    /// The target without its query.
    package var path: Substring { target.prefix { $0 != "?" } }
}
