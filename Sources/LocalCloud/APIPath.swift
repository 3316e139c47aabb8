/// A call to an API by a path of the endpoint: `/_aws/execute-api/{id}/…`, or `/restapis/{id}/{stage}/_user_request_/…` as
/// other local runtimes have it.
struct APIPath {
    let api: String
    /// `nil` where the path names the stage, or none.
    let stage: String?
    let path: String

    /// - Returns: `nil` for any other path.
    init?(_ path: Substring) {
        if let rest = Self.behind("/_aws/execute-api/", path) {
            let id = rest.prefix { $0 != "/" }
            var behind = rest.dropFirst(id.count)
            // The stage that has no name in a path may be named here.
            let isDefault = ["/$default", "/%24default"].first { behind == $0 || behind.hasPrefix($0 + "/") }
            if let isDefault { behind = behind.dropFirst(isDefault.count) }
            api = String(id)
            stage = isDefault == nil ? nil : "$default"
            self.path = behind.isEmpty ? "/" : String(behind)
            return
        }
        guard let rest = Self.behind("/restapis/", path) else { return nil }
        let parts = rest.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count > 2, parts[2] == "_user_request_" else { return nil }
        api = String(parts[0])
        stage = parts[1] == "%24default" ? "$default" : String(parts[1])
        self.path = "/" + (parts.count > 3 ? parts[3] : "")
    }

    private static func behind(_ prefix: String, _ path: Substring) -> Substring? {
        path.hasPrefix(prefix) ? path.dropFirst(prefix.count) : nil
    }
}
