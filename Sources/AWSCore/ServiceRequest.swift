package import JSON

/// A request to the endpoint, as every service gets it: protocol and authentication are dealt with by then.
package struct ServiceRequest: Sendable {
    package var method: String
    /// Percent-encoded, without the query; begins with `/`.
    package var path: String
    /// The query as it was sent, without the question mark.
    package var rawQuery: String
    /// Decoded, in the order they came.
    package var query: [(name: String, value: String)]
    package var headers: HTTPHeaders
    package var body: [UInt8]
    package var context: CallContext

    package init(
        method: String,
        path: String,
        query: [(name: String, value: String)] = [],
        rawQuery: String = "",
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8] = [],
        context: CallContext = CallContext()
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.rawQuery = rawQuery
        self.headers = headers
        self.body = body
        self.context = context
    }

    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The body as JSON; an empty body is an empty object.
    ///
    /// - Throws: `SerializationException`, 400, as AWS answers what it cannot read.
    package func json() throws(ServiceError) -> JSON {
        guard !body.isEmpty else { return .object(JSONObject()) }
        do throws(JSONError) {
            return try JSON(parsing: body)
        } catch {
            throw ServiceError("SerializationException", "The request body is not JSON: \(error)")
        }
    }
}

/// What is known of a call besides its content.
package struct CallContext: Sendable {
    /// Given to the answer as `x-amzn-RequestId`.
    package var requestID: String
    package var region: String
    package var account: String
    /// `X-Amzn-Trace-Id` with the segment of this call, which is passed on to all that it causes; empty when the caller sent
    /// none, but for requests of APIs.
    package var traceHeader: String
    /// The caller's segment, where ``traceHeader`` has the request's own; empty when there is none.
    package var parentID = ""
    /// How the endpoint is reached from this machine: `http://127.0.0.1:4566`.
    package var endpoint: String
    /// The client's address without the port; empty where it is not known.
    package var sourceIP: String
    /// A question that a service of the endpoint keeps asking on its own: no call that anybody wants to see.
    package var isPoll = false
    /// Where the operation notes what it used; `nil` when nobody wants to know.
    package var meter: UsageMeter?

    package init(
        requestID: String = "",
        region: String = ARN.defaultRegion,
        account: String = ARN.defaultAccount,
        traceHeader: String = "",
        endpoint: String = "",
        sourceIP: String = ""
    ) {
        self.requestID = requestID
        self.region = region
        self.account = account
        self.traceHeader = traceHeader
        self.endpoint = endpoint
        self.sourceIP = sourceIP
    }
}
