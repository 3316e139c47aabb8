import AWSCore
import HTTPTransport
import Telemetry

extension ServiceRequest {
    init(_ request: HTTPRequest, endpoint: String) {
        let target = request.target
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        let query = mark.map { target[target.utf8.index(after: $0)...] } ?? ""
        self.init(
            method: request.method,
            path: mark.map { String(target[..<$0]) } ?? target,
            query: query.isEmpty ? [] : PercentEncoding.parameters(query),
            rawQuery: String(query),
            headers: request.headers,
            body: request.body,
            context: CallContext(
                requestID: RequestID().description, traceHeader: request.headers["X-Amzn-Trace-Id"] ?? "",
                endpoint: endpoint, sourceIP: Self.address(request.remoteAddress))
        )
    }

    /// `127.0.0.1` of `127.0.0.1:51234`, `::1` of `[::1]:51234`.
    private static func address(_ remote: String) -> String {
        guard let colon = remote.utf8.lastIndex(of: UInt8(ascii: ":")) else { return remote }
        return remote[..<colon].filter { $0 != "[" && $0 != "]" }
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
        let body: Body = response.stream.map { .stream($0) } ?? .bytes(response.body)
        self.init(status: response.status, headers: response.headers, body: body)
    }
}
