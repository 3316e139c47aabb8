/// A request that an API answered.
package struct APIRequest: Hashable, Sendable {
    package var requestID: String
    package var api: String
    /// `POST /order`, as the route is declared.
    package var route: String
    package var method: String
    package var path: String
    package var status: Int
    package var latency: Microseconds
    /// Of that, waiting for the integration.
    package var integrationLatency: Microseconds
    /// The function that answered, and its invocation.
    package var function: String?
    package var invocation: RequestID?
    package var traceHeader: String

    package init(
        requestID: String,
        api: String,
        route: String,
        method: String,
        path: String,
        status: Int,
        latency: Microseconds,
        integrationLatency: Microseconds = .zero,
        function: String? = nil,
        invocation: RequestID? = nil,
        traceHeader: String = ""
    ) {
        self.requestID = requestID
        self.api = api
        self.route = route
        self.method = method
        self.path = path
        self.status = status
        self.latency = latency
        self.integrationLatency = integrationLatency
        self.function = function
        self.invocation = invocation
        self.traceHeader = traceHeader
    }
}
