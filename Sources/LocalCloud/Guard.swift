import AWSCore
import HTTPTransport
import JSON

/// Refuses what a web page could send: who can create a function can run code on this machine.
enum Guard {
    /// - Returns: the refusal, or `nil` for a request that may pass.
    static func refusal(_ request: HTTPRequest, _ host: Host) -> HTTPResponse? {
        guard host.isLoopback else { return refused(host) }
        // An API's own routes are made for browsers; nothing else is.
        guard host.api == nil, APIPath(request.path) == nil else { return nil }
        if let origin = request.headers["Origin"], !isOwn(origin) {
            return refused("requests from the web page \(origin) are not taken")
        }
        if let site = request.headers["Sec-Fetch-Site"], site == "cross-site" || site == "same-site" {
            return refused("requests from web pages of other sites are not taken")
        }
        return nil
    }

    private static func isOwn(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return Host(String(origin.dropFirst(scheme.count))).isLoopback
        }
        return false
    }

    static func refused(_ host: Host) -> HTTPResponse {
        refused("the Host \(host.name) is not this machine; use http://127.0.0.1 or http://localhost")
    }

    private static func refused(_ reason: String) -> HTTPResponse {
        let body: JSON = [
            "__type": "AccessDeniedException", "message": .string("fntop refuses this request: \(reason)"),
        ]
        return HTTPResponse(
            status: 403, headers: ["Content-Type": "application/json", "x-amzn-ErrorType": "AccessDeniedException"],
            bytes: body.bytes)
    }
}
