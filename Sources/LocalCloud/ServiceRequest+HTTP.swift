import AWSCore
import HTTPTransport
import Telemetry

extension ServiceRequest {
    init(_ request: HTTPRequest, endpoint: String) {
        let query = request.target.drop { $0 != "?" }.dropFirst()
        self.init(
            method: request.method,
            path: String(request.path),
            query: query.isEmpty ? [] : PercentEncoding.parameters(query),
            headers: request.headers,
            body: request.body,
            context: CallContext(
                requestID: RequestID().description, traceHeader: request.headers["X-Amzn-Trace-Id"] ?? "",
                endpoint: endpoint)
        )
    }

    /// The request with a trace: the caller's or a new one.
    func traced() -> ServiceRequest {
        guard context.traceHeader.isEmpty else { return self }
        var copy = self
        copy.context.traceHeader = Trace.newRoot()
        return copy
    }
}

/// X-Ray's trace ids.
enum Trace {
    /// `Root=1-67891233-abcdef012345678912345678`
    static func newRoot() -> String {
        let time = String(Timestamp.now().seconds, radix: 16)
        let random = RequestID().description.filter { $0 != "-" }
        return "Root=1-\(time)-\(random.prefix(24))"
    }
}

extension HTTPResponse {
    init(_ response: ServiceResponse) {
        self.init(status: response.status, headers: response.headers, bytes: response.body)
    }
}
