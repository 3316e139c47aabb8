import AWSCore

/// What a route answers: `POST /order`, `ANY /items/{proxy+}` or `$default`.
struct RouteKey: Hashable, Sendable {
    let text: String
    /// `nil` for `$default`.
    let method: String?
    /// `/items/{proxy+}`
    let path: String

    private static let methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

    /// - Throws: `BadRequestException` when the key is none.
    init(_ text: String) throws(ServiceError) {
        self.text = text
        guard text != "$default" else {
            method = nil
            path = ""
            return
        }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, Self.methods.contains(String(words[0])), words[1].hasPrefix("/") else {
            throw .badRequest(
                "The provided route key is not formatted properly for HTTP protocol. Format should be "
                    + "\"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"")
        }
        method = String(words[0])
        path = String(words[1])
        let parts = path.split(separator: "/")
        guard parts.dropLast().allSatisfy({ !$0.hasSuffix("+}") }) else {
            throw .badRequest("A greedy path variable is the last part of a path: \(text)")
        }
    }
}
