import AWSCore
import HTTPTransport

/// Region and service of a signature (SigV4), which is read and not checked.
struct CredentialScope {
    let region: String
    let service: String

    /// - Returns: `nil` for a request that is not signed.
    init?(_ request: HTTPRequest) {
        let text = request.headers["Authorization"] ?? request.target
        // In a header the scope is written with slashes, in a query percent-encoded.
        for (marker, separator) in [("Credential=", "/"), ("X-Amz-Credential=", "%2F")] {
            guard let start = Self.end(of: marker, in: text) else { continue }
            let credential = text[start...].prefix { !", &".contains($0) }
            let parts = Self.split(credential, separator)
            guard parts.count >= 5 else { continue }
            region = parts[parts.count - 3]
            service = parts[parts.count - 2]
            return
        }
        return nil
    }

    private static func end(of marker: String, in text: String) -> String.Index? {
        guard let start = text.indices.first(where: { text[$0...].hasPrefix(marker) }) else { return nil }
        return text.index(start, offsetBy: marker.count)
    }

    private static func split(_ text: Substring, _ separator: String) -> [String] {
        var parts: [String] = [""]
        var rest = text
        while let character = rest.first {
            if rest.hasPrefix(separator) {
                parts.append("")
                rest = rest.dropFirst(separator.count)
            } else {
                parts[parts.count - 1].append(character)
                rest = rest.dropFirst()
            }
        }
        return parts
    }
}
