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

    /// The request of an API: goes on with the caller's trace or begins one.
    func traced() -> ServiceRequest {
        var copy = self
        copy.context.parentID = TraceHeader(context.traceHeader).parent
        copy.context.traceHeader = TraceHeader.continued(context.traceHeader).text
        return copy
    }
}

/// A call's place in a trace.
struct CallSpan {
    /// The header that the caller sent.
    var caller = ""
    /// The call's own segment; empty without a trace.
    var id = ""
}

extension CallContext {
    /// Gives a call that belongs to a trace a segment of its own.
    mutating func enterSpan() -> CallSpan {
        let header = TraceHeader(traceHeader)
        guard !header.root.isEmpty else { return CallSpan(caller: traceHeader) }
        let span = CallSpan(caller: traceHeader, id: TraceHeader.newSegment())
        parentID = header.parent
        traceHeader = header.passed(on: span.id).text
        return span
    }
}

extension HTTPResponse {
    init(_ response: ServiceResponse) {
        let body: Body = response.stream.map { .stream($0) } ?? .bytes(response.body)
        self.init(status: response.status, headers: response.headers, body: body)
    }
}
