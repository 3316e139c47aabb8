import AWSCore

/// Headers between client, gateway and an HTTP backend.
enum Forwarding {
    /// Those between two neighbours are not for the next one (RFC 9110, 7.6.1).
    private static let ownOnly: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
        "upgrade", "host", "content-length", "expect",
    ]

    static func headers(_ headers: HTTPHeaders, _ incoming: Incoming) -> HTTPHeaders {
        var sent = HTTPHeaders()
        for field in headers.fields where !ownOnly.contains(field.name.lowercased()) {
            sent.add(field.name, field.value)
        }
        let source = incoming.request.context.sourceIP
        sent["X-Forwarded-For"] = sent["X-Forwarded-For"].map { "\($0), \(source)" } ?? source
        sent["Forwarded"] = "by=127.0.0.1;for=\(source);host=\(incoming.domain);proto=http"
        sent["X-Amzn-Trace-Id"] = incoming.request.context.traceHeader
        return sent
    }

    static func answered(_ headers: HTTPHeaders) -> HTTPHeaders {
        var answered = HTTPHeaders()
        for field in headers.fields where !ownOnly.contains(field.name.lowercased()) {
            answered.add(field.name, field.value)
        }
        return answered
    }
}
