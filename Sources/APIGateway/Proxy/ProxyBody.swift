import AWSCore
import Telemetry

/// A request's body as a function gets it: text, or base64 of what is none.
enum ProxyBody {
    private static let textTypes: Set<String> = [
        "application/json", "application/xml", "application/javascript",
    ]

    /// The content type decides, as in HTTP APIs: also a form comes as base64. Bytes that are no UTF-8 never are text.
    static func encoded(_ request: ServiceRequest) -> (text: String, isBase64: Bool) {
        guard isText(request.headers), let text = String(validating: request.body, as: UTF8.self) else {
            return (Base64.encoded(request.body), true)
        }
        return (text, false)
    }

    private static func isText(_ headers: HTTPHeaders) -> Bool {
        if let coding = headers["Content-Encoding"], coding.lowercased() != "identity" { return false }
        guard let header = headers["Content-Type"] else { return true }
        let type = header.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return type.hasPrefix("text/") || textTypes.contains(type) || type.hasSuffix("+json") || type.hasSuffix("+xml")
    }
}
